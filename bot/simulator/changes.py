"""Tells whoever waits that something in the world has changed."""

import asyncio


class Changes:
    """A counter that can be waited for; raised from synchronous code."""

    def __init__(self) -> None:
        self.version = 0
        self.closed = False
        self._waiting: set[asyncio.Future[None]] = set()

    def up(self) -> int:
        """Count one change, wake everybody, and return the new count."""
        self.version += 1
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)
        return self.version

    def close(self) -> None:
        """Wake everybody for the last time: the server stops."""
        self.closed = True
        self.up()

    async def beyond(self, version: int) -> None:
        """Wait until the count is higher than this one."""
        while self.version <= version:
            future = asyncio.get_running_loop().create_future()
            self._waiting.add(future)
            try:
                await future
            finally:
                self._waiting.discard(future)

    async def end(self) -> None:
        """Wait until the server stops."""
        while not self.closed:
            await self.beyond(self.version)
