"""How long to wait for the program: no longer than it has anything left to do."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.simulator.updates import BY_DEFAULT
from bot.simulator.world import World
from tests.support.archive import Archive

#: Seconds between two looks whether everything is at rest; few waits are as long.
LOOK_EVERY: Final = 0.25
#: Seen at rest so many times in a row, nothing comes any more that nobody asks for.
LOOKS: Final = 7


@dataclass(frozen=True)
class Rest:
    """The rest of a town: nothing waits for the program, and nothing is on its way."""

    world: World
    archive: Archive
    #: The program's own.
    clock: Clock

    @asynccontextmanager
    async def limit(self, seconds: float) -> AsyncIterator[None]:
        """Give a wait so many seconds, and no more once everything is at rest.

        Raises:
            TimeoutError: the time is over; its text says so when nothing will come.
        """
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(seconds) as ends:
                # Kept here and ended below.
                looking = loop.create_task(self._ends(ends))
                try:
                    yield
                finally:
                    looking.cancel()
        except TimeoutError:
            if looking.cancelled() or not looking.done():
                raise
            looking.result()
            raise TimeoutError("everything is at rest: it will not come") from None

    def is_reached(self) -> bool:
        """Tell whether the program is there, and nothing is on its way or due."""
        updates = self.world.updates
        if updates.allowed is BY_DEFAULT or not updates.all_taken():
            return False
        if not self.world.queries.all_answered():
            return False
        try:
            is_due = self.archive.is_batch_due(self.clock.now())
            return not is_due and not self.archive.on_their_way()
        except SQLAlchemyError:
            return False  # a database that is away does not tell

    async def _ends(self, limit: asyncio.Timeout) -> None:
        """End a wait when everything has been at rest for a moment."""
        looks = 0
        while looks < LOOKS:
            await asyncio.sleep(LOOK_EVERY)
            looks = looks + 1 if self.is_reached() else 0
        limit.reschedule(asyncio.get_running_loop().time())
