"""Copy a whole database, or a whole key store, to another place: all or nothing.

Nobody may be served meanwhile, and the source stays as it is.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, delete, inspect, select

from bot.errors import AlreadyServed, KeyFileError, StorageError
from bot.storage.copies.contents import DATABASE, KEY_STORE, Contents, is_missing
from bot.storage.copies.copying import Copies, copy_rows, counts, snapshot, verify
from bot.storage.copies.unserved import Now, nobody_served, refuse_served
from bot.storage.engine.engines import clear_errors, is_server
from bot.storage.keys import root, unlocking

#: Where there may be something before anybody has used a database.
_UNUSED: Final = frozenset({"leases", "meta", "pace", "roots"})
#: Who serves at this moment is true of one place only.
_OF_ONE_PLACE: Final = frozenset({"leases"})


def copy_whole(
    of: Contents, source: str, target: str, *, keys_url: str, key_file: Path, now: Now
) -> Copies:
    """Copy everything to where nothing is yet; tell how many rows of which hash.

    A database that is copied is served by nobody until that is done. It has to be the
    one of the key store at `keys_url`.

    Raises:
        AlreadyServed: a process serves from one of the two.
        KeyFileError: the key file, or the key store, is not the one of the source.
        SchemaOutdated: the source has not the tables of this version.
        StorageError: there is something in the target, or one cannot be used.
    """
    if is_missing(source):
        raise StorageError("There is no file in the source: check the address.")
    kept = nobody_served(source, now) if of is DATABASE else nullcontext()
    with (
        clear_errors(of.name),
        kept,
        of.opened(source, is_reading=True) as old,
    ):
        _refuse_unfit(of, old, keys_url, key_file)
        with of.opened(target) as new, _all_or_nothing():
            of.is_made(new, "target")
            of.make(target)
            return fill(of, old, new, replace=False, now=now)


def fill(
    of: Contents, old: Engine, new: Engine, *, replace: bool, now: Now | None = None
) -> Copies:
    """Copy everything in one transaction, and read it back before it counts.

    Args:
        of: what is copied.
        old: from where.
        new: to where.
        replace: whether something may be there.
        now: tells the time where a process could have begun to serve from there.

    Raises:
        AlreadyServed: a process serves from the target.
        StorageError: something is in the target and may not be replaced, or what was
            read back is not what was written.
    """
    there = set(inspect(old).get_table_names()) - _OF_ONE_PLACE
    tables = [table for table in of.tables if table.name in there]
    with new.begin() as writing:
        keep_out(of, writing)
        if of is DATABASE and now is not None:
            refuse_served(writing, now())
        make_room(of, writing, replace=replace)
        with snapshot(old) as reading:
            copied = copy_rows(reading, writing, tables)
        verify(writing, tables, copied)
    return copied


def keep_out(of: Contents, writing: Connection) -> None:
    """Keep everybody else out: a program could otherwise begin to serve from it."""
    if is_server(writing.engine):
        writing.exec_driver_sql(f"LOCK TABLE {_names(of)} IN ACCESS EXCLUSIVE MODE")


def make_room(of: Contents, writing: Connection, *, replace: bool) -> None:
    """Take out what is there, if it may be replaced."""
    if not replace and is_used(of, writing):
        raise StorageError(
            f"There is something in the target, and a {of.name} is only put where "
            "nothing is."
        )
    if is_server(writing.engine):
        # What is deleted would stay in the files for a while.
        writing.exec_driver_sql(f"TRUNCATE TABLE {_names(of)}")
        return
    for table in reversed(of.tables):
        writing.execute(delete(table))


def is_used(of: Contents, connection: Connection) -> bool:
    """Tell whether there is more than what is there before anybody was served."""
    found = counts(connection, of.tables)
    return any(rows for name, rows in found.items() if name not in _UNUSED)


def _names(of: Contents) -> str:
    return ", ".join(table.name for table in of.tables)


def _refuse_unfit(of: Contents, old: Engine, keys_url: str, key_file: Path) -> None:
    if not of.is_made(old, "source"):
        raise StorageError(f"There is no {of.name} in the source: check the address.")
    meta = next(table for table in of.tables if table.name == "meta")
    query = select(meta.c.value).where(meta.c.name == "fingerprint")
    with old.connect() as connection:
        kept = connection.scalar(query)
        if kept is None:
            return
        if of is KEY_STORE:
            unlocking.unlock(connection, key_file)
            return
    if kept != _root_of(keys_url, key_file):
        raise KeyFileError(
            "The key store is not the one that the source was made with: check "
            "KONFLIKTRAAD_KEYS_URL."
        )


def _root_of(keys_url: str, key_file: Path) -> str:
    """Unlock a key store, and tell its root by the fingerprint."""
    if is_missing(keys_url):
        raise KeyFileError("There is no key store: check KONFLIKTRAAD_KEYS_URL.")
    with KEY_STORE.opened(keys_url, is_reading=True) as engine:
        if not KEY_STORE.is_made(engine, "key store"):
            raise KeyFileError("There is no key store: check KONFLIKTRAAD_KEYS_URL.")
        with engine.connect() as connection:
            return root.fingerprint(unlocking.unlock(connection, key_file).root)


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    """Say of what fails that nothing was copied."""
    try:
        with clear_errors("target"):
            yield
    except AlreadyServed:
        raise
    except StorageError as error:
        raise StorageError(f"{error} Nothing was copied.") from error
