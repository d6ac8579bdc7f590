from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.simulator.server import Simulator, running
from bot.simulator.world import World
from tests.bot.storage.house import House


@pytest.fixture
async def phones() -> AsyncIterator[Simulator]:
    async with running(World()) as simulator:
        yield simulator


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder of a program whose database has its tables."""
    House(tmp_path / "var").furnish()
    return tmp_path
