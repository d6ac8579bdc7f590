"""What the bot shows of itself before anybody has written: commands and one line.

All of it is neutral: somebody may look over the person's shoulder, and the list stays
when the chat is hidden. What is not in it works all the same, as a word and in the
menu. The bot's name is set by hand at BotFather and never from here.
"""

import logging
from typing import Final

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.catalogue import Catalogue
from flows.languages import CODES, FIRST

#: In the order in which Telegram shows them; `telegram.command.<name>` is the text.
COMMANDS: Final = (
    "start",
    "menu",
    "language",
    "help",
)

_log = logging.getLogger(__name__)


async def introduce(bot: Bot, catalogue: Catalogue) -> None:
    """Set commands and short description; without them the bot works all the same."""
    try:
        # Telegram shows the first set, of no language, to phones in a third language.
        await _introduce(bot, catalogue, FIRST, language_code="")
        for language in CODES:
            await _introduce(bot, catalogue, language, language_code=language)
    except TelegramError as error:
        name = type(error).__name__
        _log.warning("The list of commands could not be set at Telegram (%s).", name)


async def _introduce(
    bot: Bot, catalogue: Catalogue, language: str, *, language_code: str
) -> None:
    commands = [
        BotCommand(name, catalogue.text(f"telegram.command.{name}", language))
        for name in COMMANDS
    ]
    await bot.set_my_commands(commands, language_code=language_code)
    await bot.set_my_short_description(
        catalogue.text("telegram.description", language), language_code=language_code
    )
