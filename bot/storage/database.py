"""Units of work: each a plain function of a session, each one transaction."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

from bot.errors import StorageError
from bot.storage import locks
from bot.storage.engine.engines import clear_errors, is_server, open_engine
from bot.storage.engine.schema import check_schema
from bot.storage.group_commit import Together, write_up
from bot.storage.keys.keystore import NOT_ITS_OWN, KeyStore
from bot.storage.records import meta, set_meta

P = ParamSpec("P")
T = TypeVar("T")
Work = Callable[Concatenate[Session, P], T]


#: Threads that write on PostgreSQL, each on a connection of its own; SQLite takes one.
_WRITERS: Final = 4
_READERS: Final = 2
#: So many of them may need the key store at once.
_CONNECTIONS: Final = _WRITERS + _READERS
#: Where the database keeps which root it belongs to, by its fingerprint.
_FINGERPRINT: Final = "fingerprint"


class Store:
    """The database and, in `keys`, the key store that belongs to it.

    On SQLite one thread writes, one unit of work after the other; on PostgreSQL several
    do, and `locks` says who waits for whom. Reading goes on beside it. Objects may be
    used after their unit of work, but are no longer connected.
    """

    def __init__(self, url: str, *, keys_url: str, key_file: Path) -> None:
        """Open both.

        Raises:
            SchemaOutdated: the tables are not those of this version.
            KeyFileError: database, key store and key file do not belong together.
            StorageError: one of them cannot be opened.
        """
        if url == keys_url:
            raise StorageError(NOT_ITS_OWN)
        self._writing = open_engine(url, connections=_WRITERS)
        threads = _WRITERS if is_server(self._writing) else 1
        self._reading = open_engine(url, is_reading=True, connections=_READERS)
        self._write: Final = sessionmaker(self._writing, expire_on_commit=False)
        self._read: Final = sessionmaker(self._reading, expire_on_commit=False)
        _keep_at_hand(self._write)
        self._writers: Final = ThreadPoolExecutor(threads, "storage-writer")
        self._readers: Final = ThreadPoolExecutor(_READERS, "storage-reader")
        self._together: Final = Together(
            self._writing, self._write, self._in_transaction, self._writers
        )
        try:
            with clear_errors("database"):
                check_schema(self._reading)
            self.keys: Final = self._open_keys(keys_url, key_file)
        except BaseException:
            self._let_go()
            raise

    @property
    def is_single(self) -> bool:
        """Tell whether only one process may serve from this database."""
        return not is_server(self._writing)

    async def run(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one unit of work: commit what it did, or nothing when it raises.

        When the caller is cancelled, the work still comes to its end.
        """
        future = asyncio.get_running_loop().run_in_executor(
            self._writers, lambda: self._in_transaction(work, *args, **kwargs)
        )
        return await asyncio.shield(future)

    async def run_together(
        self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a short unit of work as `run` does; on SQLite, together with others.

        It is for what happens often: whoever waits for the disk waits once for all.
        """
        if not self.is_single:
            return await self.run(work, *args, **kwargs)
        return await self._together.ask(lambda session: work(session, *args, **kwargs))

    def run_now(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one unit of work for a caller that is not a coroutine."""
        future = self._writers.submit(
            lambda: self._in_transaction(work, *args, **kwargs)
        )
        return future.result()

    async def read(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a function that only reads; writing fails."""
        return await asyncio.get_running_loop().run_in_executor(
            self._readers, lambda: self._reading_only(work, *args, **kwargs)
        )

    def close(self) -> None:
        """Wait for the work that was begun, and let go of both databases."""
        self._let_go()
        self.keys.close()

    def _in_transaction(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        with clear_errors("database"), self._write.begin() as session:
            done = work(session, *args, **kwargs)
            write_up(session)
            return done

    def _reading_only(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        with clear_errors("database"), self._read() as session:
            return work(session, *args, **kwargs)

    def _open_keys(self, url: str, key_file: Path) -> KeyStore:
        kept = self._reading_only(meta, _FINGERPRINT)
        if kept is not None:
            return KeyStore(url, key_file, database=kept, connections=_CONNECTIONS)
        return self._in_transaction(self._open_first, url, key_file)

    def _open_first(self, session: Session, url: str, key_file: Path) -> KeyStore:
        """Open the key store of a database that may be new, one process at a time."""
        locks.upkeep(session)
        kept = meta(session, _FINGERPRINT)
        keys = KeyStore(url, key_file, database=kept, connections=_CONNECTIONS)
        set_meta(session, _FINGERPRINT, keys.fingerprint)
        return keys

    def _let_go(self) -> None:
        for threads in (self._writers, self._readers):
            threads.shutdown()
        self._writing.dispose()
        self._reading.dispose()


def _keep_at_hand(sessions: sessionmaker[Session]) -> None:
    """Let a unit of work hold on to each row that it has met, until its end.

    A session holds what nobody else does only weakly, and reads it again and again.
    """

    @event.listens_for(sessions, "loaded_as_persistent")
    @event.listens_for(sessions, "pending_to_persistent")
    def keep(session: Session, met: object) -> None:
        session.info.setdefault("met", []).append(met)
