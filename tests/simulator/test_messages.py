"""Sending, editing and deleting, with Telegram's own words when it refuses."""

import re

import aiohttp
import pytest

from bot.simulator.person import NotSeenError, PhoneUser
from bot.simulator.world import World
from tests.simulator.line import Line, RefusedError, StillClock, keyboard
from tests.support.outside_authority import check_call


async def test_a_text_with_buttons_stands_on_the_phone(
    line: Line, sofie: PhoneUser
) -> None:
    sent = await line.says(sofie.phone.user_id, " Vil du høre mere? ", "Ja", "Nej")
    assert sofie.last().text == "Vil du høre mere?"
    assert sofie.labels() == ["Ja", "Nej"]
    assert sent["from"]["is_bot"]
    assert sent["chat"]["type"] == "private"


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"text": " \n"}, "message text is empty"),
        ({"text": "a" * 4097}, "message is too long"),
        ({"text": "a", "chat_id": 1}, "chat not found"),
        ({"text": "a", "chat_id": ""}, "chat_id is empty"),
        ({"text": "a", "reply_markup": "[]"}, "object expected as reply markup"),
        ({"text": "a", "reply_markup": keyboard("æ" * 33)}, "BUTTON_DATA_INVALID"),
        (
            {"text": "a", "reply_markup": {"inline_keyboard": [[{"text": "Ja"}]]}},
            (
                "can't parse inline keyboard button: "
                "Text buttons are unallowed in the inline keyboard"
            ),
        ),
    ],
)
async def test_what_telegram_refuses_to_send(
    line: Line, sofie: PhoneUser, params: dict[str, object], said: str
) -> None:
    params = {"chat_id": sofie.phone.user_id, **params}
    with pytest.raises(RefusedError, match=f"^Bad Request: {re.escape(said)}$"):
        await line.call("sendMessage", **params)


async def test_64_bytes_fit_on_a_button(line: Line, sofie: PhoneUser) -> None:
    await line.says(sofie.phone.user_id, "Hej", "æ" * 32)
    assert sofie.labels() == ["æ" * 32]


async def test_nobody_is_written_to_before_they_press_start(
    line: Line, jonas: PhoneUser
) -> None:
    with pytest.raises(RefusedError, match="bot can't initiate conversation"):
        await line.says(jonas.phone.user_id, "Hej")


async def test_an_edit_without_buttons_takes_them_away(
    line: Line, sofie: PhoneUser
) -> None:
    chat = sofie.phone.user_id
    sent = await line.says(chat, "Vil du høre mere?", "Ja")
    where = {"chat_id": chat, "message_id": sent["message_id"]}
    edited = await line.call("editMessageText", text="✓ Ja", **where)
    assert sofie.last().text == "✓ Ja"
    assert sofie.labels() == []
    assert edited["edit_date"] == edited["date"]


async def test_an_edit_that_changes_nothing_is_refused(
    line: Line, sofie: PhoneUser
) -> None:
    chat = sofie.phone.user_id
    sent = await line.says(chat, "Vil du høre mere?", "Ja")
    where = {"chat_id": chat, "message_id": sent["message_id"]}
    same = {"text": "Vil du høre mere?", "reply_markup": keyboard("Ja")}
    with pytest.raises(RefusedError) as refusal:
        await line.call("editMessageText", **same, **where)
    assert refusal.value.description == (
        "Bad Request: message is not modified: specified new message content and "
        "reply markup are exactly the same as a current content and reply markup of "
        "the message"
    )
    await line.call("editMessageReplyMarkup", **where)
    with pytest.raises(RefusedError, match="message is not modified"):
        await line.call("editMessageReplyMarkup", **where)


@pytest.mark.parametrize(
    "markup",
    [
        {"keyboard": [[{"text": "Ja"}]]},
        {"remove_keyboard": True},
        {"force_reply": True},
    ],
)
async def test_what_came_with_a_reply_keyboard_stays_as_it_is(
    line: Line, sofie: PhoneUser, markup: dict[str, object]
) -> None:
    chat = sofie.phone.user_id
    sent = await line.says(chat, "Hvad er dit nummer?", reply_markup=markup)
    where = {"chat_id": chat, "message_id": sent["message_id"]}
    with pytest.raises(RefusedError, match=r"^Bad Request: message can't be edited$"):
        await line.call("editMessageText", text="Tak", **where)


