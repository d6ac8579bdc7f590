"""The tables that show who said what to which words, and what they had read before.

All but a salt is plain, as it is evidence; a person is named in it only by a hash that
nothing leads back from once their key is gone. Events and notices are never changed.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.engine.columns import Big, Id, Long, OneWord, Sealed, Short, Table
from bot.storage.engine.ids import new_id


class ConsentRecord(Table):
    """What one person says to one purpose; what they say are its events."""

    __tablename__ = "consents"
    __table_args__ = (Index(None, "party_id", "purpose"),)

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    party_id: Mapped[Id] = mapped_column(ForeignKey("parties.id"))
    #: Who speaks for the party as a holder; None where the party speaks.
    holder_id: Mapped[Id | None] = mapped_column(ForeignKey("holders.id"), index=True)
    #: Nobody where the person does not use the bot, or was erased.
    person_id: Mapped[Id | None] = mapped_column(ForeignKey("people.id"), index=True)
    purpose: Mapped[OneWord]
    #: SHA-256 of salt and person; None where the person does not use the bot.
    commitment: Mapped[Short | None]
    salt: Mapped[Sealed | None]
    #: The hash of the last event.
    head: Mapped[Short]


class ConsentEvent(Table):
    """One word about one purpose; the hash of each holds the one before it."""

    __tablename__ = "consent_events"

    consent_id: Mapped[Id] = mapped_column(ForeignKey("consents.id"), primary_key=True)
    #: Counts the events of a record, from 1: the last word holds.
    n: Mapped[int] = mapped_column(primary_key=True)
    #: When it was written down.
    at: Mapped[datetime]
    #: The day on which it was said, where that was elsewhere.
    said_on: Mapped[date | None]
    #: given, refused, withdrawn, reconfirmed or expired.
    state: Mapped[OneWord]
    #: How it was said, such as by button, by typing or by phone.
    method: Mapped[OneWord]
    #: Who says so: the person, or the one of the staff who wrote it down.
    by: Mapped[Short]
    language: Mapped[OneWord]
    #: The words that it answers to; None where there were none.
    notice: Mapped[Short | None] = mapped_column(
        ForeignKey("consent_notices.sha256"), index=True
    )
    #: SHA-256 over the texts that had been shown before, see `shown.digest`.
    told: Mapped[Short | None]
    valid_until: Mapped[datetime | None]
    #: The messenger's number and moment of the question and of the answer to it: a tap
    #: has no number. None where it was said elsewhere, or before these were kept.
    question_number: Mapped[Big | None]
    question_at: Mapped[datetime | None]
    answer_number: Mapped[Big | None]
    answer_at: Mapped[datetime | None]
    #: The hash of the event before; empty for the first.
    previous: Mapped[Short]
    hash: Mapped[Short]


class ConsentNotice(Table):
    """The exact words that an answer was asked for in, kept from their first use."""

    __tablename__ = "consent_notices"
    __table_args__ = (UniqueConstraint("notice", "version", "language", "variant"),)

    sha256: Mapped[Short] = mapped_column(primary_key=True)
    notice: Mapped[Short]
    version: Mapped[OneWord]
    purpose: Mapped[OneWord]
    language: Mapped[OneWord]
    #: adult or youth; None, like the words, where only their hash was kept once.
    variant: Mapped[OneWord | None]
    text: Mapped[Long | None]
    question: Mapped[Long | None]
    button: Mapped[Long | None]
    first_shown_at: Mapped[datetime]


class ShownText(Table):
    """A text that must be read before a consent, from when it was first shown."""

    __tablename__ = "shown_texts"

    talk_id: Mapped[Id] = mapped_column(ForeignKey("talks.id"), primary_key=True)
    text_id: Mapped[Short] = mapped_column(primary_key=True)
    language: Mapped[OneWord] = mapped_column(primary_key=True)
    #: Of the text as it is written, before a value such as a name is filled in.
    sha256: Mapped[Short] = mapped_column(primary_key=True)
    person_id: Mapped[Id] = mapped_column(ForeignKey("people.id"), index=True)
    #: Counts the texts of a talk in the order in which they were shown.
    n: Mapped[int]
    at: Mapped[datetime]
