"""Turns Telegram's updates into what the conversation understands."""

from datetime import datetime
from typing import Any, Final

from telegram import Bot, CallbackQuery, Chat, ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, MessageAttachmentType
from telegram.helpers import effective_message_type

from bot.incoming import (
    Blocked,
    Content,
    Incoming,
    OwnContact,
    Tap,
    Text,
    Unblocked,
    Unusable,
)

#: All that we ask Telegram for; everything else stays with Telegram.
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
#: What we look at of a tapped message. To make an object of each of its buttons
#: takes longer than all the rest of an update.
_READ_OF_TAPPED: Final = ("message_id", "date", "chat", "text")


def read(raw: dict[str, Any], bot: Bot, now: datetime) -> Incoming | None:
    """Return what a person did, as `incoming_from` does, from what Telegram sent."""
    query = raw.get("callback_query") or {}
    if tapped := query.get("message"):
        needed = {name: tapped[name] for name in _READ_OF_TAPPED if name in tapped}
        raw = {**raw, "callback_query": {**query, "message": needed}}
    return incoming_from(Update.de_json(raw, bot), now)


def incoming_from(update: Update, now: datetime) -> Incoming | None:
    """Return what a person did, or None where no person did anything to us.

    Args:
        update: as it came from Telegram.
        now: the time of what carries none of its own, such as a tap.
    """
    sender = update.effective_user
    if sender is None or sender.is_bot:
        return None
    content = _content(update)
    if content is None:
        return None
    message = update.message or update.edited_message
    return Incoming(
        update_id=update.update_id,
        account=sender.id,
        at=(message.edit_date or message.date) if message else now,
        language_code=sender.language_code,
        content=content,
    )


def _content(update: Update) -> Content | None:
    chat = update.effective_chat
    if chat is None:
        return None
    if update.my_chat_member:
        return _membership(update.my_chat_member, chat)
    if chat.type != Chat.PRIVATE:
        return Unusable(None, "group")
    if update.callback_query:
        return _tap(update.callback_query)
    if update.edited_message:
        edited = update.edited_message
        return Unusable(edited.message_id, "edited", _written(edited))
    return _message(update.message) if update.message else None


def _message(message: Message) -> Content | None:
    if message.text:
        return Text(message.message_id, message.text)
    contact = message.contact
    if contact:
        # Telegram fills in this id itself; it is there only for a contact it knows.
        own = message.from_user and contact.user_id == message.from_user.id
        if own:
            return OwnContact(message.message_id, contact.phone_number)
        return Unusable(message.message_id, "foreign_contact")
    kind = effective_message_type(message)
    # What is no attachment is Telegram's own remark, such as "pinned a message".
    if kind in set(MessageAttachmentType):
        return Unusable(message.message_id, str(kind), _written(message))
    return None


def _written(message: Message) -> str:
    return message.text or message.caption or ""


def _tap(query: CallbackQuery) -> Tap | None:
    if query.data is None or query.message is None:
        return None
    shown = query.message.text if isinstance(query.message, Message) else None
    return Tap(query.id, query.message.message_id, query.data, shown)


def _membership(change: ChatMemberUpdated, chat: Chat) -> Content | None:
    if chat.type != Chat.PRIVATE:
        return None
    status = change.new_chat_member.status
    return Blocked() if status == ChatMemberStatus.BANNED else Unblocked()
