"""What is particular to SQLite: its file, its settings, how a transaction begins."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Protocol

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

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


class Dialect(SQLiteDialect_pysqlite):
    """SQLite as SQLAlchemy knows it, but for how a transaction begins.

    To listen for the beginning instead would make every statement slower.
    """

    supports_statement_cache = True

    def __init__(
        self,
        begin: str = "BEGIN",
        **others: Any,  # noqa: ANN401 - SQLAlchemy's
    ) -> None:
        """Prepare; `begin` is the statement with which transactions begin."""
        super().__init__(**others)
        self._begin = begin

    def do_begin(self, dbapi_connection: _DriverConnection) -> None:
        """Begin a transaction."""
        cursor = dbapi_connection.cursor()
        cursor.execute(self._begin)
        cursor.close()

    def do_savepoint(self, connection: Connection, name: str) -> None:
        """Set a savepoint, as SQLAlchemy does, but without composing a statement."""
        connection.exec_driver_sql(f"SAVEPOINT {name}")

    def do_release_savepoint(self, connection: Connection, name: str) -> None:
        """Keep what was done since a savepoint."""
        connection.exec_driver_sql(f"RELEASE {name}")


_NAME: Final = "sqlite.konfliktraad"
registry.register(_NAME, __name__, Dialect.__name__)


def engine(url: URL, *, is_reading: bool, pragmas: Mapping[str, str]) -> Engine:
    """Make an engine and, if need be, the file.

    BEGIN IMMEDIATE takes the write lock at once: a transaction that first reads and
    then writes would otherwise fail when another one commits in between.
    """
    begin = "BEGIN" if is_reading else "BEGIN IMMEDIATE"
    ours = url.set(drivername=_NAME.replace(".", "+"))
    # Statements that are prepared give their values by name, on each kind of database.
    made = create_engine(ours, hide_parameters=True, begin=begin, paramstyle="named")
    make_file(url.database or "")
    _set_up(made, {**PRAGMAS, **pragmas})
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
        connection.exec_driver_sql("COMMIT")  # it does not work in a transaction
        connection.exec_driver_sql("VACUUM")


def _set_up(made: Engine, pragmas: Mapping[str, str]) -> None:
    @event.listens_for(made, "connect")
    def connect(connection: _DriverConnection, _record: object) -> None:
        # The driver must not begin transactions by itself: we say how they begin.
        connection.isolation_level = None
        cursor = connection.cursor()
        for name, value in pragmas.items():
            cursor.execute(f"PRAGMA {name}={value}")
        cursor.close()
