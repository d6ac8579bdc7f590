"""Telegram's numbers, as the program keeps what they stand for."""

from bot.addressing import TELEGRAM, AccountRef, EventRef, MessageRef


def account(number: int) -> AccountRef:
    """Name an account by its number."""
    return AccountRef(TELEGRAM, str(number))


def message(number: int) -> MessageRef:
    """Name a message of a chat by its number."""
    return MessageRef(str(number), number)


def event(number: int) -> EventRef:
    """Name an update by its number."""
    return EventRef(TELEGRAM, str(number))
