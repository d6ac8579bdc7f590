"""The program as an operator starts it: one that polls, or four webhook workers."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from bot.clock import Clock
from bot.settings import Settings
from bot.simulator.server import running
from bot.simulator.world import World
from bot.wiring import desk
from tests.lab.moments.crew import WORKERS
from tests.support.archive import reading
from tests.support.balancer import balancing
from tests.support.ports import free_port
from tests.support.postgres import Server
from tests.support.program import Program, by_webhook, program
from tests.support.town import Town, town_settings

#: Seconds for which people wait for an answer.
PATIENCE: Final = 90
BY_WEBHOOK: Final = f"{WORKERS} webhook workers"


@dataclass(frozen=True)
class Running:
    """Programs that run, and where updates are brought to them."""

    programs: list[Program]
    url: str = ""


#: Starts the program in a folder, with a Telegram and these settings.
Run: TypeAlias = Callable[
    [Path, str, dict[str, str]], AbstractAsyncContextManager[Running]
]


@asynccontextmanager
async def served(
    folder: Path, server: Server, run: Run
) -> AsyncIterator[tuple[Town, Running]]:
    """Let a town be served from an empty database of PostgreSQL."""
    main, keys = server.pair()
    settings = town_settings(folder, server.url(main), server.url(keys))
    async with (
        _town(settings) as (town, telegram_api),
        run(folder, telegram_api, _spelt(settings)) as programs,
    ):
        yield town, programs


@asynccontextmanager
async def _town(settings: Settings) -> AsyncIterator[tuple[Town, str]]:
    world = World()
    with desk(settings, Clock()) as opened, reading(opened) as archive:
        async with running(world) as simulator:
            town = Town(world, opened, archive, patience=PATIENCE)
            yield town, simulator.url


def _spelt(settings: Settings) -> dict[str, str]:
    """Write the settings as they stand in the environment."""
    return {
        "DATABASE_URL": settings.database_url,
        "KEYS_URL": settings.keys_url,
        "KEY_FILE": str(settings.key_file),
        "CONTACTS": str(settings.contacts),
        "CHAT_RATE": str(settings.chat_rate),
        "SEND_RATE": str(settings.send_rate),
    }


@asynccontextmanager
async def _polling(
    folder: Path, telegram_api: str, settings: dict[str, str]
) -> AsyncIterator[Running]:
    async with program(folder, telegram_api, **settings) as started:
        await started.is_ready()
        yield Running([started])


@asynccontextmanager
async def _by_webhook(
    folder: Path, telegram_api: str, settings: dict[str, str]
) -> AsyncIterator[Running]:
    ports = [free_port() for _ in range(WORKERS)]
    async with balancing(ports) as balancer, AsyncExitStack() as stack:
        started = []
        for port in ports:
            own = by_webhook(port, balancer.url)
            one = program(folder, telegram_api, "--webhook", **settings, **own)
            started.append(await stack.enter_async_context(one))
        for each in started:
            await each.is_ready()
        yield Running(started, balancer.url)


RUNS: Final[dict[str, Run]] = {
    "polling": _polling,
    BY_WEBHOOK: _by_webhook,
}
