"""A simulator that is served, and a bot at the other end of the line."""

import os
from collections.abc import AsyncIterator

import pytest

from bot.catalogue import Catalogue, load
from bot.simulator.person import Person
from bot.simulator.server import Simulator, running
from bot.simulator.world import World
from tests.simulator.line import Line, StillClock

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
def sofie(world: World) -> Person:
    """A victim who has opened the bot."""
    person = Person(world, "victim")
    person.open_link("LETTER")
    return person


@pytest.fixture
def jonas(world: World) -> Person:
    """An offender who has not opened the bot yet."""
    return Person(world, "offender")
