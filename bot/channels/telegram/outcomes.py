"""What an error of the library means for what was to be sent."""

from datetime import timedelta

from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)

from bot.channels.telegram.transport import NotConnected
from bot.serving.channel import GivenUp, Gone, InDoubt, Retry, Verdict, WaitUntil


def outcome_of(error: Exception) -> Verdict:
    """Tell whether a call was surely not carried out, and whether another try may be.

    A 502 or 504 leaves open whether it was.
    """
    match error:
        case Forbidden():
            return Gone()
        case RetryAfter():
            return WaitUntil(asked_to_wait(error))
        case NotConnected() | InvalidToken():
            # Messages wait until the token is accepted again, or for the right one.
            return Retry()
        case BadRequest():
            return GivenUp()
        case NetworkError():
            return InDoubt()
        case _:
            return GivenUp()


def asked_to_wait(error: RetryAfter) -> float:
    """Give the seconds for which Telegram asked us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
