"""The right to poll: held by one process of a database, and kept while it lives."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final, TypeVar

from bot.clock import Clock
from bot.errors import AlreadyServed, StorageError
from bot.storage import Store, lease
from bot.storage.lease import TERM, Held

#: Seconds between two renewals.
RENEW_EVERY = 3.0
#: Seconds between two looks at whether another holder is still alive.
LOOK_EVERY = 0.5
_POLLING: Final = "polling"

_log = logging.getLogger(__name__)
T = TypeVar("T")


class RightToPoll:
    """Taken before the first call, kept by a task of its own, given back at the end.

    Whether we still have it is counted in time that passes, not by the clock: when it
    could not be renewed for a whole term, another process may have it.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        """Prepare; nothing is taken yet."""
        self._store = store
        self._clock = clock
        self._me = lease.this_process()
        self._until = 0.0
        self._holds = asyncio.Event()
        self._limit: asyncio.Timeout | None = None

    async def take(self) -> None:
        """Take the right; wait out the lease of a process that does not renew it.

        Raises:
            AlreadyServed: another process has it and renews it.
        """
        found = await self._renew()
        if found.by != self._me:
            _log.info("%s polled a moment ago; looking whether it does.", found.by.who)
        while found.by != self._me:
            before = found
            await asyncio.sleep(LOOK_EVERY)
            found = await self._renew()
            if found.by != self._me and found.until != before.until:
                raise AlreadyServed(_sentence(found))

    async def keep(self) -> None:
        """Renew the right until cancelled, and take it again when it was lost."""
        while True:
            await asyncio.sleep(RENEW_EVERY)
            # Whoever needs the database says that it is away.
            with suppress(StorageError):
                await self._renew()

    async def while_held(self, call: Callable[[], Awaitable[T]]) -> T:
        """Make a call; drop it when the right is lost, and make it anew with it."""
        while True:
            await self._holds.wait()
            try:
                async with asyncio.timeout_at(self._until) as self._limit:
                    return await call()
            except TimeoutError:
                self._holds.clear()
                _log.warning(
                    "The right to poll was lost (database away, or another process "
                    "has it); polling goes on when it is there again."
                )
            finally:
                self._limit = None

    def is_held(self) -> bool:
        """Tell whether we have the right just now, as far as we know."""
        return self._holds.is_set()

    async def let_go(self) -> None:
        """Give the right back, so that the next process need not wait."""
        with suppress(StorageError):
            await self._store.run(lease.let_go, _POLLING, self._me.id)

    async def _renew(self) -> Held:
        began = asyncio.get_running_loop().time()
        now = self._clock.now()
        found = await self._store.run(lease.take, _POLLING, self._me, now)
        is_ours = found.by == self._me
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
