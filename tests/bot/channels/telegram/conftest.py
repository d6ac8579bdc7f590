from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.telegram.connection import connected
from bot.serving import backoff, reception, sender
from bot.simulator.account import TOKEN
from bot.simulator.server import running
from bot.simulator.world import World
from tests.bot.channels.telegram.office import Office
from tests.bot.storage.house import House
from tests.support.outside_authority import check_call


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let looks and tries follow each other at once."""
    monkeypatch.setattr(backoff, "LONGEST_PAUSE", 0.02)
    monkeypatch.setattr(reception, "LAST_TURNS", 0.1)
    monkeypatch.setattr(sender, "LOOK_EVERY", 0.02)


@pytest.fixture
def answer_within() -> float:
    """Seconds until Telegram's answer counts as lost; short where it is lost."""
    return 20.0


@pytest.fixture
async def office(tmp_path: Path, answer_within: float) -> AsyncIterator[Office]:
    """A program and its Telegram; each call is checked by an outside authority."""
    store = House(tmp_path / "var").furnish().open()
    world = World()
    async with (
        running(world) as simulator,
        connected(TOKEN, simulator.url, answer_within=answer_within) as bot,
    ):
        made = Office(world, store, bot)
        await made.right.take()
        yield made
    store.close()
    for call in world.journal:
        check_call(call.method, call.params)
