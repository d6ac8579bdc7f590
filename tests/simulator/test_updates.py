"""What people do reaches the bot as Telegram would tell it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

import aiohttp
import pytest
import telegram

from bot.simulator import actions
from bot.simulator.actions import CannotDoError
from bot.simulator.person import PhoneUser
from bot.simulator.unusable_messages import KINDS, send_oddment
from bot.simulator.world import World
from tests.simulator.line import Json, Line, RefusedError, StillClock
from tests.support.outside_authority import check_update

Deed: TypeAlias = Callable[[World, PhoneUser], object]


def _sends(kind: str) -> Deed:
    def deed(world: World, sofie: PhoneUser) -> None:
        sofie.says("Hej")
        send_oddment(world, sofie.phone, kind)

    return deed


DEEDS: dict[str, Deed] = {
    "writes": lambda _, sofie: sofie.says("Hej"),
    "shares her number": lambda _, sofie: sofie.shares_contact(),
    "shares another number": lambda _, sofie: sofie.shares_contact(own=False),
    "blocks": lambda _, sofie: sofie.blocks(),
    **{f"sends {kind}": _sends(kind) for kind in KINDS},
}


def parse(update: Json) -> telegram.Update:
    """Return an update that both libraries can read as one of them reads it."""
    check_update(update)
    parsed = telegram.Update.de_json(update)
    assert not parsed.api_kwargs
    return parsed


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS.keys())
def test_every_update_is_one_that_two_libraries_can_read(
    world: World, sofie: PhoneUser, deed: Deed
) -> None:
    """Nothing that Telegram promises is missing, nothing is of a wrong kind."""
    deed(world, sofie)
    updates = [update.as_json() for update in world.updates.waiting()]
    assert len(updates) > 1
    for update in updates:
        user = parse(update).effective_user
        assert user is not None
        assert user.id == sofie.phone.user_id


async def test_a_tap_carries_the_message_as_it_is(line: Line, sofie: PhoneUser) -> None:
    await line.says(sofie.phone.user_id, "Vil du høre mere?", "Ja", "Nej")
    sofie.taps("Ja")
    query = parse((await line.updates())[-1]).callback_query
    assert query is not None
    assert query.data == "Ja"
    assert query.from_user.language_code == "da"
    assert isinstance(query.message, telegram.Message)
    assert query.message.text == "Vil du høre mere?"
    assert query.message.reply_markup is not None
    assert query.message.from_user is not None
    assert query.message.from_user.is_bot


async def test_a_tap_on_a_deleted_message_says_so(line: Line, sofie: PhoneUser) -> None:
    sent = await line.says(sofie.phone.user_id, "Vil du høre mere?", "Ja")
    seen = sofie.last()
    chat = sofie.phone.user_id
    await line.call("deleteMessage", chat_id=chat, message_id=sent["message_id"])
    sofie.taps("Ja", on=seen)
    tap = (await line.updates())[-1]
    parse(tap)
    assert tap["callback_query"]["message"]["date"] == 0
    assert "text" not in tap["callback_query"]["message"]


async def test_only_an_own_contact_names_the_account(
    line: Line, sofie: PhoneUser
) -> None:
    sofie.shares_contact()
    sofie.shares_contact(own=False)
    own, foreign = [u["message"]["contact"] for u in (await line.updates())[-2:]]
    assert own["user_id"] == sofie.phone.user_id
    assert "user_id" not in foreign


def test_ids_of_updates_have_no_gaps(world: World, sofie: PhoneUser) -> None:
    for word in ("et", "to", "tre"):
        sofie.says(word)
    ids = [update.update_id for update in world.updates.waiting()]
    assert ids == list(range(ids[0], ids[0] + 4))


def test_a_long_text_is_sent_as_several(world: World, sofie: PhoneUser) -> None:
    """The apps cut at 4096 characters; so 10,000 are three messages."""
    sofie.says("a" * 10_000)
    texts = [str(u.body["text"]) for u in world.updates.waiting()[1:]]
    assert [len(text) for text in texts] == [4096, 4096, 1808]


def test_control_characters_do_not_come_through(world: World, sofie: PhoneUser) -> None:
    sofie.says(" \u202eJa\u0007 \n")
    assert world.updates.waiting()[-1].body["text"] == "Ja"


def test_who_has_not_pressed_start_cannot_write(jonas: PhoneUser) -> None:
    with pytest.raises(CannotDoError, match="Press Start"):
        jonas.says("Hej")


async def test_what_the_bot_confirms_is_gone(line: Line, sofie: PhoneUser) -> None:
    sofie.says("Hej")
    first = await line.call("getUpdates")
    again = await line.call("getUpdates")
    assert first == again
    rest = await line.call("getUpdates", offset=first[0]["update_id"] + 1)
    assert [u["message"]["text"] for u in rest] == ["Hej"]
    assert await line.call("getUpdates", offset=first[1]["update_id"] + 1) == []


async def test_a_negative_offset_keeps_the_last(line: Line, sofie: PhoneUser) -> None:
    sofie.says("Hej")
    sofie.says("Er der nogen?")
    kept = await line.call("getUpdates", offset=-1)
    assert [u["message"]["text"] for u in kept] == ["Er der nogen?"]
    assert await line.call("getUpdates") == kept


async def test_a_bot_that_waits_is_told_at_once(line: Line, sofie: PhoneUser) -> None:
    await line.updates()
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        waiting = group.create_task(line.updates(timeout=50))
        await asyncio.sleep(0)
        sofie.says("Hej")
    assert waiting.result()[0]["message"]["text"] == "Hej"


async def test_a_second_bot_ends_the_wait_of_the_first(
    world: World, line: Line
) -> None:
    """Two programs with one token must not both get the updates."""
    before = world.changes.version
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        first = group.create_task(_outcome(line.call("getUpdates", timeout=50)))
        await world.changes.beyond(before)
        await line.call("getUpdates")
    assert first.result() == (
        409,
        (
            "Conflict: terminated by other getUpdates request; make sure that only "
            "one bot instance is running"
        ),
    )


async def test_only_what_is_asked_for_is_sent(line: Line, sofie: PhoneUser) -> None:
    """allowed_updates counts from the moment it is said, and is remembered."""
    await line.updates(allowed_updates=["callback_query"])
    sofie.says("Hej")
    assert await line.updates() == []
    await line.updates(allowed_updates=[])
    sofie.says("Hej igen")
    assert len(await line.updates()) == 1


async def test_taps_grow_old_before_messages_do(
    line: Line, sofie: PhoneUser, clock: StillClock
) -> None:
    await line.says(sofie.phone.user_id, "Vil du høre mere?", "Ja")
    sofie.taps("Ja")
    clock.advance(151)
    assert [list(u)[1] for u in await line.call("getUpdates")] == ["message"]
    clock.advance(24 * 3600)
    assert await line.call("getUpdates") == []


def test_a_group_is_told_as_a_group(world: World, sofie: PhoneUser) -> None:
    actions.write_in_group(world, sofie.phone, "Familien", "Hej alle")
    added, said = [update.as_json() for update in world.updates.waiting()[-2:]]
    assert parse(added).my_chat_member is not None
    chat = parse(said).effective_chat
    assert chat is not None
    assert chat.type == "supergroup"


async def test_a_wrong_token_opens_nothing(line: Line) -> None:
    line.token = "1:wrong"
    with pytest.raises(RefusedError, match="Unauthorized"):
        await line.call("getMe")


async def test_an_unknown_method_is_not_found(line: Line) -> None:
    assert await _outcome(line.call("sendMassage")) == (
        404,
        "Not Found: method not found",
    )


async def test_parameters_may_come_in_any_form(line: Line, sofie: PhoneUser) -> None:
    """Query, form and multipart say the same, with objects as texts of JSON."""
    markup = '{"inline_keyboard": [[{"text": "Ja", "callback_data": "ja"}]]}'
    said = {"chat_id": str(sofie.phone.user_id), "text": "Hej", "reply_markup": markup}
    parts = aiohttp.FormData(said, default_to_multipart=True)
    post, url = line.session.post, line.address("sendMessage")
    for answer in [post(url, params=said), post(url, data=said), post(url, data=parts)]:
        async with answer as got:
            assert got.status == 200
    assert [b.labels for b in sofie.reads() if b.author == "bot"] == [("Ja",)] * 3


async def _outcome(call: Awaitable[object]) -> tuple[int, str]:
    try:
        await call
    except RefusedError as error:
        return error.code, error.description
    pytest.fail("The call was not refused.")
