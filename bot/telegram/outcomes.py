"""What becomes of an outbox row when Telegram has answered, or has not."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TypeAlias

from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from bot.errors import KeyDestroyed, StorageError
from bot.figures import Figures
from bot.storage import Session
from bot.storage.messages import Delete
from bot.storage.outbox import Due, mark_failed, mark_sent, queue, recover, retry_at
from bot.storage.tables import OutboxRow, Person
from bot.telegram.connection import pause

Outcome: TypeAlias = Callable[[Session], None]

_log = logging.getLogger(__name__)


def arrived(due: Due, key: bytes, message_id: int | None, at: datetime) -> Outcome:
    """Note that the call was carried out."""
    return partial(_arrived, due=due, key=key, message_id=message_id, at=at)


def of_error(due: Due, error: Exception, at: datetime, figures: Figures) -> Outcome:
    """Choose by the error: wait for the person, try again, or give the row up."""
    name = type(error).__name__
    if isinstance(error, Forbidden):
        return partial(_parked, due=due, at=at)
    if _may_pass(error):
        figures.retries += 1
        seconds = pause(due.attempts, error)
        if due.kind == "send" and isinstance(error, TimedOut):
            figures.possible_doubles += 1
            _log.warning("Row %s had no answer and may arrive twice.", due.id)
            return partial(_again, due=due, at=at, seconds=seconds, doubt=name)
        return partial(_again, due=due, at=at, seconds=seconds)
    figures.failed_sends += 1
    _log.error("Row %s cannot be sent and is given up (%s).", due.id, name)
    return partial(mark_failed, row_id=due.id, failure=name)


def recovered(session: Session) -> int:
    """Put back what an earlier run left under way, and count it."""
    rows = recover(session)
    for row_id in rows:
        session.get_one(OutboxRow, row_id).failure = "Interrupted"
    return len(rows)


def _may_pass(error: Exception) -> bool:
    if isinstance(error, BadRequest | KeyDestroyed):
        return False
    # A refused token ends the program elsewhere; its messages wait for the right one.
    passing = NetworkError | RetryAfter | InvalidToken | StorageError
    return isinstance(error, passing)


def _arrived(
    session: Session, *, due: Due, key: bytes, message_id: int | None, at: datetime
) -> None:
    kept = mark_sent(session, due.id, message_id, at)
    if not kept and message_id is not None:
        # The chat was hidden while this was under way: nothing may stay there.
        queue(session, key, due.person_id, Delete((message_id,)), at=at)


def _parked(session: Session, *, due: Due, at: datetime) -> None:
    """Keep a chat's messages until its person lets us write again."""
    session.get_one(Person, due.person_id).blocked_at = at
    retry_at(session, due.id, at)


def _again(
    session: Session, *, due: Due, at: datetime, seconds: float, doubt: str = ""
) -> None:
    """Try later; a row with a doubt is counted as one that may arrive twice."""
    retry_at(session, due.id, at + timedelta(seconds=seconds))
    if doubt:
        session.get_one(OutboxRow, due.id).failure = doubt
