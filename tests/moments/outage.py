"""PostgreSQL is stopped while people talk: everybody goes on where they were.

Here the program runs as an operator starts it, in processes of its own.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final, TypeAlias

from sqlalchemy import select

from bot.clock import Clock
from bot.settings import Settings
from bot.simulator.account import TOKEN
from bot.simulator.server import running
from bot.simulator.world import World
from bot.storage.tables import FailedTurn, Talk
from bot.wiring import desk
from tests.moments.crew import WORKERS
from tests.moments.report import Report
from tests.support.archive import reading
from tests.support.balancer import balancing
from tests.support.postgres import Server
from tests.support.program import Program, by_webhook, free_port, program
from tests.support.resident import Resident
from tests.support.town import OFFICES, Town
from tests.support.walks import reads_up_to_offer, shows_interest

#: Starts the program in a folder, with these settings.
Run: TypeAlias = Callable[
    [Path, str, dict[str, str]], AbstractAsyncContextManager[list[Program]]
]
#: Seconds for which people wait for an answer.
_PATIENCE: Final = 90
#: Seconds for which they talk before PostgreSQL is stopped.
_BEFORE: Final = 0.3


async def stopped(
    folder: Path, server: Server, run: Run, *, people: int, seconds: float
) -> Report:
    """Stop PostgreSQL in the middle of many talks, as when its machine fails."""
    report = Report(f"PostgreSQL away for {seconds:.0f} s", f"{people} people talking")
    main, keys = server.pair()
    settings = _settings(folder, server.url(main), server.url(keys))
    async with (
        _town(settings) as (town, telegram_api),
        run(folder, telegram_api, _spelt(settings)) as programs,
    ):
        await _talk(town, 1)
        async with asyncio.TaskGroup() as group:
            talking = group.create_task(_talk(town, people))
            await asyncio.sleep(_BEFORE)
            server.stop("immediate")
            try:
                await asyncio.sleep(seconds)
                report.expects("talks wait", 0, int(talking.done()))
            finally:
                server.start()
        await town.settles(_PATIENCE)
        _nothing_lost(town, report)
        ended = [p.process.returncode for p in programs]
        report.expects("programs that ended", [None] * len(programs), ended)
    return report


async def _talk(town: Town, people: int) -> None:
    """Let people go from the letter to their phone number, side by side."""
    first = len(town.residents)
    letters = [town.opens_case().victim for _ in range(people)]
    phones = [town.phone(f"victim {first + n}") for n in range(people)]
    async with asyncio.TaskGroup() as group:
        for phone, letter in zip(phones, letters, strict=True):
            group.create_task(_walk(phone, letter))


async def _walk(resident: Resident, token: str) -> None:
    await reads_up_to_offer(resident, token)
    await shows_interest(resident)
    await resident.gives("intake.ask_name", "Sofie")
    await resident.gives("intake.ask_phone", "20 16 38 47")
    await resident.asked("intake.ask_email")


def _nothing_lost(town: Town, report: Report) -> None:
    """Everybody has taken as many steps as whoever talked before, and told as much."""
    with town.archive.session() as session:
        steps = session.scalars(select(Talk.step)).all()
        failed = session.scalars(select(FailedTurn.error)).all()
    talks = len(town.residents)
    report.expects("steps of the talks", {steps[0]: talks}, Counter(steps))
    report.expects("failed turns", [], list(failed))
    told = [town.archive.answers(r.account) for r in town.residents]
    report.expects("answers that are kept", [told[0]] * talks, told)
    report.found["talks at their end"] = talks
    report.found["steps each"] = steps[0]
    report.found["updates, all taken in"] = len(town.archive.rows("seen_updates"))


@asynccontextmanager
async def _town(settings: Settings) -> AsyncIterator[tuple[Town, str]]:
    world = World()
    with desk(settings, Clock()) as opened, reading(opened) as archive:
        async with running(world) as simulator:
            town = Town(world, opened, archive, patience=_PATIENCE)
            yield town, simulator.url


def _settings(folder: Path, url: str, keys_url: str) -> Settings:
    contacts = folder / "contacts.toml"
    contacts.write_text(OFFICES, encoding="utf-8")
    return Settings(
        telegram_token=TOKEN,
        database_url=url,
        keys_url=keys_url,
        key_file=folder / "town.key",
        contacts=contacts,
    )


def _spelt(settings: Settings) -> dict[str, str]:
    """Write the settings as they stand in the environment."""
    return {
        "DATABASE_URL": settings.database_url,
        "KEYS_URL": settings.keys_url,
        "KEY_FILE": str(settings.key_file),
        "CONTACTS": str(settings.contacts),
        "CHAT_RATE": "0",
        "SEND_RATE": "0",
    }


@asynccontextmanager
async def _polling(
    folder: Path, telegram_api: str, settings: dict[str, str]
) -> AsyncIterator[list[Program]]:
    async with program(folder, telegram_api, **settings) as started:
        await started.is_ready()
        yield [started]


@asynccontextmanager
async def _by_webhook(
    folder: Path, telegram_api: str, settings: dict[str, str]
) -> AsyncIterator[list[Program]]:
    ports = [free_port() for _ in range(WORKERS)]
    async with balancing(ports) as balancer, AsyncExitStack() as stack:
        started = []
        for port in ports:
            own = by_webhook(port, balancer.url)
            one = program(folder, telegram_api, "--webhook", **settings, **own)
            started.append(await stack.enter_async_context(one))
        for each in started:
            await each.is_ready()
        yield started


RUNS: Final[dict[str, Run]] = {
    "polling": _polling,
    f"{WORKERS} webhook workers": _by_webhook,
}
