"""Which key files unlock the key store, and the root that they unlock."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, delete, insert, inspect, select, update

from bot.errors import KeyFileError, StorageError
from bot.storage.keys import keyfile, root
from bot.storage.keys.key_tables import KEYS, META, ROOTS
from bot.storage.keys.root import Root

#: The form of the tables: in that of before, people's keys and all hashes came from the
#: key file itself, and there were no roots.
VERSION: Final = "2"
_BEFORE: Final = "1"


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The root, and by which key file it was unlocked."""

    root: Root
    #: The fingerprint of the key file.
    by: str


def open_up(connection: Connection, path: Path, database: str | None) -> Unlocked:
    """Unlock a key store for use; a new one gets its root, and its key file if need be.

    Args:
        connection: to the key store, whose tables are there; nobody else opens it.
        path: where the key file lies.
        database: the fingerprint that the database keeps; None before first use.

    Raises:
        KeyFileError: the three do not belong together, or the file is unreadable.
        StorageError: a newer version of the program has made the key store.
    """
    keys = _kept(connection, "fingerprint")
    _refuse_strangers(connection, keys, database)
    if keys is None:
        return _begin(connection, path)
    _refuse_newer(connection)
    found = unlock(connection, path)
    if database not in {None, root.fingerprint(found.root)}:
        raise KeyFileError(
            "The key store is not the one that the database was made with: check "
            "KONFLIKTRAAD_KEYS_URL and KONFLIKTRAAD_DATABASE_URL."
        )
    if not opened_by(connection):
        add(connection, keyfile.read(path), found.root)
        at = META.c.name == "version"
        connection.execute(update(META).where(at).values(value=VERSION))
    return found


def unlock(connection: Connection, path: Path) -> Unlocked:
    """Unlock a key store that is in use, and change nothing.

    Raises:
        KeyFileError: the key file is missing or not the one; the message tells which.
    """
    needed = opened_by(connection) or [_kept(connection, "fingerprint") or ""]
    if not keyfile.is_there(path):
        raise KeyFileError(
            f"The key file {path} is missing and nothing can be read without it: put "
            "your copy back, or point KONFLIKTRAAD_KEY_FILE to it. It is the one whose "
            f"fingerprint is {needed[-1]}.{_where(path, needed)}"
        )
    secret = keyfile.read(path)
    by = keyfile.fingerprint(secret)
    if by not in needed:
        raise KeyFileError(
            f"The key file {path}, whose fingerprint is {by}, is not the one of this "
            f"key store: put that with the fingerprint {' or '.join(needed)} there "
            f"(KONFLIKTRAAD_KEY_FILE).{_where(path, needed)}"
        )
    if not opened_by(connection):
        return Unlocked(root.inherit(secret), by)
    query = select(ROOTS.c.wrapped).where(ROOTS.c.key_file == by)
    return Unlocked(root.unwrap(secret, connection.scalars(query).one()), by)


def opened_by(connection: Connection) -> list[str]:
    """List the fingerprints of the key files that open the root, the newest last."""
    if not inspect(connection).has_table(ROOTS.name):
        return []
    query = select(ROOTS.c.key_file).where(ROOTS.c.wrapped != b"")
    return list(connection.scalars(query.order_by(ROOTS.c.number)))


def listed(connection: Connection) -> list[str]:
    """List the fingerprints of all that are noted, also of what opens it no more."""
    query = select(ROOTS.c.key_file).order_by(ROOTS.c.number)
    return list(connection.scalars(query))


def add(connection: Connection, secret: bytes, to: Root) -> None:
    """Let one more key file open the root, which is the newest from now on."""
    by = keyfile.fingerprint(secret)
    # One that opened it no more, and was not gone from the disk yet.
    connection.execute(delete(ROOTS).where(ROOTS.c.key_file == by))
    numbers = connection.scalars(select(ROOTS.c.number)).all()
    row = {
        "number": max(numbers, default=0) + 1,
        "key_file": by,
        "wrapped": root.wrap(to, secret),
    }
    connection.execute(insert(ROOTS).values(row))


def _begin(connection: Connection, path: Path) -> Unlocked:
    secret = keyfile.read(path) if keyfile.is_there(path) else keyfile.make(path)
    drawn = root.draw()
    add(connection, secret, drawn)
    values = {"version": VERSION, "fingerprint": root.fingerprint(drawn)}
    rows = [{"name": name, "value": value} for name, value in values.items()]
    connection.execute(insert(META), rows)
    return Unlocked(drawn, keyfile.fingerprint(secret))


def _refuse_strangers(
    connection: Connection, keys: str | None, database: str | None
) -> None:
    if keys is None and database is not None:
        raise KeyFileError(
            "The key store is new but the database is in use: point "
            "KONFLIKTRAAD_KEYS_URL to its key store, or restore that from its backup."
        )
    has_keys = connection.scalar(select(KEYS.c.person_id).limit(1)) is not None
    if database is None and has_keys:
        raise KeyFileError(
            "The database is new but the key store holds people's keys: point "
            "KONFLIKTRAAD_DATABASE_URL and KONFLIKTRAAD_KEYS_URL to files that "
            "belong together."
        )


def _refuse_newer(connection: Connection) -> None:
    if _kept(connection, "version") not in {_BEFORE, VERSION}:
        raise StorageError(
            "A newer version of the program has made this key store: use that version."
        )


def _kept(connection: Connection, name: str) -> str | None:
    return connection.scalar(select(META.c.value).where(META.c.name == name))


def _where(path: Path, needed: list[str]) -> str:
    """Say where one that would do lies, if it lies beside."""
    found = [one for one in (keyfile.beside(path, by) for by in needed) if one]
    return f" {found[-1]} is that one." if found else ""
