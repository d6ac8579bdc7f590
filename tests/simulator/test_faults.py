"""What goes wrong between a bot and Telegram can be made to go wrong here."""

import asyncio

import aiohttp
import pytest

from bot.simulator.faults import Fault, FaultKind, Faults
from bot.simulator.person import PhoneUser
from bot.simulator.world import World
from tests.simulator.line import Json, Line, RefusedError


async def test_wait_is_asked_for_as_often_as_was_wished(
    line: Line, sofie: PhoneUser
) -> None:
    await line.sim("faults", kind="too_many", count=2, retry_after=7)
    for _ in range(2):
        with pytest.raises(RefusedError) as refusal:
            await line.says(sofie.phone.user_id, "Hej")
        assert refusal.value.code == 429
        assert refusal.value.description == "Too Many Requests: retry after 7"
        assert refusal.value.parameters == {"retry_after": 7}
    await line.says(sofie.phone.user_id, "Hej")
    assert sofie.last().text == "Hej"


async def test_a_fault_lasts_until_it_is_switched_off(
    line: Line, sofie: PhoneUser
) -> None:
    await line.sim("faults", kind="server_error", status=500)
    for _ in range(3):
        with pytest.raises(RefusedError, match="Internal Server Error"):
            await line.says(sofie.phone.user_id, "Hej")
    await line.updates()
    await line.sim("faults", kind="server_error", off=True)
    await line.says(sofie.phone.user_id, "Hej")


async def test_a_fault_can_be_for_one_phone_and_one_method(
    world: World, line: Line, sofie: PhoneUser, jonas: PhoneUser
) -> None:
    jonas.open_link()
    fault = Fault(FaultKind.DEACTIVATED, method="sendMessage", phone="offender")
    world.faults.switch_on(fault)
    await line.says(sofie.phone.user_id, "Hej")
    with pytest.raises(RefusedError, match="Forbidden: user is deactivated"):
        await line.says(jonas.phone.user_id, "Hej")


async def test_a_lost_answer_has_been_acted_on(line: Line, sofie: PhoneUser) -> None:
    """A time-out does not mean that nothing was sent."""
    await line.sim("faults", kind="lost_answer", count=1)
    await _hangs(line, sofie.phone.user_id, "Hej")
    assert sofie.last().text == "Hej"


async def test_a_lost_request_has_not(line: Line, sofie: PhoneUser) -> None:
    await line.sim("faults", kind="lost_request", count=1)
    await _hangs(line, sofie.phone.user_id, "Hej")
    await line.says(sofie.phone.user_id, "Hej igen")
    assert [b.text for b in sofie.reads()][1:] == ["Hej igen"]


async def test_a_tap_can_be_too_old_at_once(line: Line, sofie: PhoneUser) -> None:
    await line.says(sofie.phone.user_id, "Vil du?", "Ja")
    sofie.taps("Ja")
    query = (await line.updates())[-1]["callback_query"]["id"]
    await line.sim("faults", kind="stale_query", count=1)
    with pytest.raises(RefusedError, match="query is too old"):
        await line.call("answerCallbackQuery", callback_query_id=query)


async def test_the_same_update_comes_twice(line: Line, sofie: PhoneUser) -> None:
    await line.updates()
    await line.sim("faults", kind="duplicate", count=1)
    first = await line.updates()
    assert [u["message"]["text"] for u in first] == ["/start LETTER"]
    sofie.says("Hej")
    again = await line.updates()
    assert [u["message"]["text"] for u in again] == ["Hej"]


async def test_a_tap_is_sent_again_under_a_new_id(line: Line, sofie: PhoneUser) -> None:
    await line.says(sofie.phone.user_id, "Vil du?", "Ja")
    await line.sim("faults", kind="resent_tap", count=1)
    sofie.taps("Ja")
    one, two = (await line.updates())[-2:]
    assert one["callback_query"]["data"] == two["callback_query"]["data"]
    assert one["callback_query"]["id"] != two["callback_query"]["id"]
    assert one["update_id"] + 1 == two["update_id"]


