"""Serves the simulator on 127.0.0.1: the Bot API, the controls and the page."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
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
from bot.simulator.story import Player, Story
from bot.simulator.world import World

#: Nothing outside this computer can reach the simulator.
HOST: Final = "127.0.0.1"
PAGE: Final = Path(__file__).parent / "page"


@dataclass(frozen=True, slots=True)
class Simulator:
    """A simulator that is being served."""

    world: World
    player: Player
    url: str


class _Server(uvicorn.Server):
    """Leaves signals such as Ctrl-C to the program that serves."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def running(
    world: World,
    *,
    port: int = 0,
    catalogue: Catalogue | None = None,
    story: Story | None = None,
) -> AsyncIterator[Simulator]:
    """Serve a world in this event loop; port 0 means any that is free.

    Raises:
        OSError: if the port is taken.
    """
    catalogue = catalogue or load()
    player = Player(world, catalogue, story)
    api = BotApi(world)
    app = _app(api, Controls(world, catalogue, player))
    line = socket.create_server((HOST, port))
    server = _Server(uvicorn.Config(app, lifespan="off", log_level="warning"))
    serving = asyncio.get_running_loop().create_task(server.serve(sockets=[line]))
    try:
        yield Simulator(world, player, f"http://{HOST}:{line.getsockname()[1]}")
    finally:
        await player.stop()
        await api.courier.close()
        world.changes.close()
        server.should_exit = True
        await serving
        line.close()


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
