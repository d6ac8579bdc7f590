"""Connections to a database, set up so that what is committed stays.

Everything that is particular to SQLite stands here.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError

from bot.errors import StorageError

#: SQLite's settings of each connection; WAL lets reading go on beside writing.
PRAGMAS = {
    "busy_timeout": "5000",
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "foreign_keys": "ON",
}


class _Cursor(Protocol):
    """What the set-up needs of a driver's cursor."""

    def execute(self, statement: str, /) -> object: ...
    def close(self) -> object: ...


class _DriverConnection(Protocol):
    """What the set-up needs of a driver's connection."""

    isolation_level: str | None

    def cursor(self) -> _Cursor: ...


def open_engine(url: str, *, begin: str = "BEGIN IMMEDIATE", **pragmas: str) -> Engine:
    """Make an engine; a SQLite file is made if need be, for its owner alone.

    BEGIN IMMEDIATE takes the write lock at once: a transaction that first reads and
    then writes would otherwise fail when another one commits in between.
    """
    engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        make_file(make_url(url).database or "")
        _set_up_sqlite(engine, begin, PRAGMAS | pragmas)
    return engine


def make_file(name: str) -> None:
    """Make a file for its owner alone, unless it is there; raises `StorageError`."""
    path = Path(name)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StorageError(
            f"The file {name} cannot be opened ({error.strerror}); check that its "
            "folder exists and that this user may write there."
        ) from error


def _set_up_sqlite(engine: Engine, begin: str, pragmas: dict[str, str]) -> None:
    @event.listens_for(engine, "connect")
    def connect(connection: _DriverConnection, _record: object) -> None:
        # The driver must not begin transactions by itself: we say how they begin.
        connection.isolation_level = None
        cursor = connection.cursor()
        for name, value in pragmas.items():
            cursor.execute(f"PRAGMA {name}={value}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def do_begin(connection: Connection) -> None:
        if not connection.get_execution_options().get("outside_transaction"):
            connection.exec_driver_sql(begin)


def rewrite(engine: Engine) -> None:
    """Write a SQLite file anew with what is in it now.

    `secure_delete` overwrites a row where it stands, but copies from the times when
    SQLite moved it between pages stay in the gaps of the file.
    """
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        connection.execution_options(outside_transaction=True)
        connection.exec_driver_sql("VACUUM")


@contextmanager
def clear_errors(what: str) -> Iterator[None]:
    """Tell in one sentence that the database or key store cannot be reached.

    Raises:
        StorageError: unreachable, locked, full, damaged or not a database. A mistake
            of ours (a broken rule, a wrong statement or value) passes as it is.
    """
    try:
        yield
    except (DataError, IntegrityError, ProgrammingError):
        raise
    except DBAPIError as error:
        reason = str(error.orig).partition("\n")[0]
        raise StorageError(
            f"The {what} cannot be used just now ({reason}); "
            "check the disk, and that no other program holds the file."
        ) from error
