"""The key store: each person's data key, and who stands behind which account.

It is a database of its own, never part of the main one or its backup. Destroying a
person's key here erases what is sealed for them everywhere.
"""

import hashlib
import hmac
from collections.abc import Collection
from pathlib import Path
from typing import Final

from sqlalchemy import (
    Connection,
    Table,
    bindparam,
    delete,
    insert,
    inspect,
    select,
)

from bot.errors import KeyDestroyed, StorageError
from bot.storage.engine.conflicts import insert_once
from bot.storage.engine.engines import clear_errors, open_engine, rewrite
from bot.storage.engine.ids import new_id
from bot.storage.engine.lists import among
from bot.storage.engine.named_locks import Named, exclusive
from bot.storage.engine.prepared import Prepared
from bot.storage.keys import root, unlocking
from bot.storage.keys.key_tables import ERASED, KEYS, LOOKUPS, TABLES
from bot.storage.keys.sealing import new_key

NOT_ITS_OWN: Final = (
    "KONFLIKTRAAD_KEYS_URL names the main database: the key store needs a database of "
    "its own, which is never copied together with that one."
)

#: Stands for a data key that cannot itself be read; whatever it should open raises
#: `StorageError`.
UNREADABLE: Final = b""

#: Settings of SQLite. A rollback journal is gone after each commit and secure_delete
#: overwrites what is deleted; a WAL would keep copies of a destroyed key.
PRAGMAS: Final = {"journal_mode": "DELETE", "secure_delete": "ON"}


# Asked at every turn and with every message, so they are put together once.
_FIND: Final = Prepared(
    select(KEYS.c.person_id, KEYS.c.wrapped)
    .join(LOOKUPS, LOOKUPS.c.person_id == KEYS.c.person_id)
    .where(LOOKUPS.c.hash == bindparam("account"))
)
_KEYS_OF: Final = Prepared(
    lambda dialect: select(KEYS).where(among(KEYS.c.person_id, "people", dialect))
)


