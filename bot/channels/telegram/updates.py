"""Turns Telegram's updates into what the conversation understands.

They are read as they came: the library knows the kinds of its own day, and drops or
refuses whatever Telegram has added since.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeAlias

from bot.addressing import TELEGRAM, MessageRef
from bot.channels.telegram.kinds import is_remark, kind_of, words_in
from bot.incoming import (
    UNSAID,
    Blocked,
    Content,
    Incoming,
    OwnContact,
    Reply,
    Tap,
    Text,
    Unblocked,
    Unusable,
    Written,
)
from bot.serving.reception import EventReader

#: All that we ask Telegram for; everything else stays with Telegram.
ALLOWED_UPDATES: Final = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
)
#: With any of these a message was written by somebody else, or elsewhere.
_FORWARDED: Final = ("forward_origin", "is_automatic_forward")
#: With any of these a bot or an app has written it.
_THROUGH_BOT: Final = (
    "via_bot",
    "sender_business_bot",
    "business_connection_id",
    "guest_bot_caller_user",
    "guest_query_id",
)
#: What can be replied to outside of this chat, or in it and is no message.
_REPLIED_ELSEWHERE: Final = (
    "external_reply",
    "reply_to_story",
    "reply_to_checklist_task_id",
    "reply_to_poll_option_id",
    "quote",
)
#: Words that are shown so are struck out, or somebody else's.
_UNSAYING: Final = frozenset({"strikethrough", "blockquote", "expandable_blockquote"})
_BLOCKED: Final = "kicked"
#: What is told of an edit later than this was told before, unless we were away.
_TOLD_WITHIN: Final = timedelta(hours=1)

Json: TypeAlias = Mapping[str, Any]


def event_id(raw: Json) -> str | None:
    """Tell the number of an update; None where it has none, so that it is no update."""
    number = raw.get("update_id")
    return str(number) if isinstance(number, int) else None


def read(raw: Json, now: datetime) -> Incoming | None:
    """Return what a person did, or None where no person did anything to us.

    Args:
        raw: as it came from Telegram (Bot API, type Update); with a number.
        now: the time of what carries none of its own, such as a tap.

    Raises:
        KeyError, TypeError, ValueError: it has not the form of an update.
    """
    if change := raw.get("my_chat_member"):
        return _incoming(raw, change, now, _membership(change))
    if query := raw.get("callback_query"):
        tap = _tap(query)
        at = max(now, tap.shown_at or now) if tap else now
        return _incoming(raw, query, at, tap)
    message = raw.get("message") or raw.get("edited_message")
    if not message:
        return None
    is_edit = "edited_message" in raw
    edited = message.get("edit_date")
    # An edit that nobody sees on the phone bears no date but that of the message.
    dated = edited if is_edit else message.get("date")
    at = _moment(dated) if dated else now
    content, written = _content(message, is_edit=is_edit), None
    if message["chat"]["type"] == "private":
        written = replace(
            _written(message, at, is_edit=is_edit),
            is_retold=is_edit and (not edited or now - at > _TOLD_WITHIN),
        )
    return _incoming(raw, message, at, content, written)


def _incoming(
    raw: Json,
    told: Json,
    at: datetime,
    content: Content | None,
    written: Written | None = None,
) -> Incoming | None:
    sender = told.get("from") or {}
    if content is None or sender.get("is_bot"):
        return None
    return Incoming(
        channel=TELEGRAM,
        # In a private chat the sender's number is the chat's.
        account=str(int(sender.get("id") or told["chat"]["id"])),
        event_id=str(raw["update_id"]),
        at=at,
        language_code=sender.get("language_code"),
        content=content,
        written=written,
    )


def _content(message: Json, *, is_edit: bool) -> Content | None:
    if is_remark(message):
        return None
    if message["chat"]["type"] != "private":
        return Unusable(None, "group")
    ref = _ref(message)
    if is_edit:
        return Unusable(ref, "edited", words_in(message))
    text = message.get("text")
    if text and isinstance(text, str):
        return Text(ref, _as_shown(text, message))
    if (kind := kind_of(message)) == "contact":
        return _contact(message, ref)
    return Unusable(ref, kind, words_in(message))


def _as_shown(text: str, message: Json) -> str:
    """Mark what is struck out or quoted: it is not plainly what somebody says."""
    shapes = {entity.get("type") for entity in message.get("entities") or ()}
    return text if shapes.isdisjoint(_UNSAYING) else f"{UNSAID}{text}{UNSAID}"


def _ref(message: Json) -> MessageRef:
    number = int(message["message_id"])
    return MessageRef(str(number), number)


def _contact(message: Json, ref: MessageRef) -> Content:
    """Tell the own number from others: Telegram itself fills in whose it is."""
    contact, sender = message["contact"], message.get("from") or message["chat"]
    phone = contact.get("phone_number")
    if phone and contact.get("user_id") == sender["id"]:
        return OwnContact(ref, phone)
    return Unusable(ref, "foreign_contact")


def _written(message: Json, at: datetime, *, is_edit: bool) -> Written:
    sent = message.get("date")
    return Written(
        sent_at=_moment(sent) if sent else at,
        is_forwarded=any(message.get(name) for name in _FORWARDED),
        is_through_bot=any(message.get(name) for name in _THROUGH_BOT),
        is_scheduled=bool(message.get("is_from_offline")),
        is_edit=is_edit,
        reply=_reply(message),
    )


def _reply(message: Json) -> Reply | None:
    replied = message.get("reply_to_message")
    if replied:
        taps = tuple(_taps(replied.get("reply_markup") or {}))
        number = replied.get("message_id")
        key = None if number is None else str(number)
        return Reply(key, replied.get("text") or "", taps)
    is_elsewhere = any(message.get(name) for name in _REPLIED_ELSEWHERE)
    return Reply() if is_elsewhere else None


def _taps(markup: Json) -> Iterator[str]:
    for row in markup.get("inline_keyboard", ()):
        for button in row:
            if data := button.get("callback_data"):
                yield data


def _tap(query: Json) -> Tap | None:
    """Read a tap; of a message that is gone Telegram tells no date and no words."""
    data, message = query.get("data"), query.get("message")
    if data is None or message is None:
        return None
    shown, date = message.get("text"), message.get("date")
    shown_at = _moment(date) if date else None
    return Tap(query["id"], _ref(message), data, shown, shown_at)


def _membership(change: Json) -> Content | None:
    if change["chat"]["type"] != "private":
        return None
    status = change["new_chat_member"]["status"]
    return Blocked() if status == _BLOCKED else Unblocked()


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


READER: Final = EventReader(TELEGRAM, event_id, read)
