"""All rows of a town's two databases, to look at and to put back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final, TypeAlias

#: By database and table, each with everything in it.
Rows: TypeAlias = dict[str, list[tuple[object, ...]]]

#: What says which process does what; its rows are never another town's.
_OF_PROCESSES: Final = "leases"
_TABLES: Final = (
    "SELECT '{0}.' || name FROM {0}.sqlite_master WHERE type = 'table' AND name <> ?"
)
#: Counts ids that were given; each insert counts too, so it is put back last.
_COUNTED: Final = "main.sqlite_sequence"


def rows_in(folder: Path) -> Rows:
    """Read everything but what names processes."""
    with _connected(folder) as connection:
        connection.execute("BEGIN")
        return _read(connection)


def put_rows(folder: Path, rows: Rows) -> None:
    """Put these in the place of those that are there, all at once."""
    with _connected(folder) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for table, found in _read(connection).items():
            if found != rows[table]:
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - a table of ours
                _add(connection, table, rows[table])
        connection.execute("COMMIT")


def _read(connection: sqlite3.Connection) -> Rows:
    every = " UNION ALL ".join(_TABLES.format(name) for name in ("main", "keys"))
    found = connection.execute(every, [_OF_PROCESSES] * 2).fetchall()
    return {
        table: connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
        for table in sorted((name for (name,) in found), key=_COUNTED.__eq__)
    }


def _add(
    connection: sqlite3.Connection, table: str, rows: list[tuple[object, ...]]
) -> None:
    for row in rows:
        places = ", ".join("?" * len(row))
        connection.execute(f"INSERT INTO {table} VALUES ({places})", row)  # noqa: S608


@contextmanager
def _connected(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open both databases; the tables do not ask here which row comes first."""
    town, keys = folder / "town.db", folder / "keys.db"
    with closing(sqlite3.connect(town, isolation_level=None)) as connection:
        connection.execute("ATTACH ? AS keys", (str(keys),))
        yield connection
