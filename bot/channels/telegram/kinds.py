"""What a message holds, told by the names of its fields (Bot API, type Message).

Kinds grow with every version of Telegram, so what is no remark of Telegram's own counts
as something that a person sent, whether or not anybody here knows its name.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.incoming import UNKNOWN

#: What Telegram tells of a chat; nobody has said anything.
REMARKS: Final = frozenset(
    {
        "boost_added",
        "channel_chat_created",
        "chat_background_set",
        "chat_owner_changed",
        "chat_owner_left",
        "chat_shared",
        "checklist_tasks_added",
        "checklist_tasks_done",
        "community_chat_added",
        "community_chat_joined",
        "community_chat_removed",
        "connected_website",
        "delete_chat_photo",
        "direct_message_price_changed",
        "forum_topic_closed",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_reopened",
        "general_forum_topic_hidden",
        "general_forum_topic_unhidden",
        "gift",
        "gift_upgrade_sent",
        "giveaway_completed",
        "giveaway_created",
        "group_chat_created",
        "left_chat_member",
        "managed_bot_created",
        "message_auto_delete_timer_changed",
        "migrate_from_chat_id",
        "migrate_to_chat_id",
        "new_chat_members",
        "new_chat_photo",
        "new_chat_title",
        "paid_message_price_changed",
        "passport_data",
        "pinned_message",
        "poll_option_added",
        "poll_option_deleted",
        "proximity_alert_triggered",
        "refunded_payment",
        "successful_payment",
        "suggested_post_approval_failed",
        "suggested_post_approved",
        "suggested_post_declined",
        "suggested_post_paid",
        "suggested_post_refunded",
        "supergroup_chat_created",
        "unique_gift",
        "users_shared",
        "video_chat_ended",
        "video_chat_participants_invited",
        "video_chat_scheduled",
        "video_chat_started",
        "web_app_data",
        "write_access_allowed",
    }
)
#: What people send that is no text. Some bear the fields of several: a venue those of
#: a location, an animation those of a document; the first that is found names it.
CONTENT: Final = (
    "animation",
    "audio",
    "live_photo",
    "document",
    "paid_media",
    "photo",
    "sticker",
    "story",
    "video",
    "video_note",
    "voice",
    "checklist",
    "contact",
    "dice",
    "game",
    "poll",
    "venue",
    "location",
    "giveaway",
    "giveaway_winners",
    "invoice",
    "rich_message",
)
#: About a message, and nothing that is in it.
_AROUND: Final = frozenset(
    {
        "author_signature",
        "business_connection_id",
        "caption",
        "caption_entities",
        "chat",
        "date",
        "direct_messages_topic",
        "edit_date",
        "effect_id",
        "entities",
        "ephemeral_message_id",
        "external_reply",
        "forward_origin",
        "from",
        "guest_bot_caller_chat",
        "guest_bot_caller_user",
        "guest_query_id",
        "has_media_spoiler",
        "has_protected_content",
        "is_automatic_forward",
        "is_from_offline",
        "is_paid_post",
        "is_topic_message",
        "link_preview_options",
        "media_group_id",
        "message_id",
        "message_thread_id",
        "paid_star_count",
        "quote",
        "receiver_user",
        "reply_markup",
        "reply_to_checklist_task_id",
        "reply_to_message",
        "reply_to_poll_option_id",
        "reply_to_story",
        "sender_boost_count",
        "sender_business_bot",
        "sender_chat",
        "sender_tag",
        "show_caption_above_media",
        "suggested_post_info",
        "text",
        "via_bot",
    }
)
#: Names, numbers and addresses of files: no words that anybody has written.
_WITHOUT_WORDS: Final = frozenset(
    {"audio", "contact", "dice", "location", "sticker", "venue"}
)
_MACHINE_READ: Final = frozenset(
    {"type", "mime_type", "file_name", "language_code", "emoji", "url"}
)
#: More words of one message are not looked at; a text has no more.
_MOST_WORDS: Final = 4096
#: No content that is known is nested as deep.
_DEEPEST: Final = 16


def is_remark(message: Mapping[str, object]) -> bool:
    """Tell whether Telegram only remarks something in a chat."""
    return not REMARKS.isdisjoint(message)


def kind_of(message: Mapping[str, object]) -> str:
    """Name the kind of what was sent."""
    return next((kind for kind in CONTENT if kind in message), UNKNOWN)


def words_in(message: Mapping[str, object]) -> str:
    """Gather the words of a message of any kind, those of unknown fields too."""
    told = [str(message.get(name) or "") for name in ("text", "caption")]
    around = _AROUND | _WITHOUT_WORDS
    held = [value for name, value in message.items() if name not in around]
    found = "\n".join(filter(None, (*told, *_texts(held))))
    return found[:_MOST_WORDS]


def _texts(value: object, depth: int = 0) -> Iterator[str]:
    """Find the texts in a value of any form, but for what only programs read."""
    if isinstance(value, str):
        yield value[:_MOST_WORDS]
    elif depth < _DEEPEST and isinstance(value, list):
        for one in value:
            yield from _texts(one, depth + 1)
    elif depth < _DEEPEST and isinstance(value, dict):
        for name, one in value.items():
            if name not in _MACHINE_READ and not name.endswith("id"):
                yield from _texts(one, depth + 1)