async def test_nobody_edits_what_a_person_wrote(line: Line, sofie: PhoneUser) -> None:
    sofie.says("Hej")
    chat, message_id = sofie.phone.user_id, sofie.reads()[-1].message_id
    where = {"chat_id": chat, "message_id": message_id}
    with pytest.raises(RefusedError, match="message can't be edited"):
        await line.call("editMessageText", text="Farvel", **where)
    with pytest.raises(RefusedError, match="message to edit not found"):
        await line.call("editMessageText", chat_id=chat, message_id=99, text="Farvel")


async def test_both_sides_of_a_chat_can_be_wiped(line: Line, sofie: PhoneUser) -> None:
    """Ids that are not there any more are passed over."""
    await line.says(sofie.phone.user_id, "Hej", "Ja")
    sofie.says("Hej")
    ids = [bubble.message_id for bubble in sofie.reads()]
    wiped = {"chat_id": sofie.phone.user_id, "message_ids": [*ids, 98, 99]}
    assert await line.call("deleteMessages", **wiped)
    assert sofie.reads() == []


async def test_only_48_hours_can_be_wiped(
    line: Line, sofie: PhoneUser, clock: StillClock
) -> None:
    chat = sofie.phone.user_id
    old = await line.says(chat, "Hej")
    clock.advance(48 * 3600)
    new = await line.says(chat, "Hej igen")
    ids = [old["message_id"], new["message_id"]]
    with pytest.raises(RefusedError, match=r"^Bad Request: message can't be deleted$"):
        await line.call("deleteMessage", chat_id=chat, message_id=ids[0])
    with pytest.raises(RefusedError, match="message can't be deleted"):
        await line.call("deleteMessages", chat_id=chat, message_ids=ids)
    assert await line.call("deleteMessage", chat_id=chat, message_id=ids[1])
    with pytest.raises(RefusedError, match="message to delete not found"):
        await line.call("deleteMessage", chat_id=chat, message_id=ids[1])


@pytest.mark.parametrize("ids", [[], list(range(1, 102))])
async def test_1_to_100_are_deleted_at_a_time(
    line: Line, sofie: PhoneUser, ids: list[int]
) -> None:
    with pytest.raises(RefusedError, match="message identifiers"):
        await line.call("deleteMessages", chat_id=sofie.phone.user_id, message_ids=ids)


async def test_a_tap_is_answered_once(line: Line, sofie: PhoneUser) -> None:
    await line.says(sofie.phone.user_id, "Vil du høre mere?", "Ja")
    sofie.taps("Ja")
    query = (await line.updates())[-1]["callback_query"]["id"]
    await line.call("answerCallbackQuery", callback_query_id=query, text="Tak")
    assert await sofie.notices("Tak") == "Tak"
    with pytest.raises(RefusedError) as refusal:
        await line.call("answerCallbackQuery", callback_query_id=query)
    assert refusal.value.description == (
        "Bad Request: query is too old and response timeout expired or query ID is "
        "invalid"
    )


async def test_a_tap_is_answered_soon(
    line: Line, sofie: PhoneUser, clock: StillClock
) -> None:
    await line.says(sofie.phone.user_id, "Vil du høre mere?", "Ja")
    sofie.taps("Ja")
    query = (await line.updates())[-1]["callback_query"]["id"]
    with pytest.raises(RefusedError, match="MESSAGE_TOO_LONG"):
        await line.call("answerCallbackQuery", callback_query_id=query, text="a" * 201)
    clock.advance(16)
    with pytest.raises(RefusedError, match="query is too old"):
        await line.call("answerCallbackQuery", callback_query_id=query)


async def test_who_blocks_is_not_written_to(line: Line, sofie: PhoneUser) -> None:
    sofie.blocks()
    change = (await line.updates())[-1]["my_chat_member"]
    assert change["new_chat_member"]["status"] == "kicked"
    with pytest.raises(RefusedError) as refusal:
        await line.says(sofie.phone.user_id, "Hej")
    assert refusal.value.code == 403
    assert refusal.value.description == "Forbidden: bot was blocked by the user"
    sofie.unblocks()
    change = (await line.updates())[-1]["my_chat_member"]
    assert change["new_chat_member"]["status"] == "member"
    await line.says(sofie.phone.user_id, "Hej igen")
    assert sofie.last().text == "Hej igen"


