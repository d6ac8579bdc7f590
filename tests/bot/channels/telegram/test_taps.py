"""No button turns for long: each tap is answered once, in time, whatever happens."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.errors import StorageError
from bot.incoming import Incoming, Tap
from bot.serving import taps
from bot.serving.taps import Taps
from bot.storage.mail.messages import Button, Send
from tests.bot.channels.telegram.office import (
    Make,
    Office,
    Resident,
    at_work,
    no_sender,
)

LONGEST = 0.3


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taps, "LONGEST_TURNING", LONGEST)


def answers(office: Office) -> list[object]:
    """Tell with what words taps were answered; None is without words."""
    calls = office.world.journal.of("answerCallbackQuery")
    return [call.params.get("text") for call in calls]


@asynccontextmanager
async def tapped(office: Office, make: Make) -> AsyncIterator[Resident]:
    """Let somebody tap a button while turns are made in the given way."""
    mother = office.resident("mother")
    office.queues(mother, Send("Vil du?", ((Button("Ja", "yes"),),)))
    async with at_work(office.sender().run):
        await mother.person.finds("Ja")
    async with office.polling(make):
        mother.person.taps("Ja")
        yield mother


def making(seconds: float, *, away: bool = False) -> Make:
    async def make(incoming: Incoming) -> str | None:
        if isinstance(incoming.content, Tap):
            await asyncio.sleep(seconds)
            if away:
                raise StorageError("The database cannot be used just now.")
        return "Tak"

    return make


async def test_a_tap_is_answered_as_soon_as_its_turn_is_made(office: Office) -> None:
    async with tapped(office, making(0)) as mother:
        await mother.person.notices("Tak")
    assert answers(office) == ["Tak"]


@pytest.mark.parametrize("away", [False, True], ids=["slow", "database away"])
async def test_a_turn_that_takes_long_leaves_no_button_turning(
    office: Office, *, away: bool
) -> None:
    """What it has to say afterwards comes too late, and is not tried."""
    begun = time.monotonic()
    async with tapped(office, making(2 * LONGEST, away=away)):
        await office.until(lambda: answers(office))
        assert time.monotonic() - begun >= LONGEST
        await asyncio.sleep(2 * LONGEST)
    assert answers(office) == [None]


async def test_who_waits_behind_an_own_slow_turn_is_answered_too(
    office: Office,
) -> None:
    async def make(incoming: Incoming) -> str | None:
        if not isinstance(incoming.content, Tap):
            await asyncio.sleep(2 * LONGEST)
        return "Tak"

    async with tapped(office, make):
        await office.until(lambda: answers(office))
    assert answers(office) == [None]


async def test_a_tap_that_comes_twice_is_answered_once(office: Office) -> None:
    """As when the first worker could not take it, or its answer got lost."""
    answered = Taps(office.channel, no_sender)
    async with answered.open():
        for _ in range(2):
            answered.arrived("0", "mother")
            answered.answer("0", "Tak")
            await office.until(lambda: answers(office))
    assert answers(office) == ["Tak"]


async def test_what_telegram_refuses_does_no_harm(office: Office) -> None:
    answered = Taps(office.channel, no_sender)
    async with answered.open():
        answered.arrived("0", "mother")
        answered.answer("0", "Ukendt")
        answered.answer("1", "Aldrig tappet")
    assert answers(office) == ["Ukendt"]


async def test_at_the_end_every_button_stops_turning(office: Office) -> None:
    answered = Taps(office.channel, no_sender)
    begun = time.monotonic()
    async with answered.open():
        answered.arrived("0", "mother")
    assert time.monotonic() - begun < LONGEST
    assert answers(office) == [None]
