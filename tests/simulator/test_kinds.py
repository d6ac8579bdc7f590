"""Every kind of message that Telegram knows can be sent, and none is forgotten."""

import pytest
import telegram
from aiogram.types import Message

from bot.simulator.contents import CONTENTS
from bot.simulator.edits import CAPTIONED
from bot.simulator.person import PhoneUser
from bot.simulator.remarks import REMARKS
from bot.simulator.unusable_messages import ALL_KINDS, UNSUPPORTED, oddment
from bot.simulator.world import World
from tests.simulator.test_updates import parse

#: About a message, not what it is: who, when, where, to what, and the words of it.
AROUND = {
    *("message_id", "date", "chat", "from", "edit_date", "text", "entities"),
    *("caption", "caption_entities", "show_caption_above_media", "has_media_spoiler"),
    *("media_group_id", "link_preview_options", "effect_id", "reply_markup"),
    *("sender_chat", "sender_boost_count", "sender_business_bot", "sender_tag"),
    *("author_signature", "receiver_user", "ephemeral_message_id"),
    *("message_thread_id", "direct_messages_topic", "is_topic_message"),
    *("guest_query_id", "guest_bot_caller_user", "guest_bot_caller_chat"),
    *("business_connection_id", "forward_origin", "is_automatic_forward", "via_bot"),
    *("reply_to_message", "external_reply", "quote", "reply_to_story"),
    *("reply_to_checklist_task_id", "reply_to_poll_option_id"),
    *("has_protected_content", "is_from_offline", "is_paid_post", "paid_star_count"),
    "suggested_post_info",
}
#: Names of former years, which the Bot API does not tell of any more.
FORMER = {
    *("forward_from", "forward_from_chat", "forward_from_message_id"),
    *("forward_signature", "forward_sender_name", "forward_date", "user_shared"),
}
#: Kinds that came with a version which python-telegram-bot does not know.
TOO_NEW = {
    *("rich_message", "community_chat_added"),
    *("community_chat_joined", "community_chat_removed"),
}
#: In these there is room for words.
WORDY = CAPTIONED | {
    *("checklist", "contact", "game", "giveaway", "giveaway_winners", "invoice"),
    *("poll", "rich_message", "venue"),
}


def test_each_field_of_a_message_is_a_content_a_remark_or_about_it() -> None:
    """A field that a new version brings is put into one of the lists."""
    known = {field.alias or name for name, field in Message.model_fields.items()}
    listed = [*CONTENTS, *REMARKS, *AROUND, *FORMER]
    assert sorted(listed) == sorted(known)


@pytest.mark.parametrize("kind", [*CONTENTS, *REMARKS, UNSUPPORTED])
def test_each_kind_is_told_as_the_libraries_read_it(
    world: World, sofie: PhoneUser, kind: str
) -> None:
    sofie.sends(kind, "Ja")
    update = world.updates.waiting()[-1].as_json()
    message = parse(update).message
    assert message is not None
    assert (kind in message.api_kwargs) == (kind in TOO_NEW)
    told = world.updates.waiting()[-1].body
    assert kind in told or kind == UNSUPPORTED
    assert "text" not in told


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_words_are_told_wherever_there_can_be_some(
    world: World, sofie: PhoneUser, kind: str
) -> None:
    sofie.says("Hej")
    if kind in {"edited", "group"}:
        sofie.sends(kind, "Hjælp")
        assert "Hjælp" in str(world.updates.waiting()[-1].body)
        return
    made = oddment(world, sofie.phone, kind, "Hjælp")
    assert ("Hjælp" in str(made.content)) == (kind in WORDY)


def test_an_unsupported_message_has_nothing_in_it(
    world: World, sofie: PhoneUser
) -> None:
    sofie.sends(UNSUPPORTED)
    bare = {"message_id", "from", "chat", "date"}
    assert world.updates.waiting()[-1].body.keys() == bare


def test_what_is_pinned_is_the_message_as_it_is(world: World, sofie: PhoneUser) -> None:
    sofie.sends("pinned_message")
    pinned = telegram.Update.de_json(world.updates.waiting()[-1].as_json()).message
    assert pinned is not None
    assert isinstance(pinned.pinned_message, telegram.InaccessibleMessage)
