"""A copy in a SQLite file, made while the program runs, and checked.

A SQLite file is copied page by page; from PostgreSQL each row is copied and read back.

The database and the key store are copied apart from each other: whoever has both and
the key file can read everything.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final, TypeAlias

from sqlalchemy import make_url
from sqlalchemy.orm import Session

from bot.errors import StorageError
from bot.storage import records
from bot.storage.copies.contents import DATABASE, Contents
from bot.storage.copies.migrating_store import fill
from bot.storage.engine import engines
from bot.storage.engine.disk import to_disk

#: How many rows each table has.
Counts: TypeAlias = Mapping[str, int]
#: Under this name it is noted when the last copy was made.
BACKED_UP: Final = "backed_up_at"


def copy(
    url: str,
    file: Path,
    *,
    of: Contents = DATABASE,
    never: Sequence[str | Path] = (),
) -> Counts:
    """Copy a database into a SQLite file for its owner alone, and count its rows.

    The file is there with everything in it, or not at all; an earlier one of the same
    name is replaced.

    Args:
        url: the database; programs may go on writing to it.
        file: the copy.
        of: what it holds.
        never: databases and files in whose place no copy may be put.

    Raises:
        StorageError: there is no such database, or no copy can be made there.
    """
    if file.resolve() in {_place(one) for one in (url, *never)}:
        raise StorageError(f"{file} is in use by the program: name another file.")
    part = file.with_name(f".{file.name}.part")
    with clear_errors(file):
        try:
            os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
            if is_file(url):
                found = _fill(part, path_of(url))
            else:
                found = _fill_from_server(part, url, of)
            to_disk(part)
            part.replace(file)
            to_disk(file.parent)
        finally:
            part.unlink(missing_ok=True)
    return found


def note(url: str, at: datetime) -> None:
    """Note in a database when it was backed up."""
    with (
        engines.clear_errors("database"),
        DATABASE.opened(url) as engine,
        Session(engine) as session,
        session.begin(),
    ):
        records.set_meta(session, BACKED_UP, at.isoformat(timespec="seconds"))


def is_file(url: str) -> bool:
    """Tell whether a database is a SQLite file."""
    return make_url(url).get_backend_name() == "sqlite"


def path_of(url: str) -> Path:
    """Tell where a SQLite database lies."""
    return Path(make_url(url).database or "")


def fingerprint(file: Path) -> str | None:
    """Read to which root a copy belongs; None if it is no copy of ours."""
    found = _first_column(file, "SELECT value FROM meta WHERE name = 'fingerprint'")
    return found[0] if found else None


def key_files(file: Path) -> list[str]:
    """Read which key files open a copy of the key store, by their fingerprints."""
    found = _first_column(
        file, "SELECT key_file FROM roots WHERE wrapped <> x'' ORDER BY number"
    )
    first = fingerprint(file)
    # Before there were roots, the first key file was what everything came from.
    return found or ([first] if first else [])


def _first_column(file: Path, query: str) -> list[str]:
    with closing(connect(file)) as made:
        try:
            return [str(row[0]) for row in made.execute(query).fetchall()]
        except sqlite3.OperationalError:
            return []


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


def _fill_from_server(part: Path, url: str, of: Contents) -> Counts:
    address = f"sqlite:///{part}"
    of.make(address)
    with (
        engines.clear_errors(of.name),
        of.opened(url, is_reading=True) as live,
        of.opened(address) as made,
    ):
        if not of.is_made(live, "source"):
            raise StorageError(
                f"There is no {of.name} at this address: run konfliktraad migrate if "
                "none was ever made."
            )
        fill(of, live, made, replace=False)
    with closing(connect(part)) as alone:
        alone.execute("PRAGMA journal_mode=DELETE")
        expected = counts(alone)
        check(alone, expected)
    return expected


def _rows(connection: sqlite3.Connection, table: str) -> int:
    query = f'SELECT count(*) FROM "{table}"'  # noqa: S608 - a name from the schema
    return int(connection.execute(query).fetchone()[0])


def _place(named: str | Path) -> Path | None:
    if isinstance(named, Path):
        return named.resolve()
    return path_of(named).resolve() if is_file(named) else None
