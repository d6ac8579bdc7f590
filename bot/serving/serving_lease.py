"""The lease on serving a database: held by one process, or by all webhook workers.

Where one process serves alone (whoever polls, and whatever runs on SQLite), it has the
lease for itself. Webhook workers have it together, which keeps only polling away.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final, TypeVar

from bot.clock import Clock
from bot.conversation.failing import failure_of
from bot.errors import AlreadyServed, StorageError
from bot.storage import Store, lease
from bot.storage.lease import SERVING, TERM, Held, LeaseOwner

#: Seconds between two renewals.
RENEW_EVERY = 3.0
#: Seconds between two looks at whether another holder is still alive.
LOOK_EVERY = 0.5
#: The id under which webhook workers hold the lease together.
_TOGETHER: Final = "webhook"

_log = logging.getLogger(__name__)
T = TypeVar("T")


class ServingLease:
    """Taken before the first call, kept by a task of its own, given back at the end.

    Whether we still have it is counted in time that passes, not by the clock: when it
    could not be renewed for a whole term, another process may have it.
    """

    def __init__(self, store: Store, clock: Clock, *, shared: bool = False) -> None:
        """Prepare; nothing is taken yet.

        Args:
            store: where the lease is noted.
            clock: tells until when.
            shared: whether all who share it have it together.
        """
        self._store = store
        self._clock = clock
        self._shared = shared
        self._me = lease.this_process()
        if shared:
            # No single process stands for all: only time tells that they are gone.
            self._me = LeaseOwner(_TOGETHER, f"{self._me.who} by webhook", None, 0)
        self._until = 0.0
        self._holds = asyncio.Event()
        self._limit: asyncio.Timeout | None = None

    async def take(self) -> None:
        """Take the lease; wait out the lease of a process that does not renew it.

        Raises:
            AlreadyServed: another process has it and renews it.
        """
        found = await self._renew()
        if not self._is_mine(found):
            _log.info("%s served a moment ago; looking whether it does.", found.by.who)
        while not self._is_mine(found):
            before = found
            await asyncio.sleep(LOOK_EVERY)
            found = await self._renew()
            if not self._is_mine(found) and found.until != before.until:
                raise AlreadyServed(_sentence(found))

    async def keep(self) -> None:
        """Renew the lease until cancelled, and take it again when it was lost."""
        while True:
            await asyncio.sleep(RENEW_EVERY)
            try:
                await self._renew()
            except StorageError:
                pass  # whoever needs the database says that it is away
            except Exception as error:  # noqa: BLE001 - the next try may succeed
                _log.critical(
                    "The serving lease is not renewed (%s).", failure_of(error)
                )

    async def while_held(self, call: Callable[[], Awaitable[T]]) -> T:
        """Make a call; drop it when the lease is lost, and make it anew with it."""
        while True:
            await self._holds.wait()
            try:
                async with asyncio.timeout_at(self._until) as self._limit:
                    return await call()
            except TimeoutError:
                self._holds.clear()
                _log.warning(
                    "The serving lease was lost (database away, or another process "
                    "has it); polling goes on when it is there again."
                )
            finally:
                self._limit = None

    def is_held(self) -> bool:
        """Tell whether we have the lease just now, as far as we know."""
        return asyncio.get_running_loop().time() < self._until

    async def let_go(self) -> None:
        """Give the lease back, so that the next process need not wait."""
        if self._shared:
            return  # the others need it; after the last one it runs out
        with suppress(StorageError):
            await self._store.run(lease.let_go, SERVING, self._me.id)

    def _is_mine(self, found: Held) -> bool:
        return found.by.id == self._me.id

    async def _renew(self) -> Held:
        began = asyncio.get_running_loop().time()
        now = self._clock.now()
        found = await self._store.run(lease.take, SERVING, self._me, now)
        is_ours = self._is_mine(found)
        self._until = began + TERM.total_seconds() if is_ours else began
        if is_ours:
            self._holds.set()
        if self._limit is not None and not self._limit.expired():
            self._limit.reschedule(self._until)
        return found


def _sentence(found: Held) -> str:
    who = found.by.who[:1].upper() + found.by.who[1:]
    return (
        f"{who} has served this database since {found.since:%Y-%m-%d %H:%M:%S} UTC, "
        "and only one may: stop that one first."
    )
