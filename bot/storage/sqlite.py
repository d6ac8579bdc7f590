"""What is particular to SQLite: its file, its settings, how a transaction begins."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Protocol

from sqlalchemy import URL, Connection, Engine, create_engine, event

from bot.errors import StorageError

#: Settings of each connection; WAL lets reading go on beside writing.
PRAGMAS: Final = {
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


def engine(url: URL, *, is_reading: bool, pragmas: Mapping[str, str]) -> Engine:
    """Make an engine and, if need be, the file.

    BEGIN IMMEDIATE takes the write lock at once: a transaction that first reads and
    then writes would otherwise fail when another one commits in between.
    """
    made = create_engine(url, hide_parameters=True)
    make_file(url.database or "")
    begin = "BEGIN" if is_reading else "BEGIN IMMEDIATE"
    _set_up(made, begin, {**PRAGMAS, **pragmas})
    return made


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


def rewrite(made: Engine) -> None:
    """Write the file anew with what is in it now.

    `secure_delete` overwrites a row where it stands, but copies from the times when
    SQLite moved it between pages stay in the gaps of the file.
    """
    with made.connect() as connection:
        connection.execution_options(outside_transaction=True)
        connection.exec_driver_sql("VACUUM")


def _set_up(made: Engine, begin: str, pragmas: Mapping[str, str]) -> None:
    @event.listens_for(made, "connect")
    def connect(connection: _DriverConnection, _record: object) -> None:
        # The driver must not begin transactions by itself: we say how they begin.
        connection.isolation_level = None
        cursor = connection.cursor()
        for name, value in pragmas.items():
            cursor.execute(f"PRAGMA {name}={value}")
        cursor.close()

    @event.listens_for(made, "begin")
    def do_begin(connection: Connection) -> None:
        if not connection.get_execution_options().get("outside_transaction"):
            # Not by the driver alone: its errors would not be told from a mistake's.
            connection.exec_driver_sql(begin)
