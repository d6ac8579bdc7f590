"""Serves the simulator on 127.0.0.1: the Bot API, the controls and the page."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.catalogue import Catalogue, load
from bot.simulator.actions import CannotDoError
from bot.simulator.api import BotApi
from bot.simulator.control import Controls, refused
from bot.simulator.person import NotSeenError
from bot.simulator.player import Player
from bot.simulator.story import Story
from bot.simulator.world import World

#: Nothing outside this computer can reach the simulator.
HOST: Final = "127.0.0.1"
#: How long a call may go on when the simulator stops, in seconds.
_LAST_WORDS: Final = 2
PAGE: Final = Path(__file__).parent / "page"


@dataclass(frozen=True, slots=True)
class Simulator:
    """A simulator that is being served."""

    world: World
    player: Player
    url: str


@asynccontextmanager
async def running(
    world: World,
    *,
    port: int = 0,
    catalogue: Catalogue | None = None,
    stories: Mapping[str, Story] | None = None,
) -> AsyncIterator[Simulator]:
    """Serve a world in this event loop; port 0 means any that is free.

    Raises:
        OSError: if the port is taken.
    """
    catalogue = catalogue or load()
    player = Player(world, catalogue, stories or {})
    api = BotApi(world)
    app = _app(api, Controls(world, catalogue, player))
    line = socket.create_server((HOST, port))
    # An answer goes out at once; otherwise each waits some 40 ms for the caller's ack.
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    server = await _serve(app, line)
    try:
        yield Simulator(world, player, f"http://{HOST}:{line.getsockname()[1]}")
    finally:
        await player.stop()
        await api.courier.close()
        # Ends the calls that wait, so that the server need not wait for them.
        world.changes.close()
        await _stop(server, line)


async def _serve(app: Starlette, line: socket.socket) -> uvicorn.Server:
    """Start answering; the program round us keeps the signals and the event loop."""
    config = uvicorn.Config(app, lifespan="off", log_level="warning")
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[line])
    return server


async def _stop(server: uvicorn.Server, line: socket.socket) -> None:
    """Stop answering, at once: uvicorn's own way sleeps a tenth of a second first."""
    for listening in server.servers:
        listening.close()
    line.close()
    for connection in list(server.server_state.connections):
        connection.shutdown()
    if answering := set(server.server_state.tasks):
        _, late = await asyncio.wait(answering, timeout=_LAST_WORDS)
        for task in late:
            task.cancel()
    # What was closed is let go of in the loop's next round.
    await asyncio.sleep(0)


def _app(api: BotApi, controls: Controls) -> Starlette:
    return Starlette(
        routes=[
            *api.routes(),
            *controls.routes(),
            Route("/", _page),
            Mount("/page", StaticFiles(directory=PAGE)),
        ],
        exception_handlers={CannotDoError: refused, NotSeenError: refused},
    )


async def _page(_request: Request) -> Response:
    return FileResponse(PAGE / "index.html")
