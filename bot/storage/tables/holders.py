"""The tables of those who speak for somebody under 18, and of who never could."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.engine.columns import Id, OneWord, Short, Table
from bot.storage.engine.ids import new_id


class Holder(Table):
    """A holder of parental authority over a party; plain as the party is."""

    __tablename__ = "holders"
    __table_args__ = (UniqueConstraint("party_id", "n"),)

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    party_id: Mapped[Id] = mapped_column(ForeignKey("parties.id"))
    #: Counts the holders of one party, from 1.
    n: Mapped[int]
    person_id: Mapped[Id | None] = mapped_column(ForeignKey("people.id"), index=True)
    joined_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    #: What they say: who they are, whether they have authority, who else has.
    relation: Mapped[OneWord | None]
    claims_authority: Mapped[bool | None]
    says_others: Mapped[OneWord | None]
    understood_at: Mapped[datetime | None]
    #: A human made sure who they are: written down when, done on which day and how.
    verified_at: Mapped[datetime | None]
    verified_on: Mapped[date | None]
    verified_method: Mapped[OneWord | None]
    verified_by: Mapped[Short | None]
    #: Over these four and the yes that it is about; only who has the key file can
    #: write one, see `verification_seal.seal`.
    verified_hash: Mapped[Short | None]
    reminders: Mapped[int] = mapped_column(default=0)
    reminded_at: Mapped[datetime | None]


class WithoutAuthority(Table):
    """Somebody who was asked as a parent and never had authority; plain as they are."""

    __tablename__ = "without_authority"

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    party_id: Mapped[Id] = mapped_column(ForeignKey("parties.id"), index=True)
    #: The number that they had until then.
    n: Mapped[int]
    #: How they stood until then, see `flows.rules.holders.HolderState`.
    stood: Mapped[OneWord | None]
    #: What says so: a register or a court.
    source: Mapped[OneWord]
    by: Mapped[Short]
    at: Mapped[datetime]
