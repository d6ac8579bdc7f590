"""Stands before several webhook workers, as a load balancer does."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web

from bot.simulator.server import HOST


@dataclass
class Balancer:
    """Gives each worker its turn; who does not answer is passed over."""

    ports: Sequence[int]
    url: str = ""
    #: How many updates each worker has answered.
    answered: dict[int, int] = field(default_factory=dict)
    _turn: int = 0

    async def pass_on(
        self, session: aiohttp.ClientSession, request: web.Request
    ) -> web.Response:
        body = await request.read()
        first, self._turn = self._turn, self._turn + 1
        for step in range(len(self.ports)):
            port = self.ports[(first + step) % len(self.ports)]
            try:
                async with session.post(
                    f"http://{HOST}:{port}{request.path}",
                    data=body,
                    headers=request.headers,
                ) as answer:
                    await answer.read()
            except aiohttp.ClientError:
                continue
            self.answered[port] = self.answered.get(port, 0) + 1
            return web.Response(status=answer.status)
        return web.Response(status=502)


@asynccontextmanager
async def balancing(ports: Sequence[int]) -> AsyncIterator[Balancer]:
    """Stand before workers that listen on these ports, or will."""
    made = Balancer(ports)
    async with aiohttp.ClientSession() as session:

        async def pass_on(request: web.Request) -> web.Response:
            return await made.pass_on(session, request)

        app = web.Application()
        app.router.add_post("/updates", pass_on)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, HOST, 0).start()
        made.url = f"http://{HOST}:{runner.addresses[0][1]}/updates"
        try:
            yield made
        finally:
            await runner.cleanup()
