"""The main database: what is kept, and why anything in it can be read without a key.

Personal values are sealed with the key of the person whom they tell of. The rest is
plain because the program must find, count or time by it; none of it names anybody.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.engine.columns import (
    Frames,
    Hashed,
    Id,
    OneWord,
    Places,
    Sealed,
    Short,
    Table,
)
from bot.storage.engine.ids import new_id
from bot.storage.notes import Notes
from bot.storage.tables.bookkeeping import (
    AuditEntry,
    FailedTurn,
    Lease,
    Meta,
    Pace,
    SeenUpdate,
    Tally,
    WrongGuess,
    WrongWord,
)
from bot.storage.tables.evidence import (
    ConsentEvent,
    ConsentNotice,
    ConsentRecord,
    ShownText,
)
from bot.storage.tables.holders import Holder, WithoutAuthority
from bot.storage.tables.mail import HeardMessage, Notice, OutboxRow

#: Every table, those of bookkeeping and mail too: one place to look for them.
__all__ = [
    "AuditEntry",
    "Case",
    "ConsentEvent",
    "ConsentNotice",
    "ConsentRecord",
    "FailedTurn",
    "HeardMessage",
    "Holder",
    "HumanNeed",
    "Lease",
    "Link",
    "Meta",
    "Notice",
    "OutboxRow",
    "Pace",
    "Party",
    "Person",
    "SeenUpdate",
    "ShownText",
    "Staff",
    "StoredAnswer",
    "Talk",
    "Tally",
    "WithoutAuthority",
    "WrongGuess",
    "WrongWord",
]


class Person(Table):
    """Somebody who writes to the bot; plain are a language and moments of upkeep."""

    __tablename__ = "people"

    id: Mapped[Id] = mapped_column(primary_key=True)
    language: Mapped[OneWord]
    #: The messenger by which they write.
    channel: Mapped[OneWord]
    #: The chat's address there, to answer.
    reply_handle: Mapped[Sealed]
    hidden_at: Mapped[datetime | None]
    #: The word that opens a hidden chat again, chosen before it was hidden.
    hiding_word: Mapped[Hashed | None]
    #: The current talk; without a foreign key, as the two tables need each other.
    talk_id: Mapped[Id | None]
    #: Since when our messages are refused because this person blocked us.
    blocked_at: Mapped[datetime | None]
    #: When something that cannot be used was last answered: one act, one answer.
    unusable_at: Mapped[datetime | None]
    #: When something that was said in a group was last answered here.
    group_at: Mapped[datetime | None]
    #: The number that this person's next talk gets.
    next_talk: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]


class Staff(Table):
    """A mediator or coordinator; plain because notices go out by role and district."""

    __tablename__ = "staff"
    __table_args__ = (Index(None, "district", "role"),)

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[Id] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[OneWord]
    district: Mapped[OneWord]
    #: The name under which colleagues know them, as written at the invitation.
    label: Mapped[Short | None]
    joined_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class Case(Table):
    """Parties of one offence; plain because queue, clock and figures go by it."""

    __tablename__ = "cases"
    __table_args__ = (Index(None, "status", "district"),)

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[OneWord] = mapped_column(unique=True)
    district: Mapped[OneWord]
    relation: Mapped[OneWord]
    status: Mapped[OneWord]
    opened_at: Mapped[datetime]
    #: The last day of a case that nobody has taken; None without a letter.
    ends_on: Mapped[date | None]
    #: The next day on which the clock must look, without saying why.
    due_at: Mapped[date | None] = mapped_column(index=True)
    mediator_id: Mapped[Id | None] = mapped_column(ForeignKey("staff.id"), index=True)
    claimed_at: Mapped[datetime | None]
    #: Since when nobody is called: somebody has stopped after the case was taken.
    stopped_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_reason: Mapped[OneWord | None]
    ended_by: Mapped[Short | None]
    self_referral: Mapped[bool] = mapped_column(default=False)


class Party(Table):
    """One side's person in one case; plain because the case is decided by it."""

    __tablename__ = "parties"
    __table_args__ = (UniqueConstraint("case_id", "role", "n"),)

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[Id] = mapped_column(ForeignKey("cases.id"))
    role: Mapped[OneWord]
    #: Counts the parties of one role in a case, from 1.
    n: Mapped[int]
    person_id: Mapped[Id | None] = mapped_column(ForeignKey("people.id"), index=True)
    #: The age band that rules: the younger of the two that follow it.
    age_band: Mapped[OneWord | None]
    told_age_band: Mapped[OneWord | None]
    #: What the police know, as it was said when the case was opened.
    known_age_band: Mapped[OneWord | None]
    interest: Mapped[OneWord | None]
    confession: Mapped[OneWord | None]
    information_only: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    #: What the party says of the other person, see `flows.facts`.
    tie: Mapped[OneWord | None]
    orders: Mapped[OneWord | None]
    fear: Mapped[OneWord | None]
    #: Under 18: who has parental authority, and whether they may be asked.
    authority: Mapped[OneWord | None]
    may_ask_holders: Mapped[bool | None]
    understood_at: Mapped[datetime | None]


