"""A small listener for monitoring, on this computer only.

/healthz tells that the process is alive, /readyz whether it serves people, or why not,
and /metrics the figures.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

import uvicorn
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.clock import Clock
from bot.errors import SettingsError, StorageError
from bot.figures import Figures
from bot.health.metrics import text
from bot.storage import Store
from bot.storage.measures import Measures, measure

HOST: Final = "127.0.0.1"
#: Telegram answers at least every 25 seconds, be it that there is nothing new.
LONGEST_SILENCE: Final = 60.0
#: A turn that takes longer, in seconds, keeps others waiting and does not end well.
LONGEST_TURN: Final = 12.0
#: Seconds within which the database has to answer.
PATIENCE: Final = 5.0
#: Seconds that an answer under way is given when the program ends.
_LAST_WORDS: Final = 1


@dataclass(frozen=True, slots=True)
class Health:
    """Answers monitoring from the figures and the database."""

    figures: Figures
    store: Store
    clock: Clock
    #: Whether this process has the right to serve the database.
    may_serve: Callable[[], bool]

    async def alive(self, _request: Request) -> Response:
        """Tell that the process answers."""
        return PlainTextResponse("Alive.\n")

    async def ready(self, _request: Request) -> Response:
        """Tell whether people are being served; 503 with a sentence if not."""
        trouble = self._of_updates()
        if trouble is None:
            found = await self._measures()
            trouble = found if isinstance(found, str) else None
        if trouble is None:
            return PlainTextResponse("Ready.\n")
        return PlainTextResponse(f"{trouble}\n", 503)

    async def metrics(self, _request: Request) -> Response:
        """Tell the figures; 503 with a sentence while the database is away."""
        found = await self._measures()
        if isinstance(found, str):
            return PlainTextResponse(f"{found}\n", 503)
        told = text(self.figures, found, self.clock.now())
        return Response(told, media_type=CONTENT_TYPE_PLAIN_0_0_4)

    def _of_updates(self) -> str | None:
        """Tell why no update leads to a turn, if that is so."""
        if not self.may_serve():
            return "The right to serve is lost; waiting until it is there again."
        if self.figures.held_up is not None:
            return self.figures.held_up
        longest = self.figures.turns.longest()
        if longest > LONGEST_TURN:
            return f"A turn has been under way for {longest:.0f} seconds."
        silence = self.figures.silence()
        if silence is not None and silence > LONGEST_SILENCE:
            return f"Telegram has not answered for {silence:.0f} seconds."
        return None

    async def _measures(self) -> Measures | str:
        """Measure, or tell in a sentence why that cannot be done."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self.store.read(measure)
        except TimeoutError:
            return "The database does not answer."
        except StorageError as error:
            return str(error)


@asynccontextmanager
async def listening(port: int, health: Health) -> AsyncIterator[None]:
    """Answer monitoring on a port of this computer; port 0 answers nobody.

    Raises:
        SettingsError: the port is taken.
    """
    try:
        line = socket.create_server((HOST, port))
    except OSError as error:
        raise SettingsError(
            f"KONFLIKTRAAD_HEALTH_PORT is wrong: port {port} of this computer cannot "
            f"be had ({error.strerror})."
        ) from error
    server = await _serve(_app(health), line)
    try:
        yield
    finally:
        await server.shutdown(sockets=[line])


async def _serve(app: Starlette, line: socket.socket) -> uvicorn.Server:
    """Start answering; the program round us keeps signals, event loop and log."""
    config = uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=_LAST_WORDS,
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[line])
    return server


def _app(health: Health) -> Starlette:
    return Starlette(
        routes=[
            Route("/healthz", health.alive),
            Route("/readyz", health.ready),
            Route("/metrics", health.metrics),
        ]
    )
