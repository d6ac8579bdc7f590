"""Copy a whole database, or a whole key store, to another place: all or nothing.

Nobody may be served meanwhile, and the source stays as it is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, delete, select
from sqlalchemy.orm import Session

from bot.errors import AlreadyServed, StorageError
from bot.storage import keyfile, lease
from bot.storage.contents import DATABASE, Contents, is_missing
from bot.storage.copying import Copies, copy_rows, counts, snapshot, verify
from bot.storage.engines import clear_errors, is_server

#: Where there may be something before anybody has used a database.
_UNUSED: Final = frozenset({"leases", "meta", "pace"})
#: Who serves at this moment is true of one place only.
_OF_ONE_PLACE: Final = frozenset({"leases"})


def copy_whole(
    of: Contents, source: str, target: str, *, key_file: Path, at: datetime
) -> Copies:
    """Copy everything to where nothing is yet; tell how many rows of which hash.

    Raises:
        AlreadyServed: a process serves from one of the two.
        KeyFileError: the key file is not the one of the source.
        SchemaOutdated: the source has not the tables of this version.
        StorageError: there is something in the target, or one cannot be used.
    """
    if is_missing(source):
        raise StorageError("There is no file in the source: check the address.")
    with (
        clear_errors(of.name),
        of.opened(source, is_reading=True) as old,
    ):
        _refuse_unfit(of, old, key_file, at)
        with of.opened(target) as new, _all_or_nothing():
            if not of.is_made(new, "target"):
                of.make(target)
            refuse_served(of, new, at)
            return fill(of, old, new, replace=False)


def refuse_while_served(url: str, at: datetime) -> None:
    """Raise `AlreadyServed` while a process serves from a main database, if any."""
    if is_missing(url):
        return
    with (
        clear_errors("database"),
        DATABASE.opened(url, is_reading=True) as engine,
    ):
        if DATABASE.is_made(engine, "database"):
            refuse_served(DATABASE, engine, at)


def fill(of: Contents, old: Engine, new: Engine, *, replace: bool) -> Copies:
    """Copy everything in one transaction, and read it back before it counts.

    Raises:
        StorageError: something is in the target and may not be replaced, or what was
            read back is not what was written.
    """
    tables = [table for table in of.tables if table.name not in _OF_ONE_PLACE]
    with new.begin() as writing:
        make_room(of, writing, replace=replace)
        with snapshot(old) as reading:
            copied = copy_rows(reading, writing, tables)
        verify(writing, tables, copied)
    return copied


def make_room(of: Contents, writing: Connection, *, replace: bool) -> None:
    """Keep everybody else out, and take out what is there if it may be replaced."""
    names = ", ".join(table.name for table in of.tables)
    if is_server(writing.engine):
        # Another program could otherwise begin to serve from it meanwhile.
        writing.exec_driver_sql(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
    if not replace and is_used(of, writing):
        raise StorageError(
            f"There is something in the target, and a {of.name} is only put where "
            "nothing is."
        )
    if is_server(writing.engine):
        # What is deleted would stay in the files for a while.
        writing.exec_driver_sql(f"TRUNCATE TABLE {names}")
        return
    for table in reversed(of.tables):
        writing.execute(delete(table))


def is_used(of: Contents, connection: Connection) -> bool:
    """Tell whether there is more than what is there before anybody was served."""
    found = counts(connection, of.tables)
    return any(rows for name, rows in found.items() if name not in _UNUSED)


def refuse_served(of: Contents, engine: Engine, at: datetime) -> None:
    """Raise `AlreadyServed` while a process serves from a database."""
    if of is not DATABASE:
        return
    with Session(engine) as session:
        held = lease.held_now(session, lease.this_process(), at)
    if held is not None:
        raise AlreadyServed(
            f"{held.by.who.capitalize()} has served this database since "
            f"{held.since:%Y-%m-%d %H:%M:%S} UTC: stop it, wait "
            f"{lease.TERM.seconds} seconds, and try again."
        )


def _refuse_unfit(of: Contents, old: Engine, key_file: Path, at: datetime) -> None:
    if not of.is_made(old, "source"):
        raise StorageError(f"There is no {of.name} in the source: check the address.")
    refuse_served(of, old, at)
    meta = next(table for table in of.tables if table.name == "meta")
    query = select(meta.c.value).where(meta.c.name == "fingerprint")
    with old.connect() as connection:
        kept = connection.scalar(query)
    if kept is not None:
        keyfile.secret_of(key_file, database=kept, keys=kept, has_keys=True)


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
