"""Brings updates to webhook workers, as a load balancer in front of them would."""

import asyncio
import time
from collections import deque
from itertools import cycle
from typing import Final
from urllib.parse import urlsplit

from tests.lab.bench.line import Line
from tests.lab.bench.telegram.account import Account, Waiting

#: Telegram opens so many connections unless a bot asks for another number.
_CONNECTIONS: Final = 40
_PAUSE: Final = 0.5


class Courier:
    """Delivers each update until a worker says 200; one chat's taps in order."""

    def __init__(self, account: Account, ports: list[int]) -> None:
        self._account = account
        self._ports = cycle(ports)
        self._lines: dict[int, deque[Line]] = {port: deque() for port in ports}
        self._queues: dict[tuple[int, bool], deque[Waiting]] = {}

    async def run(self) -> None:
        """Deliver until cancelled."""
        while self._account.hook is None:  # noqa: ASYNC110 - the bot sets it by a call
            await asyncio.sleep(0.02)
        most = int(self._account.hook.get("max_connections", _CONNECTIONS))
        room = asyncio.Semaphore(most)
        async with asyncio.TaskGroup() as group:
            while True:
                while self._account.queue:
                    self._sort(self._account.queue.popleft(), group, room)
                self._account.more.clear()
                await self._account.more.wait()

    def _sort(
        self, update: Waiting, group: asyncio.TaskGroup, room: asyncio.Semaphore
    ) -> None:
        """Put an update last in its queue: taps and texts have one each."""
        key = update.chat, update.is_tap
        queue = self._queues.setdefault(key, deque())
        queue.append(update)
        if len(queue) == 1:
            group.create_task(self._empty(key, room))

    async def _empty(self, key: tuple[int, bool], room: asyncio.Semaphore) -> None:
        queue = self._queues[key]
        while queue:
            async with room:
                if await self._bring(queue[0]):
                    queue.popleft()
                    continue
            await asyncio.sleep(_PAUSE)
        del self._queues[key]

    async def _bring(self, update: Waiting) -> bool:
        """Give an update to the next worker; False when it did not take it."""
        if update.turn is not None and update.turn.served is None:
            update.turn.served = time.monotonic()
        hook = self._account.hook or {}
        path = urlsplit(hook["url"]).path or "/"
        secret = hook.get("secret_token", "")
        port = next(self._ports)
        free = self._lines[port]
        line = free.popleft() if free else Line(port)
        header = f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\n"
        try:
            status, _ = await line.post(path, update.text, "application/json", header)
        except (OSError, EOFError):
            line.close()
            return False
        free.append(line)
        return status == 200
