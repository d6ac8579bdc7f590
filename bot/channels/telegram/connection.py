"""The connection to the Bot API server: opened patiently, and kept through outages."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.outcomes import asked_to_wait
from bot.channels.telegram.transport import READ_SECONDS, AiohttpRequest
from bot.errors import SettingsError, TelegramUnreachable
from bot.serving.backoff import pause

#: What a 409 means, and what is to be done.
TAKEN_ELSEWHERE = (
    "Another program takes this bot's updates: stop the other one, or, if it is a "
    "webhook that nobody serves, stop this one, run konfliktraad webhook remove, and "
    "start it again. Trying again until then."
)
#: What a 401 or 404 means while people are being served.
REFUSED_JUST_NOW = (
    "Telegram does not accept the token just now: if that goes on, copy it from "
    "BotFather again into KONFLIKTRAAD_TELEGRAM_TOKEN and restart. Trying again until "
    "then."
)

_log = logging.getLogger(__name__)
T = TypeVar("T")


@asynccontextmanager
async def connected(
    token: str, api: str, *, answer_within: float = READ_SECONDS
) -> AsyncIterator[Bot]:
    """Open the connection, however long it takes, and close it at the end.

    Args:
        token: the bot's token from BotFather.
        api: base URL of the Bot API server.
        answer_within: seconds until a call counts as unanswered.

    Raises:
        SettingsError: if the server does not know the token.
    """
    transport = AiohttpRequest(answer_within)
    base = api.rstrip("/")
    bot = Bot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=transport,
        get_updates_request=transport,
    )
    try:
        await patiently(lambda: _introduced(bot))
        yield bot
    finally:
        await bot.shutdown()


async def _introduced(bot: Bot) -> None:
    """Ask who we are; only here, at the start, is a refused token the last word."""
    try:
        await bot.initialize()
    except InvalidToken as error:
        refuse_bad_token(error)


async def patiently(call: Callable[[], Awaitable[T]]) -> T:
    """Repeat a call until Telegram answers; one line in the log when it does not.

    That the token is refused may pass too: who serves people does not end for it.
    """
    attempt = 0
    while True:
        try:
            answer = await call()
        except TelegramError as error:
            if attempt == 0:
                _log.warning("%s", _what_happened(error))
            await asyncio.sleep(_seconds_before_next(attempt, error))
            attempt += 1
        else:
            if attempt:
                _log.warning("Telegram answers again.")
            return answer


async def once(token: str, api: str, call: Callable[[Bot], Awaitable[T]]) -> T:
    """Make one call for somebody who waits for the answer.

    Raises:
        SettingsError: if the server does not know the token.
        TelegramUnreachable: if it does not answer.
    """
    bot = Bot(token, base_url=f"{api.rstrip('/')}/bot", request=AiohttpRequest())
    try:
        await bot.initialize()
        return await call(bot)
    except TelegramError as error:
        refuse_bad_token(error)
        raise TelegramUnreachable(
            f"Telegram does not answer ({type(error).__name__}): try again."
        ) from None
    finally:
        await bot.shutdown()


async def username(token: str, api: str) -> str:
    """Ask once for the bot's user name, which stands in its links.

    Raises:
        SettingsError: if the server does not know the token.
        TelegramUnreachable: if it does not answer.
    """
    try:
        return await once(token, api, _username)
    except TelegramUnreachable:
        raise TelegramUnreachable(
            "The bot's user name is not known yet and Telegram does not answer: try "
            "again, or start konfliktraad run once while it does."
        ) from None


async def _username(bot: Bot) -> str:
    return bot.username


def refuse_bad_token(error: TelegramError) -> None:
    """Turn Telegram's refusal of the token into a sentence for the operator.

    Raises:
        SettingsError: if that is what the error means.
    """
    if isinstance(error, InvalidToken):
        # The library's own message holds the token.
        raise SettingsError(
            "KONFLIKTRAAD_TELEGRAM_TOKEN is not accepted by the server of "
            "KONFLIKTRAAD_TELEGRAM_API; copy the token from BotFather again."
        ) from None


def _seconds_before_next(attempt: int, error: TelegramError) -> float:
    """Return the seconds to wait after so many failed tries before this one."""
    asked = asked_to_wait(error) if isinstance(error, RetryAfter) else 0.0
    return pause(attempt, asked)


def _what_happened(error: TelegramError) -> str:
    if isinstance(error, Conflict):
        return TAKEN_ELSEWHERE
    if isinstance(error, InvalidToken):
        return REFUSED_JUST_NOW
    return (
        f"Telegram cannot be reached ({type(error).__name__}); nothing is lost, "
        "trying again until it answers."
    )
