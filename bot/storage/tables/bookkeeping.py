"""The tables in which the program keeps account of its own work.

Their rows tell what was done and how often, and of whom only by a hash or not at all.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.engine.columns import Big, Counted, Hashed, Id, OneWord, Short, Table


class WrongGuess(Table):
    """A token that fits no link; hashed account and moment, to slow guessing."""

    __tablename__ = "wrong_guesses"
    __table_args__ = (Index(None, "account", "at"), Index(None, "at"))

    id: Mapped[Counted]
    account: Mapped[Hashed]
    at: Mapped[datetime]


class WrongWord(Table):
    """A wrong word in a covered chat; whose chat and when, never the word."""

    __tablename__ = "wrong_words"
    __table_args__ = (Index(None, "person_id", "at"), Index(None, "at"))

    id: Mapped[Counted]
    person_id: Mapped[Id] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class SeenUpdate(Table):
    """An update that was acted on, so that the same one never acts twice."""

    __tablename__ = "seen_updates"

    channel: Mapped[OneWord] = mapped_column(primary_key=True)
    #: The messenger's own id of it.
    event_id: Mapped[Short] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)


class FailedTurn(Table):
    """A turn that could not be made: which update, whose, and which error of ours."""

    __tablename__ = "failed_turns"

    id: Mapped[Counted]
    channel: Mapped[OneWord]
    event_id: Mapped[Short]
    #: Nobody where not even that could be found out.
    person_id: Mapped[Id | None] = mapped_column(ForeignKey("people.id"), index=True)
    #: The class of the error; its words may hold what a person wrote.
    error: Mapped[Short]
    #: File and line where it was raised.
    place: Mapped[Short]
    at: Mapped[datetime]


class Lease(Table):
    """What only one process may do at a time, and which one does it until when."""

    __tablename__ = "leases"

    name: Mapped[OneWord] = mapped_column(primary_key=True)
    #: A random id of the process.
    holder: Mapped[Id]
    #: The process as an operator finds it.
    who: Mapped[Short]
    #: Where its number counts: this boot of a machine; None where that is not known.
    machine: Mapped[Short | None]
    process: Mapped[Big]
    since: Mapped[datetime]
    until: Mapped[datetime]


class Pace(Table):
    """How fast we send: one row for the whole bot, which also lets one claim a time."""

    __tablename__ = "pace"

    name: Mapped[OneWord] = mapped_column(primary_key=True)
    #: When as many messages may go at once again as ever.
    full_at: Mapped[datetime | None]
    #: Nobody sends before: Telegram asked the whole bot to wait.
    not_before: Mapped[datetime | None]


class AuditEntry(Table):
    """Who did what and when; by role or staff name, never what a party said."""

    __tablename__ = "audit"

    id: Mapped[Counted]
    at: Mapped[datetime]
    who: Mapped[Short]
    action: Mapped[Short]
    case_id: Mapped[Id | None] = mapped_column(ForeignKey("cases.id"), index=True)
    note: Mapped[Short | None]


class Tally(Table):
    """How often a step was reached in a month; a number of nobody in particular."""

    __tablename__ = "tallies"

    #: Written as 2026-11.
    month: Mapped[OneWord] = mapped_column(primary_key=True)
    district: Mapped[OneWord] = mapped_column(primary_key=True)
    step: Mapped[OneWord] = mapped_column(primary_key=True)
    role: Mapped[OneWord] = mapped_column(primary_key=True)
    language: Mapped[OneWord] = mapped_column(primary_key=True)
    number: Mapped[int]


class Meta(Table):
    """Facts about the database itself, such as the key file's fingerprint."""

    __tablename__ = "meta"

    name: Mapped[OneWord] = mapped_column(primary_key=True)
    value: Mapped[Short]
