"""A talk that does not go as it should is red at once; one that takes long is not."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from bot.conversation.turn import turn
from bot.simulator.faults import Fault, FaultKind
from bot.simulator.person import NotSeenError
from tests.support.resident import Resident
from tests.support.rest import LOOK_EVERY, LOOKS
from tests.support.town import Town

#: Seconds within which a wrong expectation is known to be wrong.
SOON = 3
#: Longer than everything has to be at rest before nothing is waited for any more.
LONG = LOOKS * LOOK_EVERY + 1


async def test_a_message_that_will_not_come_is_missed_soon(town: Town) -> None:
    sofie = at_the_door(town)
    with soon(), pytest.raises(NotSeenError) as missed:
        await sofie.hears("card.title")
    told = str(missed.value)
    assert told.startswith("victim waits for “")
    assert "everything is at rest: it will not come" in told
    assert sofie.heard()[-1].text in told


async def test_so_is_a_button_that_will_not_come(town: Town) -> None:
    sofie = at_the_door(town)
    with soon(), pytest.raises(NotSeenError, match="the button “Tag sagen”"):
        await sofie.person.finds("Tag sagen")


async def test_so_is_a_question_that_has_lost_its_buttons(town: Town) -> None:
    sofie = at_the_door(town)
    await sofie.answers("arrival.ask_language", "da")
    await town.settles()
    sofie.person._since = 0  # noqa: SLF001 - as if they had not just answered it
    with soon(), pytest.raises(NotSeenError, match="with buttons: everything is"):
        await sofie.asked("arrival.ask_language")


async def test_so_is_what_will_not_stand_in_the_database(town: Town) -> None:
    at_the_door(town)
    with soon(), pytest.raises(TimeoutError, match="at rest"):
        await town.until(lambda: town.archive.batch_day() == "2027-01-01")


async def test_what_a_long_turn_says_is_waited_for(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*args: Any, **kwargs: Any) -> str | None:  # noqa: ANN401 - as it is
        time.sleep(LONG)
        return turn(*args, **kwargs)

    monkeypatch.setattr("bot.serving.turns.turn", slow)
    with later_than_rest():
        await at_the_door(town).asked("arrival.ask_language")


@pytest.mark.parametrize(
    "fault",
    [
        Fault(FaultKind.TOO_MANY, count=1, method="sendMessage", retry_after=2),
        Fault(FaultKind.LATE_PERSON, count=1, seconds=LONG),
    ],
    ids=lambda fault: fault.kind,
)
async def test_what_telegram_holds_up_is_waited_for(
    town: Town, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As late as it can be: by the dice it is mostly earlier.
    monkeypatch.setattr(town.world.faults.dice, "uniform", lambda _low, high: high)
    town.plays(fault)
    with later_than_rest():
        await at_the_door(town).asked("arrival.ask_language")


async def test_what_waits_for_a_program_that_is_away_is_waited_for(town: Town) -> None:
    async with asyncio.TaskGroup() as group:
        with town.hears_nothing():
            asked = group.create_task(at_the_door(town).asked("arrival.ask_language"))
            await asyncio.sleep(LONG)
            assert not asked.done()
    assert asked.result().buttons


def at_the_door(town: Town) -> Resident:
    sofie = town.phone("victim")
    sofie.opens()
    return sofie


@contextmanager
def later_than_rest() -> Iterator[None]:
    """See that what was waited for came when a town at rest is given up already."""
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun > LOOKS * LOOK_EVERY


@contextmanager
def soon() -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < SOON
