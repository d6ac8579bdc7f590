"""What becomes of an outbox row when the messenger has answered, or has not."""

import logging
from datetime import datetime, timedelta

from bot.errors import KeyDestroyed, StorageError
from bot.figures import Figures
from bot.serving.backoff import pause
from bot.serving.channel import Delivered, GivenUp, InDoubt, Retry, Verdict, WaitUntil
from bot.storage.mail.due import Due
from bot.storage.mail.messages import NEW
from bot.storage.mail.sending import Outcome

_log = logging.getLogger(__name__)


def arrived(due: Due, delivered: Delivered | None, figures: Figures) -> Outcome:
    """Note that the call was carried out."""
    figures.sends += 1
    if delivered is None:
        return Outcome(due, "sent")
    return Outcome(due, "sent", delivered.message, delivered.at)


def unopened(due: Due, error: Exception, at: datetime, figures: Figures) -> Outcome:
    """Let a row wait that cannot be opened now; what never can be is given up."""
    is_away = isinstance(error, StorageError) and not isinstance(error, KeyDestroyed)
    if not is_away:
        return _given_up(due, error, figures)
    _log.error("Row %s cannot be opened and waits (%s).", due.id, type(error).__name__)
    return of_error(due, error, Retry(), at, figures)


def of_error(
    due: Due, error: Exception, verdict: Verdict, at: datetime, figures: Figures
) -> Outcome:
    """Choose by what an error means: try again, or give the row up."""
    if isinstance(verdict, GivenUp):
        return _given_up(due, error, figures)
    figures.retries += 1
    asked_for = verdict.seconds if isinstance(verdict, WaitUntil) else 0.0
    later = at + timedelta(seconds=pause(due.attempts - 1, asked_for))
    if due.kind in NEW and isinstance(verdict, InDoubt):
        figures.possible_doubles += 1
        _log.warning("Row %s had no good answer and may arrive twice.", due.id)
        name = type(error).__name__
        return Outcome(due, "waiting", not_before=later, failure=name)
    return Outcome(due, "waiting", not_before=later)


def _given_up(due: Due, error: Exception, figures: Figures) -> Outcome:
    figures.failed_sends += 1
    name = type(error).__name__
    _log.error("Row %s cannot be sent and is given up (%s).", due.id, name)
    return Outcome(due, "failed", failure=name)
