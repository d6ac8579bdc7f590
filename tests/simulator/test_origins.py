"""Forwarded, through a bot, scheduled, a reply: told as Telegram tells it."""

import pytest
import telegram

from bot.simulator.actions import CannotDoError
from bot.simulator.contents import words_of
from bot.simulator.origins import ForwardOrigin, forward_to_bot
from bot.simulator.person import PhoneUser
from bot.simulator.world import World
from tests.simulator.line import Line, keyboard
from tests.simulator.test_updates import parse

TYPES = {
    ForwardOrigin.OWN: telegram.MessageOriginUser,
    ForwardOrigin.BOT: telegram.MessageOriginUser,
    ForwardOrigin.PERSON: telegram.MessageOriginUser,
    ForwardOrigin.HIDDEN: telegram.MessageOriginHiddenUser,
    ForwardOrigin.GROUP: telegram.MessageOriginChat,
    ForwardOrigin.CHANNEL: telegram.MessageOriginChannel,
}


def newest(world: World, count: int = 1) -> list[telegram.Message]:
    """Read the messages of the newest updates, as two libraries read them."""
    messages = []
    for update in world.updates.waiting()[-count:]:
        parsed = parse(update.as_json())
        message = parsed.message or parsed.edited_message
        assert message is not None
        messages.append(message)
    return messages


@pytest.mark.parametrize("origin", ForwardOrigin)
def test_a_forwarded_message_tells_whose_it_was(
    world: World, sofie: PhoneUser, origin: ForwardOrigin
) -> None:
    sofie.forwards("Ja", of=origin)
    [message] = newest(world)
    whose = message.forward_origin
    assert whose is not None
    assert isinstance(whose, TYPES[origin])
    assert message.text == "Ja"
    assert message.from_user is not None
    assert message.from_user.id == sofie.phone.user_id
    assert whose.date < message.date
    if isinstance(whose, telegram.MessageOriginUser):
        own, bot = whose.sender_user.id == sofie.phone.user_id, whose.sender_user.is_bot
        assert (own, bot) == (origin is ForwardOrigin.OWN, origin is ForwardOrigin.BOT)


def test_a_bulk_forward_is_several_messages_and_no_group(
    world: World, sofie: PhoneUser
) -> None:
    sofie.forwards("Hej", "Ja", "Nej")
    messages = newest(world, 3)
    numbers = [message.message_id for message in messages]
    assert [message.text for message in messages] == ["Hej", "Ja", "Nej"]
    assert numbers == list(range(numbers[0], numbers[0] + 3))
    assert not any(message.media_group_id for message in messages)


def test_what_is_no_text_can_be_forwarded(world: World, sofie: PhoneUser) -> None:
    sofie.does(forward_to_bot, words_of("photo", "Ja"), origin=ForwardOrigin.CHANNEL)
    [message] = newest(world)
    assert message.photo
    assert (message.caption, message.text) == ("Ja", None)


async def test_messages_of_this_chat_can_be_forwarded_back(
    line: Line, world: World, sofie: PhoneUser
) -> None:
    await line.says(sofie.phone.user_id, "Vil du?", "Ja")
    sofie.says("Ja")
    sofie.forwards_back(*sofie.reads()[-2:])
    bots, own = newest(world, 2)
    assert (bots.text, own.text) == ("Vil du?", "Ja")
    assert isinstance(bots.forward_origin, telegram.MessageOriginUser)
    assert bots.forward_origin.sender_user.is_bot
    assert bots.reply_markup is None
    assert isinstance(own.forward_origin, telegram.MessageOriginUser)
    assert own.forward_origin.sender_user.id == sofie.phone.user_id


async def test_what_is_protected_is_not_forwarded_back(
    line: Line, world: World, sofie: PhoneUser
) -> None:
    await line.says(sofie.phone.user_id, "Kun til dig", protect_content=True)
    waiting = len(world.updates.waiting())
    with pytest.raises(CannotDoError, match="protected"):
        sofie.forwards_back(*sofie.reads())
    assert len(world.updates.waiting()) == waiting


