"""A simulator that is served, and a bot at the other end of the line."""

import os
from collections.abc import AsyncIterator
from functools import partial

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from bot.catalogue import Catalogue, load
from bot.simulator.person import PhoneUser
from bot.simulator.server import Simulator, running
from bot.simulator.world import World
from tests.simulator.line import Line, StillClock
from tests.simulator.visitor import PATIENCE_MS, Visiting, visit

# As in the program: python-telegram-bot warns of durations in seconds.
os.environ.setdefault("PTB_TIMEDELTA", "1")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def world(clock: StillClock) -> World:
    made = World(clock)
    made.fresh_phones("da")
    return made


@pytest.fixture
async def simulator(world: World, catalogue: Catalogue) -> AsyncIterator[Simulator]:
    async with running(world, catalogue=catalogue) as served:
        yield served


@pytest.fixture
async def line(simulator: Simulator) -> AsyncIterator[Line]:
    """Speaks to the simulator as a bot does."""
    async with Line.to(simulator) as made:
        yield made


@pytest.fixture
def sofie(world: World) -> PhoneUser:
    """A victim who has opened the bot."""
    person = PhoneUser(world, "victim")
    person.open_link("LETTER")
    return person


@pytest.fixture
def jonas(world: World) -> PhoneUser:
    """An offender who has not opened the bot yet."""
    return PhoneUser(world, "offender")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    """One Chromium for all; a page knows nothing of the pages before it."""
    async with async_playwright() as playwright:
        program = "/usr/bin/chromium"
        browser = await playwright.chromium.launch(executable_path=program)
        expect.set_options(timeout=PATIENCE_MS)
        yield browser
        await browser.close()


@pytest.fixture
def visiting(chromium: Browser, world: World, catalogue: Catalogue) -> Visiting:
    return partial(visit, chromium, world, catalogue)
