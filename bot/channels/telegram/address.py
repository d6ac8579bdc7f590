"""Tells Telegram where updates go: to our webhook, or to whoever asks for them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import BadRequest

from bot.channels.telegram.connection import once, patiently
from bot.channels.telegram.updates import ALLOWED_UPDATES
from bot.errors import WebhookRefused
from bot.webhook_settings import WebhookSettings

#: So many updates Telegram may bring at the same time, to all workers together.
MOST_AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True)
class Address:
    """What Telegram says of the webhook; nothing of its address but the host."""

    is_set: bool
    host: str | None
    #: Whether it is the one that the settings name.
    is_as_set_here: bool
    pending: int
    last_error: str | None
    last_error_at: datetime | None


async def set_address(bot: Bot, hook: WebhookSettings) -> None:
    """Let updates be brought to the webhook; every worker says the same.

    Raises:
        WebhookRefused: Telegram does not take this address.
    """

    async def call() -> None:
        try:
            await bot.set_webhook(
                hook.url,
                secret_token=hook.secret,
                allowed_updates=ALLOWED_UPDATES,
                max_connections=MOST_AT_ONCE,
            )
        except BadRequest as error:
            raise WebhookRefused(
                f"Telegram does not take KONFLIKTRAAD_WEBHOOK_URL ({error.message}): "
                "it has to be a public https address on port 443, 80, 88 or 8443."
            ) from None

    await patiently(call)


async def address(token: str, api: str, here: str | None) -> Address:
    """Ask Telegram where it brings updates, and how that goes.

    Args:
        token: the bot's token.
        api: where Telegram is.
        here: the address that the settings name, if any.

    Raises:
        SettingsError: Telegram does not know the token.
        TelegramUnreachable: Telegram does not answer.
    """
    told = await once(token, api, Bot.get_webhook_info)
    return Address(
        is_set=bool(told.url),
        host=urlsplit(told.url).hostname,
        is_as_set_here=bool(told.url) and told.url == here,
        pending=told.pending_update_count,
        last_error=told.last_error_message,
        last_error_at=told.last_error_date,
    )


async def remove_address(token: str, api: str) -> None:
    """Let updates wait for whoever asks for them; none is lost.

    Raises:
        SettingsError: Telegram does not know the token.
        TelegramUnreachable: Telegram does not answer.
    """
    await once(token, api, Bot.delete_webhook)
