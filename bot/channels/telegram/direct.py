"""The calls of every turn, written down as the Bot API takes them.

The library's own methods first make objects of all buttons and of the answer, which
takes longer than to send it. What it makes of errors and addresses stays.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from telegram import Bot

from bot.addressing import MessageRef
from bot.channels.telegram.transport import written
from bot.serving.channel import Delivered
from bot.storage.mail.messages import Button, Send

_NO_PREVIEW: Final = '{"is_disabled": true}'


async def answer_tap(
    bot: Bot, query_id: str, text: str | None, answer_within: float
) -> None:
    """Let a button stop turning, and show some words if there are any."""
    asked = {"callback_query_id": query_id}
    if text is not None:
        asked["text"] = text
    address = f"{bot.base_url}/answerCallbackQuery"
    await bot.request.post(address, written(asked), read_timeout=answer_within)


async def send(bot: Bot, chat: int, message: Send) -> Delivered:
    """Send a new message and tell which it is."""
    asked: dict[str, object] = {
        "chat_id": chat,
        "text": message.text,
        "protect_content": message.protect,
        "disable_notification": message.silent,
        # A link's preview would show what the message is about.
        "link_preview_options": _NO_PREVIEW,
    }
    if (markup := _markup(message)) is not None:
        asked["reply_markup"] = json.dumps(markup)
    sent = await _call(bot, "sendMessage", asked)
    if not isinstance(sent, dict):
        raise TypeError("The answer to a message that was sent is no message.")
    sent_at = datetime.fromtimestamp(sent["date"], UTC)
    return delivered(int(sent["message_id"]), sent_at)


def delivered(number: int, at: datetime | None = None) -> Delivered:
    """Tell which message stands in a chat; Telegram knows each by its number."""
    return Delivered(MessageRef(str(number), number), at)


async def rewrite(bot: Bot, chat: int, message_id: int, text: str) -> None:
    """Give a message new words; as no buttons are named, it loses those it had."""
    asked = {
        "chat_id": chat,
        "message_id": message_id,
        "text": text,
        "link_preview_options": _NO_PREVIEW,
    }
    await _call(bot, "editMessageText", asked)


async def drop_buttons(
    bot: Bot, chat: int, message_id: int, kept: Sequence[Sequence[Button]] = ()
) -> None:
    """Take the buttons from a message, but for those that are kept; its words stay."""
    asked: dict[str, object] = {"chat_id": chat, "message_id": message_id}
    if kept:
        asked["reply_markup"] = json.dumps(_inline(kept))
    await _call(bot, "editMessageReplyMarkup", asked)


async def _call(bot: Bot, method: str, asked: Mapping[str, object]) -> object:
    return await bot.request.post(f"{bot.base_url}/{method}", written(asked))


def _markup(message: Send) -> dict[str, object] | None:
    if message.buttons:
        return _inline(message.buttons)
    if message.share_label:
        share = {"text": message.share_label, "request_contact": True}
        return {
            "keyboard": [[share]],
            "resize_keyboard": True,
            "one_time_keyboard": True,
        }
    return {"remove_keyboard": True} if message.drop_keyboard else None


def _inline(buttons: Sequence[Sequence[Button]]) -> dict[str, object]:
    rows = [
        [{"text": b.label, "callback_data": b.data} for b in row] for row in buttons
    ]
    return {"inline_keyboard": rows}
