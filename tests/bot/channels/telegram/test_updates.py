"""Each thing that a person can do is understood for what it is."""

import pytest

from bot.channels.telegram.updates import ALLOWED_UPDATES, read
from bot.incoming import (
    UNKNOWN,
    Blocked,
    OwnContact,
    Tap,
    Text,
    Unblocked,
    Unusable,
    Written,
)
from bot.simulator import actions
from bot.simulator.actions import SentContent
from bot.simulator.bubbles import BubbleJson
from bot.simulator.contents import CONTENTS
from bot.simulator.origins import ForwardOrigin
from bot.simulator.person import PhoneUser
from bot.simulator.phones import CAST, Phone
from bot.simulator.remarks import REMARKS
from bot.simulator.unusable_messages import KINDS, UNSUPPORTED, send_oddment
from bot.simulator.world import World
from bot.storage.mail.messages import Button, Send
from tests.bot.channels.telegram.office import Office, at_work
from tests.bot.storage.house import NOON
from tests.support.telegram_ids import account
from tests.support.telegram_ids import message as message_of


async def test_words_come_with_account_time_and_language(office: Office) -> None:
    mother = office.visitor("mother")
    mother.says("Jeg vil gerne høre mere")
    async with office.polling(office.take):
        await office.until(lambda: len(office.taken) == 2)
    heard = office.taken[-1]
    number = max(mother.phone.chat.bubbles)
    assert heard.content == Text(message_of(number), "Jeg vil gerne høre mere")
    assert heard.sender == account(mother.phone.user_id)
    assert heard.language_code == "da"
    assert abs((heard.at - office.clock.now()).total_seconds()) < 5


async def test_a_tap_knows_what_was_shown(office: Office) -> None:
    mother = office.resident("mother")
    office.queues(mother, Send("Vil du?", ((Button("Ja", "v1.yes"),),)))
    async with (
        at_work(office.sender().run),
        office.polling(office.take),
    ):
        await mother.person.finds("Ja")
        mother.person.taps("Ja")
        await office.until(lambda: len(office.taken) == 2)
    tap = office.contents()[-1]
    assert isinstance(tap, Tap)
    assert (tap.data, tap.shown) == ("v1.yes", "Vil du?")


async def test_only_ones_own_number_counts(office: Office) -> None:
    mother = office.visitor("mother", "+4520163847")
    mother.shares_contact()
    mother.shares_contact(own=False)
    async with office.polling(office.take):
        await office.until(lambda: len(office.taken) == 3)
    _, own, foreign = office.contents()
    assert isinstance(own, OwnContact)
    assert own.phone == "+4520163847"
    assert isinstance(foreign, Unusable)
    assert foreign.kind == "foreign_contact"


@pytest.mark.parametrize("kind", KINDS)
async def test_what_cannot_be_used_is_named(office: Office, kind: str) -> None:
    mother = office.visitor("mother")
    mother.says("Hej")
    send_oddment(office.world, mother.phone, kind)
    async with office.polling(office.take):
        await office.until(lambda: len(office.taken) == 3)
    odd = office.contents()[-1]
    assert isinstance(odd, Unusable)
    assert odd.kind == kind
    assert (odd.message is None) == (kind == "group")
    assert office.taken[-1].account == str(mother.phone.user_id)


async def test_blocking_and_coming_back_are_heard_of(office: Office) -> None:
    mother = office.visitor("mother")
    mother.blocks()
    mother.unblocks()
    async with office.polling(office.take):
        await office.until(lambda: len(office.taken) == 3)
    assert office.contents()[1:] == [Blocked(), Unblocked()]