class KeyStore:
    """Hands out data keys and hashes; any thread may use it.

    Nothing is cached: a key that another process has destroyed is gone here too.
    """

    def __init__(
        self, url: str, key_file: Path, *, database: str | None, connections: int = 1
    ) -> None:
        """Open the key store; `database` is the fingerprint that the database keeps.

        As many threads may use it at once as it gets connections; others wait.

        Raises:
            KeyFileError: key file, key store and database do not belong together.
            StorageError: the key store cannot be opened.
        """
        self._writing = open_engine(url, connections=connections, pragmas=PRAGMAS)
        self._reading = open_engine(
            url, is_reading=True, connections=connections, pragmas=PRAGMAS
        )
        try:
            with clear_errors("key store"), self._writing.begin() as connection:
                exclusive(connection, Named.TABLES)
                _refuse_database(connection)
                TABLES.create_all(connection)
                found = unlocking.open_up(connection, key_file, database)
        except BaseException:
            self.close()
            raise
        self.fingerprint: Final = root.fingerprint(found.root)
        #: The fingerprint of the key file. It may be changed meanwhile: what is in
        #: memory goes on being right.
        self.opened_by: Final = found.by
        self._derived: Final = root.derive(found.root)

    def find(self, account: str) -> tuple[str, bytes] | None:
        """Find who stands behind the account of a name, and their data key."""
        hashed = {"account": self.hash_account(account)}
        with clear_errors("key store"), self._reading.connect() as connection:
            found = _FIND.rows(connection, hashed)
        if not found:
            return None
        ((person_id, wrapped),) = found
        return person_id, self._derived.unwrap(person_id, wrapped)

    def enrol(self, account: str) -> tuple[str, bytes]:
        """Give an account a person id and a data key, committed when this returns.

        The row in `people` comes after it: a key without a person is swept, a person
        without a key could never be read. An account that is known keeps both, also
        when it becomes known at this moment.
        """
        known = self.find(account)
        if known is None:
            self._add(account, new_id(), new_key())
            known = self.find(account)
        if known is None:
            raise StorageError("Somebody was enrolled and erased at the same moment.")
        return known

    def _add(self, account: str, person_id: str, key: bytes) -> None:
        wrapped = self._derived.wrap(person_id, key)
        row = {"hash": self.hash_account(account), "person_id": person_id}
        with clear_errors("key store"), self._writing.connect() as connection:
            connection.execute(
                insert(KEYS).values(person_id=person_id, wrapped=wrapped)
            )
            # Otherwise another process has just enrolled the same account.
            if insert_once(connection, LOOKUPS, row):
                connection.commit()

    def key_of(self, person_id: str) -> bytes:
        """Give a person's data key; raises `KeyDestroyed` when it is gone."""
        query = select(KEYS.c.wrapped).where(KEYS.c.person_id == person_id)
        with clear_errors("key store"), self._reading.begin() as connection:
            wrapped = connection.scalar(query)
        if wrapped is None:
            raise KeyDestroyed("This person's key is gone; nothing of theirs is left.")
        return self._derived.unwrap(person_id, wrapped)

    def keys_of(self, person_ids: Collection[str]) -> dict[str, bytes]:
        """Give the data keys of many; who is missing has none any more.

        One that does not open is `UNREADABLE`, so that the others are of use.
        """
        if not person_ids:
            return {}
        with clear_errors("key store"), self._reading.connect() as connection:
            found = _KEYS_OF.rows(connection, {"people": list(person_ids)})
        return {row.person_id: self._unwrapped_if_readable(*row) for row in found}

    def destroy(self, *person_ids: str) -> None:
        """Destroy people's keys and look-ups; doing it twice does no harm.

        The ids, which are random, stay in a list, so that a backup of the database
        which still knows the people is rid of them when it is restored.
        """
        with clear_errors("key store"):
            with self._writing.begin() as connection:
                for person_id in person_ids:
                    _delete(connection, person_id)
                    insert_once(connection, ERASED, {"person_id": person_id})
            self._rewrite()

    def erased(self) -> frozenset[str]:
        """Give the ids of everybody who was erased."""
        return self._ids(ERASED)

    def people(self) -> frozenset[str]:
        """Give the ids of everybody who has a key."""
        return self._ids(KEYS)

    def stretch(self, after: str, most: int) -> list[str]:
        """List the ids of people who have a key, in order, from behind an id."""
        following = select(KEYS.c.person_id).where(KEYS.c.person_id > after)
        query = following.order_by(KEYS.c.person_id).limit(most)
        with clear_errors("key store"), self._reading.begin() as connection:
            return list(connection.scalars(query))

    def drop(self, person_ids: Collection[str]) -> None:
        """Destroy the keys of nobody.

        Only while nobody is being enrolled (`locks.nobody_enrolling`): who is has a key
        and not yet a person.
        """
        if not person_ids:
            return
        with clear_errors("key store"):
            with self._writing.begin() as connection:
                for person_id in person_ids:
                    _delete(connection, person_id)
            self._rewrite()

    def key_files(self) -> list[str]:
        """List the fingerprints of the key files that open it now, the newest last."""
        with clear_errors("key store"), self._reading.begin() as connection:
            return unlocking.opened_by(connection)

    def is_half_abandoned(self) -> bool:
        """Tell whether a newer key file than that in use was given up only half."""
        with clear_errors("key store"), self._reading.begin() as connection:
            noted, opening = (
                unlocking.listed(connection),
                unlocking.opened_by(connection),
            )
        newer = noted[noted.index(self.opened_by) :] if self.opened_by in noted else ()
        return bool(set(newer) - set(opening))

    def is_half_changed(self) -> bool:
        """Tell whether its key file is being changed, and that is not finished."""
        with clear_errors("key store"), self._reading.begin() as connection:
            return len(unlocking.listed(connection)) > 1

    def hash_account(self, account: str) -> bytes:
        """Hash the name of an account, as in look-ups and wrong guesses."""
        return _hash(self._derived.lookup, account)

    def hash_token(self, text: str) -> bytes:
        """Hash the token of a link; the caller has brought it into one form."""
        return _hash(self._derived.token, text)

    def hash_word(self, person_id: str, text: str) -> bytes:
        """Hash a hiding word as earlier versions did; new ones go by the own key."""
        return _hash(self._derived.word, f"{person_id}/{text}")

    def hash_receipt(self, text: str) -> bytes:
        """Hash a receipt, so that only who has the root can have written it."""
        return _hash(self._derived.receipt, text)

    def hash_verification(self, text: str) -> bytes:
        """Hash that somebody made sure of a holder, as only this program can."""
        return _hash(self._derived.verification, text)

    def _unwrapped_if_readable(self, person_id: str, wrapped: bytes) -> bytes:
        try:
            return self._derived.unwrap(person_id, wrapped)
        except StorageError:
            return UNREADABLE

    def _ids(self, table: Table) -> frozenset[str]:
        with clear_errors("key store"), self._reading.begin() as connection:
            return frozenset(connection.scalars(select(table.c.person_id)))

    def _rewrite(self) -> None:
        rewrite(self._writing, (LOOKUPS.name, KEYS.name))

    def close(self) -> None:
        """Let go of the connections."""
        self._writing.dispose()
        self._reading.dispose()


def make(url: str) -> None:
    """Make the tables of a key store that a database does not have."""
    engine = open_engine(url, pragmas=PRAGMAS)
    try:
        with engine.begin() as connection:
            TABLES.create_all(connection)
    finally:
        engine.dispose()


def _refuse_database(connection: Connection) -> None:
    if inspect(connection).has_table("alembic_version"):
        raise StorageError(NOT_ITS_OWN)


def _delete(connection: Connection, person_id: str) -> None:
    connection.execute(delete(LOOKUPS).where(LOOKUPS.c.person_id == person_id))
    connection.execute(delete(KEYS).where(KEYS.c.person_id == person_id))


def _hash(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), hashlib.sha256)