def test_a_text_through_a_bot_names_the_bot(world: World, sofie: PhoneUser) -> None:
    sofie.says_through_a_bot("Ja")
    [message] = newest(world)
    assert message.via_bot is not None
    assert message.via_bot.is_bot
    assert message.via_bot.id != world.account.bot_id
    assert (message.text, message.from_user and message.from_user.is_bot) == (
        "Ja",
        False,
    )


def test_a_scheduled_text_says_so(world: World, sofie: PhoneUser) -> None:
    sofie.says_as_scheduled("Ja")
    [message] = newest(world)
    assert message.is_from_offline
    assert message.date == world.clock.now()


async def test_a_reply_carries_the_message_as_it_is_now(
    line: Line, world: World, sofie: PhoneUser
) -> None:
    """With its buttons as long as they are there; without a second step."""
    chat = sofie.phone.user_id
    sent = await line.says(chat, "Vil du høre mere?", "Ja", "Nej")
    sofie.replies(sofie.last(), "Ja")
    first = newest(world)[0].reply_to_message
    assert first is not None
    assert (first.message_id, first.text) == (sent["message_id"], "Vil du høre mere?")
    assert first.from_user is not None
    assert first.from_user.id == world.account.bot_id
    assert first.reply_markup is not None
    where = {"chat_id": chat, "message_id": sent["message_id"]}
    await line.call("editMessageText", text="✓ Ja", **where)
    sofie.replies(sofie.last(), "Hvad nu?")
    second = newest(world)[0].reply_to_message
    assert second is not None
    assert (second.text, second.reply_markup) == ("✓ Ja", None)
    sofie.replies(sofie.reads()[-1], "Hallo?")
    [third] = newest(world)
    assert third.reply_to_message is not None
    assert third.reply_to_message.text == "Hvad nu?"
    assert third.reply_to_message.reply_to_message is None


async def test_who_simply_writes_replies_to_nothing(
    line: Line, world: World, sofie: PhoneUser
) -> None:
    await line.says(sofie.phone.user_id, "Vil du?", reply_markup=keyboard("Ja"))
    sofie.says("Ja")
    assert newest(world)[0].reply_to_message is None


async def test_a_reply_to_what_is_gone_meanwhile_stands_alone(
    line: Line, world: World, sofie: PhoneUser
) -> None:
    sent = await line.says(sofie.phone.user_id, "Vil du?")
    seen = sofie.last()
    said = sofie.replies(seen, "Ja")
    where = {"chat_id": sofie.phone.user_id, "message_id": sent["message_id"]}
    await line.call("deleteMessage", **where)
    sofie.edits("Nej", said)
    assert newest(world)[0].reply_to_message is None
    with pytest.raises(CannotDoError, match="not on this phone"):
        sofie.replies(seen, "Jo")


async def test_a_quote_tells_what_and_where(
    line: Line, world: World, sofie: PhoneUser
) -> None:
    await line.says(sofie.phone.user_id, "🙂 Vil du? Det er frivilligt.")
    sofie.replies(sofie.last(), "Ja", quote="Det er frivilligt")
    [message] = newest(world)
    assert message.quote is not None
    assert message.quote.text == "Det er frivilligt"
    # The emoji counts as two.
    assert message.quote.position == 11
    with pytest.raises(CannotDoError, match="does not say"):
        sofie.replies(sofie.last(), "Ja", quote="noget andet")


@pytest.mark.parametrize("origin", ForwardOrigin)
def test_a_reply_to_another_chat_tells_little_of_it(
    world: World, sofie: PhoneUser, origin: ForwardOrigin
) -> None:
    sofie.replies_from_elsewhere("Ja", of=origin, quote="Kommer du?")
    [message] = newest(world)
    external = message.external_reply
    assert external is not None
    assert isinstance(external.origin, TYPES[origin])
    located = origin in {ForwardOrigin.GROUP, ForwardOrigin.CHANNEL}
    assert (external.chat is not None, external.message_id is not None) == (
        located,
        located,
    )
    assert message.reply_to_message is None
    assert message.quote is not None