class Talk(Table):
    """One dialogue with one person; plain are names of places, never words."""

    __tablename__ = "talks"
    __table_args__ = (
        UniqueConstraint("person_id", "number"),
        Index(None, "dialogue", "version"),
        # When a row of the outbox is deleted it is asked which talk stands on it.
        Index(
            None,
            "open_row",
            postgresql_where=text("open_row IS NOT NULL"),
            sqlite_where=text("open_row IS NOT NULL"),
        ),
    )

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    #: Counts this person's talks, from 1; buttons carry it.
    number: Mapped[int]
    person_id: Mapped[Id] = mapped_column(ForeignKey("people.id"))
    party_id: Mapped[Id | None] = mapped_column(ForeignKey("parties.id"), index=True)
    #: A holder speaks here, and no party.
    holder_id: Mapped[Id | None] = mapped_column(ForeignKey("holders.id"), index=True)
    staff_id: Mapped[Id | None] = mapped_column(ForeignKey("staff.id"), index=True)
    link_id: Mapped[Id | None] = mapped_column(ForeignKey("links.id"), index=True)
    dialogue: Mapped[OneWord]
    version: Mapped[int]
    state: Mapped[Short]
    #: Counts the turns of the talk, so that an old button is known.
    step: Mapped[int] = mapped_column(default=0)
    #: The way back.
    trail: Mapped[Places] = mapped_column(default=list)
    #: The places that are waited for.
    returns: Mapped[Frames] = mapped_column(default=list)
    #: What this talk must remember and that tells nothing of anybody.
    notes: Mapped[Notes] = mapped_column(default=Notes())
    #: The outbox row of the question whose buttons are live.
    open_row: Mapped[int | None] = mapped_column(
        ForeignKey("outbox.id", ondelete="SET NULL")
    )
    updated_at: Mapped[datetime]


class StoredAnswer(Table):
    """What a person told about themselves, sealed; plain is which question it was."""

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("talk_id", "name"),)

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[Id] = mapped_column(ForeignKey("people.id"), index=True)
    party_id: Mapped[Id | None] = mapped_column(ForeignKey("parties.id"), index=True)
    holder_id: Mapped[Id | None] = mapped_column(ForeignKey("holders.id"), index=True)
    talk_id: Mapped[Id] = mapped_column(ForeignKey("talks.id"))
    name: Mapped[OneWord]
    value: Mapped[Sealed]


class HumanNeed(Table):
    """A reason why a case waits for a human; plain so that coordinators find it."""

    __tablename__ = "human_needs"
    __table_args__ = (Index(None, "case_id", "cleared_at"),)

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[Id] = mapped_column(ForeignKey("cases.id"))
    party_id: Mapped[Id | None] = mapped_column(ForeignKey("parties.id"), index=True)
    #: A holder's own need: the child is neither held up by it nor told of it.
    holder_id: Mapped[Id | None] = mapped_column(ForeignKey("holders.id"), index=True)
    reason: Mapped[OneWord]
    raised_at: Mapped[datetime]
    cleared_at: Mapped[datetime | None]
    cleared_by: Mapped[Short | None]
    cleared_reason: Mapped[OneWord | None]
    #: How one of the staff looked: by call, at a meeting, or in the file.
    cleared_how: Mapped[OneWord | None]


class Link(Table):
    """A personal link; plain is what it leads to, never the token itself."""

    __tablename__ = "links"

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[Hashed] = mapped_column(unique=True)
    role: Mapped[OneWord]
    case_id: Mapped[Id | None] = mapped_column(ForeignKey("cases.id"), index=True)
    party_id: Mapped[Id | None] = mapped_column(ForeignKey("parties.id"), index=True)
    holder_id: Mapped[Id | None] = mapped_column(ForeignKey("holders.id"), index=True)
    district: Mapped[OneWord | None]
    label: Mapped[Short | None]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    #: To whom it is bound.
    person_id: Mapped[Id | None] = mapped_column(ForeignKey("people.id"), index=True)
    #: When that person took it up or was given it; only then it opens a covered chat.
    bound_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
