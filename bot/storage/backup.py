"""A copy of a SQLite file, made while the program runs, and checked row by row.

The database and the key store are copied apart from each other: whoever has both and
the key file can read everything.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import make_url

from bot.errors import StorageError

#: How many rows each table has.
Counts: TypeAlias = Mapping[str, int]


def copy(url: str, file: Path, *, never: Sequence[str | Path] = ()) -> Counts:
    """Copy a SQLite database into a file for its owner alone, and count its rows.

    The file is there with everything in it, or not at all; an earlier one of the same
    name is replaced.

    Args:
        url: the database; programs may go on writing to it.
        file: the copy.
        never: databases and files in whose place no copy may be put.

    Raises:
        StorageError: there is no such database, or no copy can be made there.
    """
    source = path_of(url)
    if file.resolve() in {source.resolve(), *map(_place, never)}:
        raise StorageError(f"{file} is in use by the program: name another file.")
    part = file.with_name(f".{file.name}.part")
    with clear_errors(file):
        try:
            os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
            counts = _fill(part, source)
            _to_disk(part)
            part.replace(file)
            _to_disk(file.parent)
        finally:
            part.unlink(missing_ok=True)
    return counts


def path_of(url: str) -> Path:
    """Tell where a SQLite database lies; raises `StorageError` for any other."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        raise StorageError(
            "This database is no SQLite file, so its own tools copy it: see "
            "docs/operations.md."
        )
    return Path(address.database)


def fingerprint(file: Path) -> str | None:
    """Read to which key file a copy belongs; None if it is no copy of ours."""
    query = "SELECT value FROM meta WHERE name = 'fingerprint'"
    with closing(connect(file)) as made:
        try:
            found = made.execute(query).fetchone()
        except sqlite3.OperationalError:
            return None
    return None if found is None else str(found[0])


def connect(path: Path) -> sqlite3.Connection:
    """Open a SQLite file that is there; what is begun is ended by the caller."""
    address = f"{path.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(address, uri=True, isolation_level=None)


def counts(connection: sqlite3.Connection) -> Counts:
    """Count the rows of every table."""
    query = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
    named = [str(name) for (name,) in connection.execute(query).fetchall()]
    ours = [name for name in named if not name.startswith("sqlite_")]
    return {name: _rows(connection, name) for name in ours}


def check(connection: sqlite3.Connection, expected: Counts) -> None:
    """Raise `StorageError` unless a copy is whole and has as many rows as expected."""
    (found,) = connection.execute("PRAGMA integrity_check").fetchone()
    if found != "ok" or counts(connection) != expected:
        raise StorageError(
            "The copy is not the same as what was copied: check the disk and try again."
        )


@contextmanager
def clear_errors(file: Path) -> Iterator[None]:
    """Tell in one sentence that a file cannot be copied or written."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise StorageError(
            f"{file} could not be written or read ({reason}): check that it is a "
            "database of this program, the folder, the disk, and who may write there."
        ) from error


def _fill(part: Path, source: Path) -> Counts:
    if not source.is_file():
        raise StorageError(
            f"There is no database {source}: check the path, or run konfliktraad "
            "migrate if none was ever made."
        )
    with closing(connect(source)) as live, closing(connect(part)) as made:
        # One reading transaction, so that what is counted is what is copied.
        live.execute("BEGIN")
        expected = counts(live)
        live.backup(made)
        # One file, not three: the copy lies alone until it is brought back.
        made.execute("PRAGMA journal_mode=DELETE")
        check(made, expected)
    return expected


def _rows(connection: sqlite3.Connection, table: str) -> int:
    query = f'SELECT count(*) FROM "{table}"'  # noqa: S608 - a name from the schema
    return int(connection.execute(query).fetchone()[0])


def _place(named: str | Path) -> Path:
    return (path_of(named) if isinstance(named, str) else named).resolve()


def _to_disk(path: Path) -> None:
    """Wait until a file, or what a folder lists, would survive a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
