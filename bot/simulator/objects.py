"""Telegram's objects, complete, made of what the simulator knows."""

from collections.abc import Mapping
from datetime import datetime

from bot.simulator.bubbles import Bubble, BubbleButton, BubbleJson, ButtonRows, Chat
from bot.simulator.phones import Phone


def seconds(moment: datetime) -> int:
    """Return a moment as Telegram writes dates."""
    return int(moment.timestamp())


def user(phone: Phone) -> BubbleJson:
    """Return the owner of a phone as a User."""
    return {
        "id": phone.user_id,
        "is_bot": False,
        "first_name": phone.owner.first_name,
        "language_code": phone.language_code,
    }


def chat(where: Chat, phone: Phone | None) -> BubbleJson:
    """Return a Chat: private with the owner of a phone, or a group."""
    if where.private and phone is not None:
        first_name = phone.owner.first_name
        return {"id": where.chat_id, "type": "private", "first_name": first_name}
    return {"id": where.chat_id, "type": "supergroup", "title": where.title}


def message(where: BubbleJson, author: BubbleJson, bubble: Bubble) -> BubbleJson:
    """Return a bubble as a Message."""
    made: BubbleJson = {
        "message_id": bubble.message_id,
        "from": author,
        "chat": where,
        "date": seconds(bubble.sent_at),
        **bubble.content,
    }
    if bubble.kind == "text":
        made |= {"text": bubble.text, **_command(bubble)}
    if bubble.edited_at is not None:
        made["edit_date"] = seconds(bubble.edited_at)
    if bubble.protected:
        made["has_protected_content"] = True
    if bubble.buttons:
        made["reply_markup"] = {"inline_keyboard": keyboard(bubble.buttons)}
    return made


def inaccessible(where: BubbleJson, message_id: int) -> BubbleJson:
    """Return what stands for a message that is deleted."""
    return {"chat": where, "message_id": message_id, "date": 0}


def keyboard(rows: ButtonRows) -> list[list[BubbleJson]]:
    """Return inline buttons as the Bot API writes them."""
    return [[_button(button) for button in row] for row in rows]


def member_change(
    where: BubbleJson, who: BubbleJson, bot: BubbleJson, at: datetime, change: str
) -> BubbleJson:
    """Return a ChatMemberUpdated about the bot; `change` reads like "member>kicked"."""
    before, _, after = change.partition(">")
    return {
        "chat": where,
        "from": who,
        "date": seconds(at),
        "old_chat_member": _membership(before, bot),
        "new_chat_member": _membership(after, bot),
    }


def file(file_id: str, **details: object) -> BubbleJson:
    """Return what all kinds of files have in common, and their details."""
    unique = f"u{file_id}"
    return {"file_id": file_id, "file_unique_id": unique, "file_size": 2048, **details}


def _membership(status: str, bot: Mapping[str, object]) -> BubbleJson:
    made: BubbleJson = {"user": bot, "status": status}
    return made | {"until_date": 0} if status == "kicked" else made


def _button(button: BubbleButton) -> BubbleJson:
    if button.url is not None:
        return {"text": button.text, "url": button.url}
    return {"text": button.text, "callback_data": button.data}


def _command(bubble: Bubble) -> BubbleJson:
    first_word = bubble.text.split(maxsplit=1)[0] if bubble.text.strip() else ""
    if bubble.author == "bot" or not (first_word.startswith("/") and first_word[1:]):
        return {}
    entity = {"type": "bot_command", "offset": 0, "length": len(first_word)}
    return {"entities": [entity]}
