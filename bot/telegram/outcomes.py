"""What becomes of an outbox row when Telegram has answered, or has not."""

import logging
from datetime import datetime, timedelta

from telegram.error import (
    BadRequest,
    InvalidToken,
    NetworkError,
    RetryAfter,
)

from bot.errors import KeyDestroyed, StorageError
from bot.figures import Figures
from bot.storage.messages import NEW
from bot.storage.sending import Due, Outcome
from bot.telegram.connection import pause
from bot.telegram.direct import Sent
from bot.telegram.transport import NotConnected

_log = logging.getLogger(__name__)


def arrived(due: Due, sent: Sent | None, figures: Figures) -> Outcome:
    """Note that the call was carried out."""
    figures.sends += 1
    if sent is None:
        return Outcome(due, "sent")
    return Outcome(due, "sent", sent.message_id, sent.at)


def of_error(due: Due, error: Exception, at: datetime, figures: Figures) -> Outcome:
    """Choose by the error: try again, or give the row up."""
    name = type(error).__name__
    if not _may_pass(error):
        figures.failed_sends += 1
        _log.error("Row %s cannot be sent and is given up (%s).", due.id, name)
        return Outcome(due, "failed", failure=name)
    figures.retries += 1
    later = at + timedelta(seconds=pause(due.attempts - 1, error))
    if isinstance(error, StorageError):
        _log.error("Row %s cannot be opened and waits (%s).", due.id, name)
    if due.kind in NEW and not _is_refused(error):
        figures.possible_doubles += 1
        _log.warning("Row %s had no good answer and may arrive twice.", due.id)
        return Outcome(due, "waiting", not_before=later, failure=name)
    return Outcome(due, "waiting", not_before=later)


def _is_refused(error: Exception) -> bool:
    """Tell whether the call was surely not carried out; a 502 or 504 leaves it open."""
    refused = NotConnected | RetryAfter | InvalidToken | StorageError
    return isinstance(error, refused)


def _may_pass(error: Exception) -> bool:
    if isinstance(error, BadRequest | KeyDestroyed):
        return False
    # Messages wait until the token is accepted again, or for the right one.
    passing = NetworkError | RetryAfter | InvalidToken | StorageError
    return isinstance(error, passing)
