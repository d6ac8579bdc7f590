"""Locks on what no row stands for; on SQLite whoever writes is alone anyway."""

from enum import IntEnum
from typing import Final

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

#: Sets our numbers apart from those of other programs in the same database.
_OURS: Final = 19282


class Named(IntEnum):
    """What is locked by a number, as no row stands for it."""

    #: The daily batch, what is put in order at start, the first opening.
    UPKEEP = 1
    #: A stranger has a key and not yet a person.
    ENROLMENT = 2
    #: Who serves where and whose chat is covered, and what they are told of cases.
    STAFF = 3
    #: The tables are being made or changed.
    TABLES = 4
    #: Who has a lease.
    LEASES = 5


def exclusive(connection: Connection, named: Named) -> None:
    """Lock one of the numbers for oneself, until the end of the transaction."""
    if connection.dialect.name != "sqlite":
        connection.execute(select(func.pg_advisory_xact_lock(_OURS, named.value)))


def shared(session: Session, named: Named) -> None:
    """Lock one of the numbers together with others, who keep `exclusive` away."""
    if not is_alone(session):
        lock = func.pg_advisory_xact_lock_shared(_OURS, named.value)
        session.execute(select(lock))


def is_alone(session: Session) -> bool:
    """Tell whether a transaction that writes is alone from its beginning."""
    return session.get_bind().dialect.name == "sqlite"
