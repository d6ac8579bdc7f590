"""Lets units of work that wait share one transaction of SQLite, and one wait for disk.

Each is still made or undone by itself, behind a savepoint; nobody is told that theirs
is done before all of it is committed. Whoever comes alone has a transaction alone.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session, sessionmaker

from bot.errors import StorageError
from bot.storage.consent import shown
from bot.storage.engine.engines import clear_errors
from bot.storage.records import write_tallies

T = TypeVar("T")
PendingWork: TypeAlias = Callable[[Session], T]

#: So many share a transaction: the first waits for the last.
MOST: Final = 8


class UndoneByDatabase(StorageError):
    """The database has given up the whole transaction because of one unit of work."""


@dataclass(slots=True)
class _Waiting:
    """A unit of work, and who waits to hear of it."""

    work: PendingWork[Any]
    heard: asyncio.Future[Any]

    def tell(self, outcome: "_Outcome") -> None:
        """Tell what became of it, if somebody still wants to hear."""
        if self.heard.done():
            return
        if outcome.error is None:
            self.heard.set_result(outcome.done)
        else:
            self.heard.set_exception(outcome.error)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a unit of work has given, or the error that it raised."""

    done: object = None
    error: BaseException | None = None


class Together:
    """Makes what waits, on the one thread that writes."""

    def __init__(
        self,
        engine: Engine,
        sessions: sessionmaker[Session],
        alone: Callable[[PendingWork[Any]], object],
        thread: Executor,
    ) -> None:
        """Prepare.

        Args:
            engine: the connection that writes.
            sessions: make a session for each unit of work.
            alone: makes one in a transaction of its own.
            thread: the one that writes.
        """
        self._engine = engine
        self._sessions = sessions
        self._alone = alone
        self._thread = thread
        self._waiting: deque[_Waiting] = deque()
        self._is_called = False

    def ask(self, work: PendingWork[T]) -> asyncio.Future[T]:
        """Put a unit of work last in line; it is made even if nobody waits any more."""
        waiting = _Waiting(work, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._go_on()
        return waiting.heard

    def _go_on(self) -> None:
        """Call the thread, unless it is called already and has not come yet.

        Raises:
            RuntimeError: the store is closed, or is being closed.
        """
        if self._is_called:
            return
        self._is_called = True
        try:
            self._thread.submit(self._make)
        except RuntimeError:
            self._is_called = False
            raise

    def _make(self) -> None:
        """Make what has come until now, and let the thread do other work in between."""
        self._is_called = False
        self._make_some()
        while self._waiting:
            try:
                self._go_on()
            except RuntimeError:
                self._make_some()
            else:
                return

    def _make_some(self) -> None:
        number = min(len(self._waiting), MOST)
        some = [self._waiting.popleft() for _ in range(number)]
        works = [one.work for one in some]
        if number > 1:
            _tell(some, self._outcomes(works))
        else:
            _tell(some, map(self._by_itself, works))

    def _outcomes(self, works: Sequence[PendingWork[Any]]) -> Iterable[_Outcome]:
        try:
            with clear_errors("database"), self._engine.begin() as connection:
                return [self._attempt(connection, work) for work in works]
        except UndoneByDatabase:
            # Nothing is left of any of them, so nobody has to suffer for another.
            return map(self._by_itself, works)
        except Exception as error:  # noqa: BLE001 - as if each had been alone
            return [_Outcome(error=error) for _ in works]

    def _by_itself(self, work: PendingWork[Any]) -> _Outcome:
        try:
            return _Outcome(self._alone(work))
        except BaseException as error:  # noqa: BLE001 - it is raised where it is awaited
            return _Outcome(error=error)

    def _attempt(self, connection: Connection, work: PendingWork[Any]) -> _Outcome:
        session = self._sessions(
            bind=connection, join_transaction_mode="create_savepoint"
        )
        try:
            with clear_errors("database"), session, session.begin():
                done = work(session)
                write_up(session)
        except Exception as error:
            if not _is_under_way(connection):
                raise UndoneByDatabase("A transaction was given up.") from error
            return _Outcome(error=error)
        return _Outcome(done)


def write_up(session: Session) -> None:
    """Write what every unit of work keeps for its end."""
    shown.write(session)
    # The rows that others wait for come last.
    write_tallies(session)


def _is_under_way(connection: Connection) -> bool:
    """Tell whether SQLite has a transaction open: some errors end it, others do not."""
    driver = connection.connection.dbapi_connection
    return driver is not None and bool(driver.in_transaction)


def _tell(some: Sequence[_Waiting], outcomes: Iterable[_Outcome]) -> None:
    """Tell each what became of their work, as soon as it is known."""
    for one, outcome in zip(some, outcomes, strict=True):
        # A loop that is closed has nobody left who waits.
        with suppress(RuntimeError):
            one.heard.get_loop().call_soon_threadsafe(one.tell, outcome)
