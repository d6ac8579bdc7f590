"""Each kind of outgoing message as a call of the Bot API."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from telegram import Bot, InputFile, InputMediaDocument
from telegram.error import BadRequest

from bot.channels.telegram import direct
from bot.channels.telegram.abilities import ABILITIES
from bot.serving.channel import Delivered
from bot.storage.mail.messages import (
    Blank,
    Close,
    Delete,
    Document,
    Edit,
    Outgoing,
    Send,
)

#: What a message that is too old to delete shows instead of its words.
NOTHING_TO_READ: Final = "·"
#: Telegram's way of saying that what we wanted is so already, or no longer matters.
HARMLESS: Final = (
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
)
#: What it says of a message that is older than 48 hours.
TOO_OLD: Final = "message can't be deleted"
#: What it says of a message that is a file.
NO_TEXT: Final = "there is no text in the message to edit"
#: The name of the file that takes the place of such a one.
_EMPTY: Final = "-.txt"


async def perform(
    bot: Bot, chat: int, message: Outgoing, target: int | None
) -> Delivered | None:
    """Make the call and tell which message now has its words.

    Args:
        bot: the open connection.
        chat: the chat's number.
        message: what is to be done.
        target: the message that it changes; None when that was never sent.

    Raises:
        TelegramError: as the library raises it, except for what is `HARMLESS`.
    """
    match message:
        case Send():
            return await direct.send(bot, chat, message)
        case Document():
            return await _send_document(bot, chat, message)
        case Delete(keys):
            numbers, at_once = list(map(int, keys)), ABILITIES.deletes_at_once
            for part in range(0, len(numbers), at_once):
                await _delete(bot, chat, numbers[part : part + at_once])
        case Edit(text, key):
            await _rewrite(bot, chat, int(key), text)
            return direct.delivered(int(key))
        case Blank():
            await _rewrite(bot, chat, target, NOTHING_TO_READ)
        case Close(buttons=kept) if target is not None:
            with _harmless():
                await direct.drop_buttons(bot, chat, target, kept)
    return None


async def _send_document(bot: Bot, chat: int, message: Document) -> Delivered:
    sent = await bot.send_document(
        chat,
        InputFile(message.content.encode(), message.name),
        caption=message.caption,
        disable_notification=True,
    )
    return direct.delivered(sent.message_id, sent.date)


async def _rewrite(bot: Bot, chat: int, message_id: int | None, text: str) -> None:
    if message_id is None:
        return
    try:
        with _harmless():
            await direct.rewrite(bot, chat, message_id, text)
    except BadRequest as error:
        if NO_TEXT not in error.message.lower():
            raise
        await _empty_file(bot, chat, message_id, text)


async def _empty_file(bot: Bot, chat: int, message_id: int, text: str) -> None:
    """Put a file in the place of one that is too old to delete; its caption goes."""
    empty = InputMediaDocument(text.encode(), filename=_EMPTY)
    with _harmless():
        await bot.edit_message_media(empty, chat, message_id)


async def _delete(bot: Bot, chat: int, message_ids: Sequence[int]) -> None:
    """Delete what can be deleted: Telegram takes all of a list or none of it."""
    try:
        await bot.delete_messages(chat, message_ids)
    except BadRequest:
        for message_id in message_ids:
            await _delete_or_blank(bot, chat, message_id)


async def _delete_or_blank(bot: Bot, chat: int, message_id: int) -> None:
    """Leave nothing to read; a message may have become too old while it waited."""
    try:
        with _harmless():
            await bot.delete_message(chat, message_id)
    except BadRequest as error:
        if TOO_OLD not in error.message.lower():
            raise
        await _rewrite(bot, chat, message_id, NOTHING_TO_READ)


@contextmanager
def _harmless() -> Iterator[None]:
    try:
        yield
    except BadRequest as error:
        said = error.message.lower()
        if not any(known in said for known in HARMLESS):
            raise