def test_what_no_person_did_is_passed_over() -> None:
    chat = {"id": 7, "type": "private", "first_name": "Sofie"}
    person = {"id": 7, "is_bot": False, "first_name": "Sofie"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": person}
    remark = message | {
        "message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}
    }
    robot = message | {"text": "Hej", "from": person | {"is_bot": True}}
    for passed in (remark, robot):
        assert read({"update_id": 1, "message": passed}, NOON) is None


@pytest.mark.parametrize("kind", REMARKS)
def test_remarks_of_telegram_are_passed_over(kind: str) -> None:
    """All that the simulator knows, which holds its list against the library's."""
    assert read(sent(kind), NOON) is None


@pytest.mark.parametrize("kind", [*CONTENTS, UNSUPPORTED, "hologram"])
def test_whatever_else_is_sent_is_something_that_somebody_sent(kind: str) -> None:
    incoming = read(sent(kind), NOON)
    assert incoming is not None
    content = incoming.content
    assert isinstance(content, Unusable | OwnContact)
    assert content.message
    if isinstance(content, Unusable) and kind != "contact":
        assert content.kind == (kind if kind in CONTENTS else UNKNOWN)


@pytest.mark.parametrize(
    "kind", ["photo", "checklist", "poll", "rich_message", "giveaway_winners", "game"]
)
def test_words_are_found_in_every_kind_that_has_room_for_them(kind: str) -> None:
    incoming = read(sent(kind, "Han slår mig"), NOON)
    assert incoming is not None
    assert isinstance(incoming.content, Unusable)
    assert "Han slår mig" in incoming.content.text


def test_words_are_found_in_fields_that_nobody_knows() -> None:
    block = {"type": "paragraph", "rows": [[{"words": "Han slår mig", "file_id": "x"}]]}
    update = sent(UNSUPPORTED)
    message = update["message"]
    assert isinstance(message, dict)
    incoming = read({**update, "message": {**message, "hologram": block}}, NOON)
    assert incoming is not None
    assert incoming.content == Unusable(
        message_of(message["message_id"]), UNKNOWN, "Han slår mig"
    )


def test_a_very_deep_or_very_long_content_is_read_no_further() -> None:
    deep: object = "Han slår mig"
    for _ in range(5000):
        deep = [deep]
    update = sent(UNSUPPORTED)
    message = update["message"]
    assert isinstance(message, dict)
    strange = {**message, "deep": deep, "long": ["a" * 5000] * 1000}
    incoming = read({**update, "message": strange}, NOON)
    assert incoming is not None
    assert isinstance(incoming.content, Unusable)
    assert len(incoming.content.text) <= 4096


def test_whose_words_a_message_holds_is_told() -> None:
    world, phone = newcomer()
    person = PhoneUser(world, phone.key)
    person.says("Hej")
    for origin in ForwardOrigin:
        person.forwards("Ja", of=origin)
        assert written(world).is_forwarded
    person.says_through_a_bot("Ja")
    assert written(world).is_through_bot
    person.says_as_scheduled("Ja")
    assert written(world).is_scheduled
    person.says("Ja")
    assert written(world) == Written(written(world).sent_at)


def newcomer() -> tuple[World, Phone]:
    world = World()
    phone = world.add_phone(CAST[0], "da")
    actions.start(world, phone)
    return world, phone


def sent(kind: str, text: str = "") -> BubbleJson:
    """Give the update that comes of sending something."""
    world, phone = newcomer()
    made = SentContent("?", kind, {kind: {"depth": 3}}) if kind == "hologram" else None
    if made is not None:
        actions.send(world, phone, made)
    else:
        send_oddment(world, phone, kind, text)
    return world.updates.waiting()[-1].as_json()


def written(world: World) -> Written:
    incoming = read(world.updates.waiting()[-1].as_json(), NOON)
    assert incoming is not None
    assert incoming.written is not None
    return incoming.written


def test_a_tap_on_a_message_that_is_gone_still_counts() -> None:
    chat = {"id": 7, "type": "private", "first_name": "Sofie"}
    person = {"id": 7, "is_bot": False, "first_name": "Sofie"}
    gone = {"message_id": 5, "date": 0, "chat": chat}
    query = {"id": "9", "from": person, "chat_instance": "1", "data": "hide"}
    raw = {"update_id": 1, "callback_query": query | {"message": gone}}
    incoming = read(raw, NOON)
    assert incoming is not None
    assert incoming.content == Tap("9", message_of(5), "hide", None)
    assert incoming.at == NOON


def test_an_edit_happens_when_it_is_made() -> None:
    chat = {"id": 7, "type": "private", "first_name": "Sofie"}
    person = {"id": 7, "is_bot": False, "first_name": "Sofie"}
    message = {"message_id": 5, "date": 1000, "chat": chat, "from": person}
    edited = message | {"edit_date": 9000, "text": "Hej"}
    incoming = read({"update_id": 1, "edited_message": edited}, NOON)
    assert incoming is not None
    assert incoming.at.timestamp() == edited["edit_date"]


def test_an_edit_that_nobody_sees_happens_now() -> None:
    """It bears the date of the message alone, which may be days ago."""
    chat = {"id": 7, "type": "private", "first_name": "Sofie"}
    person = {"id": 7, "is_bot": False, "first_name": "Sofie"}
    message = {"message_id": 5, "date": 1000, "chat": chat, "from": person}
    incoming = read({"update_id": 1, "edited_message": message | {"text": "Hej"}}, NOON)
    assert incoming is not None
    assert incoming.at == NOON


def typed(**fields: object) -> BubbleJson:
    """Make an update with a text message of somebody's."""
    sender = {"id": 1, "is_bot": False, "first_name": "Kim"}
    chat = {"id": 1, "type": "private"}
    message = {"message_id": 7, "date": 0, "chat": chat, "from": sender, "text": "Ja"}
    return {"update_id": 1, "message": {**message, **fields}}


@pytest.mark.parametrize(
    ("shape", "text"),
    [("strikethrough", "~Ja~"), ("blockquote", "~Ja~"), ("bold", "Ja")],
)
def test_what_is_struck_out_or_quoted_is_marked(shape: str, text: str) -> None:
    entities = [{"type": shape, "offset": 0, "length": 2}]
    heard = read(typed(entities=entities), NOON)
    assert heard is not None
    assert heard.content == Text(message_of(7), text)


@pytest.mark.parametrize(
    "odd",
    [
        {"reply_to_message": {"text": "Vil du?"}},
        {"text": ["Ja"]},
        {"date": None},
        {"text": None, "contact": {"user_id": 1}},
    ],
)
def test_a_message_of_a_form_that_nobody_knows_is_heard(odd: BubbleJson) -> None:
    heard = read(typed(**odd), NOON)
    assert heard is not None
    assert heard.content is not None


async def test_telegram_is_asked_for_nothing_else(office: Office) -> None:
    async with office.polling(office.take):
        office.visitor("mother")
        await office.until(lambda: office.taken)
    (call, *_) = office.world.journal.of("getUpdates")
    assert all(kind in str(call.params["allowed_updates"]) for kind in ALLOWED_UPDATES)
