"""A small listener for monitoring, on this computer only.

/healthz tells that the process is alive, /readyz whether it serves people, or why not,
and /metrics the figures.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot import listening as port_of
from bot.clock import Clock
from bot.health.metrics import text
from bot.health.readiness import Readiness
from bot.webhook_settings import HERE

#: Seconds that an answer under way is given when the program ends.
_LAST_WORDS: Final = 1


@dataclass(frozen=True, slots=True)
class Health:
    """Answers monitoring from the figures and the database."""

    readiness: Readiness
    clock: Clock

    async def alive(self, _request: Request) -> Response:
        """Tell that the process answers."""
        return PlainTextResponse("Alive.\n")

    async def metrics(self, _request: Request) -> Response:
        """Tell the figures; 503 with a sentence while the database is away."""
        found = await self.readiness.measures()
        if isinstance(found, str):
            return PlainTextResponse(f"{found}\n", 503)
        told = text(self.readiness.figures, found, self.clock.now())
        return Response(told, media_type=CONTENT_TYPE_PLAIN_0_0_4)


@asynccontextmanager
async def monitored(port: int, health: Health) -> AsyncIterator[None]:
    """Answer monitoring on a port of this computer; port 0 means any that is free.

    Raises:
        SettingsError: the port is taken.
    """
    async with port_of.listening(
        _app(health),
        HERE,
        port,
        setting="KONFLIKTRAAD_HEALTH_PORT",
        last_words=_LAST_WORDS,
    ):
        yield


def _app(health: Health) -> Starlette:
    return Starlette(
        routes=[
            Route("/healthz", health.alive),
            Route("/readyz", health.readiness.tell),
            Route("/metrics", health.metrics),
        ]
    )