async def test_a_later_update_overtakes(line: Line, sofie: PhoneUser) -> None:
    """A lone update is kept back for a moment, so that there is one to overtake it."""
    await line.updates()
    await line.updates()
    await line.sim("faults", kind="reorder", count=1)
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(line.updates(timeout=20))
        sofie.says("et")
        sofie.says("to")
    texts = [update["message"]["text"] for update in waiting.result()]
    assert texts == ["to", "et"]


async def test_a_person_who_is_late_is_overtaken_but_stays_in_order(
    line: Line, world: World, sofie: PhoneUser, jonas: PhoneUser
) -> None:
    await line.says(sofie.phone.user_id, "Vil du?", "Ja")
    await line.updates()
    await line.updates()
    late = Fault(FaultKind.LATE_PERSON, count=1, seconds=2)
    world.faults.switch_on(late)
    sofie.taps("Ja")
    sofie.says("et")
    sofie.says("to")
    jonas.open_link()
    assert [_kind(u) for u in await line.updates(timeout=5)] == ["message"]
    assert not world.updates.all_taken()
    later = await _until(line, 3)
    assert [_kind(u) for u in later] == ["callback_query", "message", "message"]
    assert [u["message"]["text"] for u in later[1:]] == ["et", "to"]
    await line.updates()
    assert world.updates.all_taken()


async def test_a_late_tap_is_overtaken_by_a_text_of_the_same_person(
    line: Line, world: World, sofie: PhoneUser
) -> None:
    await line.says(sofie.phone.user_id, "Vil du?", "Ja")
    await line.updates()
    await line.updates()
    world.faults.switch_on(Fault(FaultKind.LATE_QUEUE, count=1, seconds=2))
    sofie.taps("Ja")
    world.faults.switch_on(Fault(FaultKind.LATE_QUEUE, count=1, seconds=0))
    sofie.says("et")
    both = await _until(line, 2)
    assert [_kind(u) for u in both] == ["message", "callback_query"]


async def test_a_fault_by_chance_comes_now_and_then_and_again_with_its_seed(
    line: Line, sofie: PhoneUser
) -> None:
    def rolled(seed: int) -> list[bool]:
        faults = Faults(seed)
        faults.switch_on(Fault(FaultKind.TOO_MANY, chance=0.3))
        return [faults.take(FaultKind.TOO_MANY) is not None for _ in range(100)]

    assert rolled(7) == rolled(7)
    assert rolled(7) != rolled(8)
    assert 15 < sum(rolled(7)) < 45
    await line.sim("faults", kind="too_many", chance=0)
    await line.says(sofie.phone.user_id, "Hej")


async def test_what_is_said_while_the_bot_is_away_waits_for_it(
    line: Line, world: World, sofie: PhoneUser
) -> None:
    """In its order, under the numbers that it got when it was said."""
    await line.updates()
    world.faults.switch_on(Fault(FaultKind.HELD))
    sofie.says("Ja")
    sofie.says("ja")
    assert await line.updates() == []
    assert not world.updates.all_taken()
    await line.sim("faults", kind="held", off=True)
    came = [u["message"] for u in await line.updates(timeout=5)]
    assert [message["text"] for message in came] == ["Ja", "ja"]
    assert [m["message_id"] for m in came] == [b.message_id for b in sofie.reads()[1:]]


async def test_an_unknown_fault_is_named(line: Line) -> None:
    said = await line.sim("faults", kind="meteor")
    assert "too_many" in said["error"]


async def _until(line: Line, number: int) -> list[Json]:
    """Fetch until so many updates have come."""
    come: list[Json] = []
    while len(come) < number:
        come += await line.updates(timeout=20)
    return come


def _kind(update: Json) -> str:
    return next(name for name in update if name != "update_id")


async def _hangs(line: Line, chat: int, text: str) -> None:
    params = {"chat_id": chat, "text": text}
    patience = aiohttp.ClientTimeout(total=0.3)
    with pytest.raises(TimeoutError):
        await line.session.post(
            line.address("sendMessage"), json=params, timeout=patience
        )
