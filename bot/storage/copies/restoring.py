"""Bring a backup of the database back, without those who were erased since."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeAlias

from sqlalchemy.orm import Session

from bot.errors import StorageError
from bot.storage import people
from bot.storage.copies.backup import (
    Counts,
    check,
    clear_errors,
    connect,
    copy,
    counts,
    fingerprint,
    is_file,
    path_of,
)
from bot.storage.copies.contents import DATABASE
from bot.storage.copies.erasing import replay
from bot.storage.copies.migrating_store import fill, is_used
from bot.storage.copies.unserved import Now, refuse_served
from bot.storage.engine import engines
from bot.storage.engine.engines import open_engine, rewrite
from bot.storage.engine.schema import migrate
from bot.storage.engine.sqlite import make_file
from bot.storage.keys.keystore import KeyStore

#: What a database has before anybody has used it.
_UNUSED: Final = frozenset({"alembic_version", "leases", "meta", "pace"})


#: Takes out again who was erased, and counts them.
_Erase: TypeAlias = Callable[[Session, KeyStore], int]
#: How every SQLite file begins; one that was never written to is empty.
_SQLITE: Final = b"SQLite format 3\0"

_IN_USE: Final = (
    "There are cases or people in the database: add --replace if the backup is to take "
    "their place. Back them up first."
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restored database holds."""

    cases: int
    people: int
    #: Who had been erased since, and was taken out again.
    erased: int
    #: Who has a key and no row: they came after the backup was made.
    unknown: int


def restore(  # noqa: PLR0913 - where everything lies, and by which rule
    file: Path,
    url: str,
    *,
    keys_url: str,
    key_file: Path,
    now: Now,
    replace: bool,
    require_all_holders: bool = True,
) -> Restored:
    """Bring a backup back, all or nothing, with the tables of this version.

    Everything is prepared in a copy of the backup. Nothing that runs can see somebody
    who was erased. `require_all_holders` is the setting
    KONFLIKTRAAD_REQUIRE_ALL_HOLDERS.

    Raises:
        AlreadyServed: a process serves from the database.
        KeyFileError: backup, key store and key file do not belong together.
        StorageError: the file is no backup, a program uses the database, or something
            is in it and `replace` is not given.
    """

    def erase(session: Session, keys: KeyStore) -> int:
        rule = require_all_holders
        return replay(session, keys, now(), require_all_holders=rule)

    def prepare(part: Path) -> Restored:
        return _prepare(file, part, keys_url, key_file, erase)

    if not is_file(url):
        return _into_server(url, prepare, now, replace=replace)
    return _into_file(file, path_of(url), prepare, replace=replace)


def _into_file(
    file: Path, target: Path, prepare: Callable[[Path], Restored], *, replace: bool
) -> Restored:
    if file.resolve() == target.resolve():
        raise StorageError(f"{file} is the database itself: name a backup of it.")
    with clear_errors(target):
        make_file(str(target))
        with closing(connect(target)) as live:
            _refuse(live, target, replace=replace)
            with _beside(target) as part:
                done = prepare(part)
                _put(part, live)
    return done


def _into_server(
    url: str, prepare: Callable[[Path], Restored], now: Now, *, replace: bool
) -> Restored:
    with engines.clear_errors("database"), DATABASE.opened(url) as live:
        if not DATABASE.is_made(live, "database"):
            DATABASE.make(url)
        refuse_served(live, now())
        with live.connect() as connection:
            if not replace and is_used(DATABASE, connection):
                raise StorageError(_IN_USE)
        with TemporaryDirectory(prefix="konfliktraad_") as folder:
            part = Path(folder) / "restoring.db"
            done = prepare(part)
            address = f"sqlite:///{part}"
            with DATABASE.opened(address, is_reading=True) as prepared:
                fill(DATABASE, prepared, live, replace=replace, now=now)
    return done


def _refuse(live: sqlite3.Connection, target: Path, *, replace: bool) -> None:
    live.execute("PRAGMA busy_timeout=0")
    try:
        # Impossible while anybody else has the file open, even if they do nothing.
        live.execute("PRAGMA journal_mode=DELETE").fetchone()
        live.execute("PRAGMA locking_mode=EXCLUSIVE").fetchone()
        live.execute("BEGIN EXCLUSIVE")
        live.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise StorageError(
            f"A program is using {target}: stop konfliktraad run first."
        ) from error
    if _is_used(counts(live)) and not replace:
        raise StorageError(_IN_USE)


def _is_used(found: Counts) -> bool:
    return any(rows for name, rows in found.items() if name not in _UNUSED)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Give a file beside the database, and remove all that it became."""
    part = target.with_name(f".{target.name}.restoring")
    try:
        yield part
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            part.with_name(part.name + ending).unlink(missing_ok=True)


def _prepare(
    file: Path, part: Path, keys_url: str, key_file: Path, erase: _Erase
) -> Restored:
    if _is_something_else(file):
        raise StorageError(f"{file} is not a database: name a backup of this program.")
    rows, belongs = copy(f"sqlite:///{file}", part), fingerprint(part)
    if belongs is None or "alembic_version" not in rows:
        raise StorageError(f"{file} is not a backup of this program's database.")
    with closing(KeyStore(keys_url, key_file, database=belongs)) as keys:
        url = f"sqlite:///{part}"
        migrate(url)
        erased, known = _rid(url, keys, erase)
        unknown = keys.people() - known
    with closing(connect(part)) as made:
        found = counts(made)
    return Restored(found["cases"], len(known), erased, len(unknown))


def _is_something_else(file: Path) -> bool:
    """Tell whether there is a file that is no SQLite database."""
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return opened.read(len(_SQLITE)) not in (b"", _SQLITE)


def _rid(url: str, keys: KeyStore, erase: _Erase) -> tuple[int, frozenset[str]]:
    """Take out who was erased; tell how many they were, and who is left."""
    engine = open_engine(url, pragmas={"secure_delete": "ON"})
    try:
        with Session(engine) as session, session.begin():
            erased = erase(session, keys)
            known = frozenset(people.ids(session))
        rewrite(engine)
    finally:
        engine.dispose()
    return erased, known


def _put(part: Path, live: sqlite3.Connection) -> None:
    """Let the prepared copy take the place of what was there, in one transaction."""
    with closing(connect(part)) as made:
        expected = counts(made)
        made.backup(live)
    check(live, expected)