async def test_the_keyboard_below_stays_until_it_is_removed(
    line: Line, sofie: PhoneUser
) -> None:
    chat = sofie.phone.user_id
    markup = {"keyboard": [[{"text": "Del mit nummer", "request_contact": True}]]}
    await line.says(chat, "Hvad er dit nummer?", reply_markup=markup)
    await line.says(chat, "Du kan også skrive det.")
    sofie.taps("Del mit nummer")
    shared = (await line.updates())[-1]["message"]["contact"]
    assert shared["user_id"] == chat
    await line.says(chat, "Tak", reply_markup={"remove_keyboard": True})
    with pytest.raises(NotSeenError, match="finds no button “Del mit nummer”"):
        sofie.taps("Del mit nummer")


async def test_a_keyboard_for_one_time_goes_when_used(
    line: Line, sofie: PhoneUser
) -> None:
    markup = {"keyboard": [[{"text": "Ja"}]], "one_time_keyboard": True}
    await line.says(sofie.phone.user_id, "Vil du?", reply_markup=markup)
    sofie.taps("Ja")
    assert sofie.labels() == []
    assert (await line.updates())[-1]["message"]["text"] == "Ja"


async def test_a_keyboard_goes_with_its_message(line: Line, sofie: PhoneUser) -> None:
    chat = sofie.phone.user_id
    markup = {"keyboard": [[{"text": "Ja"}]]}
    sent = await line.says(chat, "Vil du?", reply_markup=markup)
    await line.call("deleteMessage", chat_id=chat, message_id=sent["message_id"])
    assert sofie.labels() == []


async def test_a_file_comes_whole(line: Line, sofie: PhoneUser) -> None:
    form = aiohttp.FormData(
        {"chat_id": str(sofie.phone.user_id), "caption": "Dit kort"}
    )
    form.add_field("document", "attach://part")
    form.add_field("part", b"BEGIN", filename="kort.ics", content_type="text/calendar")
    async with line.session.post(line.address("sendDocument"), data=form) as answer:
        sent = (await answer.json())["result"]
    assert sent["document"]["file_name"] == "kort.ics"
    assert sofie.last().text == "Dit kort"
    async with line.session.get(
        f"{line.url}/sim/files/{sent['document']['file_id']}"
    ) as got:
        assert await got.read() == b"BEGIN"


async def test_the_journal_tells_every_call(
    world: World, line: Line, sofie: PhoneUser
) -> None:
    await line.says(sofie.phone.user_id, "Hej", "Ja")
    with pytest.raises(RefusedError):
        await line.says(sofie.phone.user_id, "")
    good, bad = world.journal.of("sendMessage")
    assert (good.ok, bad.ok) == (True, False)
    assert good.params["text"] == "Hej"
    told = await line.look("journal")
    assert [call["method"] for call in told] == ["sendMessage", "sendMessage"]


async def test_an_outside_authority_can_read_the_journal(
    world: World, line: Line, sofie: PhoneUser
) -> None:
    """It says nothing about a good call, and finds a misspelt parameter."""
    commands = [{"command": "menu", "description": "Menu"}]
    await line.call("setMyCommands", commands=commands, language_code="da")
    await line.says(sofie.phone.user_id, "Hej", "Ja", protect_content=True)
    for call in world.journal:
        check_call(call.method, call.params)
    await line.says(sofie.phone.user_id, "Hej", protect_contents=True)
    wrong = world.journal.of("sendMessage")[-1]
    with pytest.raises(AssertionError, match="protect_contents"):
        check_call(wrong.method, wrong.params)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ({"command": "Menu!", "description": "Menu"}, "BOT_COMMAND_INVALID"),
        ({"command": "menu", "description": ""}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_commands_are_small_words(
    line: Line, command: dict[str, str], said: str
) -> None:
    with pytest.raises(RefusedError, match=said):
        await line.call("setMyCommands", commands=[command])
