"""Telegram as one of the messengers by which people are served."""

from datetime import timedelta

from telegram import Bot

from bot.addressing import TELEGRAM
from bot.channels.telegram import direct, links
from bot.channels.telegram.abilities import ABILITIES
from bot.channels.telegram.calls import perform
from bot.channels.telegram.outcomes import outcome_of
from bot.serving.channel import Delivered, Verdict
from bot.storage.mail.messages import Outgoing


class TelegramChannel:
    """Carries messages over an open connection to the Bot API."""

    name = TELEGRAM
    abilities = ABILITIES

    def __init__(self, bot: Bot) -> None:
        """Go by a connection that whoever opened it closes."""
        self._bot = bot

    def link(self, token: str) -> str:
        """Write the link that opens a talk with this bot."""
        return links.link(self._bot.username, token)

    async def perform(
        self, address: str, outgoing: Outgoing, target: str | None
    ) -> Delivered | None:
        """Make the call or calls of a message; raises `TelegramError`."""
        changed = None if target is None else int(target)
        return await perform(self._bot, int(address), outgoing, changed)

    def outcome_of(self, error: Exception) -> Verdict:
        """Tell what an error of the library means for what was to be sent."""
        return outcome_of(error)

    async def answer_tap(
        self, query_id: str, text: str | None, within: timedelta
    ) -> None:
        """Answer a callback query; raises `TelegramError`."""
        await direct.answer_tap(self._bot, query_id, text, within.total_seconds())
