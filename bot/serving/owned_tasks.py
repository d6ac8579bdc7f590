"""Tasks that were begun, and are given time to end when the program does."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

T = TypeVar("T")


class OwnedTasks(Generic[T]):
    """Owns tasks: they go on while their owner is told to end, but not for ever."""

    def __init__(self) -> None:
        """Prepare; nothing can be begun outside `open`."""
        self._group = asyncio.TaskGroup()
        self._tasks: set[asyncio.Task[T]] = set()

    @asynccontextmanager
    async def open(self, seconds: float) -> AsyncIterator[None]:
        """Let tasks be begun; at the end they have some seconds, then they are cut."""
        async with self._group:
            try:
                yield
            finally:
                if self._tasks:
                    await asyncio.wait(self._tasks, timeout=seconds)
                for task in self._tasks:
                    task.cancel()

    def begin(self, work: Coroutine[None, None, T]) -> asyncio.Task[T]:
        """Begin a task."""
        task = self._group.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
