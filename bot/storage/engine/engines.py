"""Connections to a database, whichever it is, and what its errors mean to us."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Engine, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    ProgrammingError,
)

from bot.errors import StorageError, TookTooLong
from bot.storage.engine import postgres, sqlite

_SERVER: Final = "postgresql"
_CHECK_FILE: Final = "check the disk, and that no other program holds the file"
_CHECK_SERVER: Final = (
    "check that PostgreSQL runs and can be reached, its disk, and our rights there"
)
_NO_PRAGMAS: Final[Mapping[str, str]] = {}


def open_engine(
    url: str,
    *,
    is_reading: bool = False,
    connections: int = 1,
    is_patient: bool = False,
    pragmas: Mapping[str, str] = _NO_PRAGMAS,
) -> Engine:
    """Make an engine; nothing is asked of the database yet.

    Args:
        url: the address; a SQLite file is made if need be, for its owner alone.
        is_reading: writing with it fails.
        connections: how many PostgreSQL gets, at most.
        is_patient: PostgreSQL may take as long as it takes.
        pragmas: settings of SQLite beside the usual ones.

    Raises:
        StorageError: the file cannot be made.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise StorageError("The address of a database cannot be read.") from None
    if address.get_backend_name() == _SERVER:
        return postgres.engine(
            address,
            is_reading=is_reading,
            connections=connections,
            is_patient=is_patient,
        )
    pragmas = {"query_only": "ON", **pragmas} if is_reading else pragmas
    return sqlite.engine(address, is_reading=is_reading, pragmas=pragmas)


def is_server(engine: Engine) -> bool:
    """Tell whether a database is a server, at which many may write side by side."""
    return engine.dialect.name == _SERVER


def rewrite(engine: Engine, tables: Sequence[str] = ()) -> None:
    """Write a SQLite file, or tables of PostgreSQL, anew with what is in them now."""
    if is_server(engine):
        postgres.rewrite(engine, tables)
    else:
        sqlite.rewrite(engine)


@contextmanager
def clear_errors(what: str) -> Iterator[None]:
    """Tell in one sentence that the database or key store cannot be reached.

    Raises:
        StorageError: unreachable, locked, full, damaged or not a database. A mistake
            of ours (a broken rule, a wrong statement or value) passes as it is, but
            for what it says of the row.
        TookTooLong: one statement took longer than it may.
    """
    try:
        yield
    except DBAPIError as error:
        reason = str(error.orig).partition("\n")[0]
        if not postgres.is_its(error):
            if isinstance(error, DataError | IntegrityError | ProgrammingError):
                raise
            raise StorageError(_sentence(what, reason, _CHECK_FILE)) from error
        if postgres.took_too_long(error):
            raise TookTooLong(_sentence(what, reason, _CHECK_SERVER)) from error
        if postgres.passes(error):
            raise StorageError(_sentence(what, reason, _CHECK_SERVER)) from error
        postgres.without_values(error)
        raise


def _sentence(what: str, reason: str, check: str) -> str:
    return f"The {what} cannot be used just now ({reason}); {check}."
