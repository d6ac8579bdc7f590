"""A bot's end of the line, as bare as can be: HTTP and JSON."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import aiohttp

from bot.simulator.server import Simulator

Json: TypeAlias = dict[str, Any]


class StillClock:
    """A clock that moves only when it is told to."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self._now

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


class RefusedError(Exception):
    """What Telegram would have said no to."""

    def __init__(self, said: Json) -> None:
        super().__init__(said["description"])
        self.code = said["error_code"]
        self.description = said["description"]
        self.parameters = said.get("parameters")


class Line:
    """Calls methods by name and returns what comes back."""

    def __init__(self, session: aiohttp.ClientSession, simulator: Simulator) -> None:
        self.session = session
        self.url = simulator.url
        self.token = simulator.world.account.token
        self._offset = 0

    @classmethod
    @asynccontextmanager
    async def to(cls, simulator: Simulator) -> AsyncIterator["Line"]:
        async with aiohttp.ClientSession() as session:
            yield cls(session, simulator)

    async def call(self, method: str, **params: object) -> Any:  # noqa: ANN401 - JSON
        async with self.session.post(self.address(method), json=params) as answer:
            said = await answer.json()
        if not said["ok"]:
            raise RefusedError(said)
        return said["result"]

    def address(self, method: str) -> str:
        return f"{self.url}/bot{self.token}/{method}"

    async def says(self, to: int, text: str, *labels: str, **params: object) -> Json:
        """Send a text with one row of buttons that carry their own label."""
        if labels:
            params["reply_markup"] = keyboard(*labels)
        result: Json = await self.call("sendMessage", chat_id=to, text=text, **params)
        return result

    async def updates(self, **params: object) -> list[Json]:
        """Fetch what is new and confirm what was fetched before."""
        got: list[Json] = await self.call("getUpdates", offset=self._offset, **params)
        self._offset = max([self._offset, *(u["update_id"] + 1 for u in got)])
        return got

    async def sim(self, path: str, **body: object) -> Json:
        """Use the simulator's own controls."""
        async with self.session.post(f"{self.url}/sim/{path}", json=body) as answer:
            said: Json = await answer.json()
        return said

    async def look(self, path: str) -> Any:  # noqa: ANN401 - JSON
        async with self.session.get(f"{self.url}/sim/{path}") as answer:
            return await answer.json()


def keyboard(*labels: str) -> Json:
    return {"inline_keyboard": [[{"text": t, "callback_data": t} for t in labels]]}


Answers: TypeAlias = Callable[[Line, Json], Awaitable[None]]


async def serve(line: Line, answers: Answers) -> None:
    """Be a bot until cancelled: take each update and let `answers` deal with it."""
    while True:
        for update in await line.updates(timeout=20):
            await answers(line, update)
