"""Change the key file, while the program serves, so that any step may be the last.

The root is wrapped for the new key file too, then that file takes the place of the old
one, and only then is the old one's wrap destroyed: at each moment the file that lies
there opens the key store. Whoever was cut short begins again, and it goes on.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, bindparam, delete, select, update

from bot.errors import KeyFileError, StorageError
from bot.storage.copies.contents import KEY_STORE
from bot.storage.copies.half_rotated import (
    HALF_ABANDONED,
    fingerprint_of_new,
    lies_elsewhere,
    waiting_file,
)
from bot.storage.engine.disk import to_disk
from bot.storage.engine.engines import clear_errors, rewrite
from bot.storage.engine.named_locks import Named, exclusive
from bot.storage.keys import keyfile, root, unlocking
from bot.storage.keys.key_tables import KEYS, ROOTS
from bot.storage.keys.root import Root
from bot.storage.keys.unlocking import Unlocked

#: So many people's keys are wrapped anew at a time.
_PORTION: Final = 500
_REWRAP: Final = (
    update(KEYS)
    # One that was destroyed meanwhile stays so.
    .where(KEYS.c.person_id == bindparam("of"), KEYS.c.wrapped == bindparam("old"))
    .values(wrapped=bindparam("new"))
)


@dataclass(frozen=True, slots=True)
class Rotated:
    """How far the key file was changed."""

    #: The fingerprint of the new key file.
    fingerprint: str
    #: Where the new one waits for being put in place; None: it is there.
    waits_at: Path | None = None
    #: Where the old one is kept; None where nothing was put in its place.
    kept_at: Path | None = None


def rotate(
    keys_url: str, key_file: Path, *, on: date, to: Path | None = None
) -> Rotated:
    """Change the key file, or go on where it was left off.

    Args:
        keys_url: the key store, which was opened by this version before.
        key_file: the key file in use.
        on: the day, for the name of the old one.
        to: only make the new one, there, and let it open the key store too; who calls
            again when it is in place lets go of the old one.

    Raises:
        KeyFileError: a file cannot be made or replaced, or is not the one.
        StorageError: the key store cannot be used just now.
    """
    path = key_file.resolve()
    with _alone(path), _opened(keys_url) as engine:
        _forget_waiting(engine, path)
        held, noted = _standing(engine, path)
        _refuse_half_abandoned(engine, held, noted)
        if len(noted) > 1 and held.by == noted[-1]:
            _let_older_go(engine, path)
            return Rotated(held.by)
        if to is not None:
            return _prepare(engine, path, to.resolve())
        return _replace(engine, path, on)


def abandon(keys_url: str, key_file: Path) -> Rotated:
    """Let only the key file that is in use open the key store again.

    Raises:
        KeyFileError: no other one was made, or it is the one in use.
    """
    path = key_file.resolve()
    with _alone(path), _opened(keys_url) as engine:
        held, noted = _standing(engine, path)
        waiting = waiting_file(path)
        if held.by == noted[-1] and not waiting.exists():
            raise KeyFileError(
                f"There is nothing to abandon: {path} is the newest key file."
            )
        _let_go(engine, noted[noted.index(held.by) + 1 :])
        waiting.unlink(missing_ok=True)
        return Rotated(held.by)


def _refuse_half_abandoned(engine: Engine, held: Unlocked, noted: list[str]) -> None:
    """Let nobody begin a new change where the one before is only half given up."""
    with engine.connect() as connection:
        opening = unlocking.opened_by(connection)
    if set(noted[noted.index(held.by) :]) - set(opening):
        raise KeyFileError(HALF_ABANDONED)


def _prepare(engine: Engine, path: Path, to: Path) -> Rotated:
    """Make the new key file elsewhere; somebody puts it in place by hand."""
    if to == path:
        raise KeyFileError(f"{to} is the key file in use: name another place.")
    with engine.connect() as connection:
        newest = unlocking.opened_by(connection)[-1]
    if to.exists() and keyfile.fingerprint(keyfile.read(to)) != newest:
        raise KeyFileError(
            f"{to} is there already, and is not the key file that is being changed to: "
            "name a place where there is none yet. An old key file must not come back."
        )
    return Rotated(keyfile.fingerprint(_new_one(engine, path, to)), waits_at=to)


def _replace(engine: Engine, path: Path, on: date) -> Rotated:
    """Make the new key file beside the old one, and put it in place."""
    waiting = waiting_file(path)
    new, old = _new_one(engine, path, waiting), keyfile.read(path)
    kept = keyfile.kept_as(path, old, on)
    with _or_say(
        f"The old key file stays in use, as it cannot be kept as {kept}",
        "check the disk, and run konfliktraad keys rotate again.",
    ):
        keyfile.write(kept, old, like=path)
    with _or_say(
        f"{path} cannot be replaced",
        f"put {waiting} in its place yourself, and run konfliktraad keys rotate again. "
        "Until then both open the key store.",
    ):
        waiting.replace(path)
        to_disk(path.parent)
    _let_older_go(engine, path)
    return Rotated(keyfile.fingerprint(new), kept_at=kept)


def _new_one(engine: Engine, path: Path, waiting: Path) -> bytes:
    """Make a new key file that opens the key store too, unless it is there already."""
    with engine.connect() as connection:
        _refuse_if_another_waits(connection, path, waiting)
    if not waiting.exists():
        with _or_say(
            f"The new key file {waiting} cannot be made",
            "name a place where this user may write with --to FILE, and put it in the "
            f"place of {path} yourself.",
        ):
            keyfile.write(waiting, keyfile.new_secret(), like=path)
    new = keyfile.read(waiting)
    with engine.begin() as connection:
        exclusive(connection, Named.TABLES)
        _refuse_if_another_waits(connection, path, waiting)
        held = unlocking.unlock(connection, path)
        if keyfile.fingerprint(new) not in unlocking.opened_by(connection):
            unlocking.add(connection, new, held.root)
        if unlocking.unlock(connection, waiting).root != held.root:
            raise StorageError(f"{waiting} does not open what {path} does.")
    return new


def _refuse_if_another_waits(connection: Connection, path: Path, waiting: Path) -> None:
    newest = unlocking.opened_by(connection)[-1]
    held = unlocking.unlock(connection, path)
    ours = fingerprint_of_new(waiting)
    if newest not in {held.by, ours}:
        raise KeyFileError(lies_elsewhere(newest, path))
    if ours == held.by:
        raise KeyFileError(
            f"{waiting} holds the key that is in use already: name another place."
        )


def _let_older_go(engine: Engine, path: Path) -> None:
    """Let no older key file than the one that lies there open anything any more."""
    try:
        with clear_errors("key store"):
            held, noted = _standing(engine, path)
            _wrap_anew(engine, held.root)
            _let_go(engine, noted[: noted.index(held.by)])
    except StorageError as error:
        raise StorageError(
            f"{error} The new key file is in place and opens everything; run "
            "konfliktraad keys rotate again, so that the old one does not."
        ) from error


def _let_go(engine: Engine, key_files: list[str]) -> None:
    """Destroy the wraps for some key files; until that is on the disk they are noted.

    What was deleted would stay in the gaps of the file.
    """
    theirs = ROOTS.c.key_file.in_(key_files)
    with engine.begin() as connection:
        exclusive(connection, Named.TABLES)
        connection.execute(update(ROOTS).where(theirs).values(wrapped=b""))
    rewrite(engine, (ROOTS.name, KEYS.name))
    with engine.begin() as connection:
        exclusive(connection, Named.TABLES)
        connection.execute(delete(ROOTS).where(theirs))


def _wrap_anew(engine: Engine, to: Root) -> None:
    """Wrap again what the first key file has wrapped, from before there were roots."""
    derived, after = root.derive(to), ""
    query = select(KEYS).order_by(KEYS.c.person_id).limit(_PORTION)
    while True:
        with engine.begin() as connection:
            rows = connection.execute(query.where(KEYS.c.person_id > after)).all()
            anew = [
                {"of": person_id, "old": old, "new": new}
                for person_id, old in rows
                if (new := derived.wrap_anew(person_id, old)) is not None
            ]
            if anew:
                connection.execute(_REWRAP, anew)
        if not rows:
            return
        after = rows[-1].person_id


def _standing(engine: Engine, path: Path) -> tuple[Unlocked, list[str]]:
    """Unlock the root, and list all key files that are noted, the newest last."""
    with engine.begin() as connection:
        exclusive(connection, Named.TABLES)
        return unlocking.unlock(connection, path), unlocking.listed(connection)


def _forget_waiting(engine: Engine, path: Path) -> None:
    """Remove the new key file if somebody has put a copy of it in place by hand."""
    waiting, (held, _) = waiting_file(path), _standing(engine, path)
    if fingerprint_of_new(waiting) == held.by:
        waiting.unlink()


@contextmanager
def _opened(keys_url: str) -> Iterator[Engine]:
    with clear_errors("key store"), KEY_STORE.opened(keys_url) as engine:
        yield engine


@contextmanager
def _or_say(what: str, remedy: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise KeyFileError(f"{what} ({error.strerror}): {remedy}") from error


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Be the only one who changes this key file; a process that ends lets go of it."""
    with _or_say(
        f"The folder of {path} cannot be opened",
        "check KONFLIKTRAAD_KEY_FILE and who may read it.",
    ):
        descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise KeyFileError(
                "Another konfliktraad keys rotate is under way: wait until it has "
                "ended."
            ) from error
        except OSError:
            pass  # not every file system has such locks; the key store has its own
        yield
    finally:
        os.close(descriptor)
