"""How fast a story goes on: by itself, slowly, or one step at a time."""

import asyncio
from contextlib import suppress
from typing import Final

from bot.simulator.changes import Changes

#: So many times longer is each pause of a story that is played slowly.
_SLOWER: Final = 3


class StoryPace:
    """Holds a performance back between two steps."""

    def __init__(self, changes: Changes) -> None:
        self.paused = False
        self.slow = False
        self._changes = changes
        #: Steps that may be taken although the story is paused.
        self._granted = 0

    def pause(self) -> None:
        """Stay where the story is, once the present step is done."""
        self.paused = True

    def go_on(self) -> None:
        """Go on by itself."""
        self.paused, self._granted = False, 0

    def step(self) -> None:
        """Take one step more, and pause."""
        self.paused = True
        self._granted += 1

    def slow_down(self) -> None:
        """Make longer pauses."""
        self.slow = True

    def speed_up(self) -> None:
        """Make pauses of the usual length again."""
        self.slow = False

    async def may_step(self) -> None:
        """Wait until the next step may be taken."""
        while self.paused and not self._granted:
            await self._changes.beyond(self._changes.version)
        self._granted = max(self._granted - 1, 0)

    async def rest(self, seconds: float) -> None:
        """Give onlookers time to read; a pause, which lasts longer, ends it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds * (_SLOWER if self.slow else 1)):
                while not self.paused:
                    await self._changes.beyond(self._changes.version)
