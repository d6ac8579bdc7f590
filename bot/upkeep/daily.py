"""The daily batch: cases whose time is over end, in words that are always the same."""

import logging
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from bot.chat.notices import Post, tell_coordinators, tell_mediators
from bot.chat.visit import Tools
from bot.clock import DANISH_TIME
from bot.conversation.failing import failure_of
from bot.errors import is_away
from bot.queue.ending import end, tell_parties
from bot.storage import Session, cases, forgetting, records
from bot.storage.engines import clear_errors
from bot.storage.tables import Case
from flows.case import Status, ends_on_its_day

#: When the batch runs, so that no moment of the day tells of anybody's answer.
BATCH_TIME = time(9)
#: After so long a silence, who stands in no case is forgotten.
SILENCE = timedelta(days=30)

#: So long before its end, staff are told each day of a case that waits for them.
WARNING = timedelta(days=3)

_DONE = "batch_day"

_log = logging.getLogger(__name__)


def ends_at(due: date) -> datetime:
    """Tell when a case ends that nobody has taken by its day."""
    return datetime.combine(due, BATCH_TIME, DANISH_TIME)


def is_due(session: Session, now: datetime) -> bool:
    """Tell whether today's batch is still to be done."""
    local = now.astimezone(DANISH_TIME)
    is_time = local.time() >= BATCH_TIME
    return is_time and records.meta(session, _DONE) != local.date().isoformat()


def batch(session: Session, tools: Tools, now: datetime) -> int:
    """End what is over, tell those whom it concerns, forget what is not needed.

    Returns:
        How many times a case could not be handled; it comes again on the next day.
    """
    today = now.astimezone(DANISH_TIME).date()
    post = Post(session, tools, now)
    strangers = forgetting.strangers(session, now - SILENCE)
    looked_at = cases.due(session, today + WARNING)
    skipped = 0
    for case in looked_at:
        if case.due_at is not None and case.due_at <= today:
            skipped += not _is_handled(_look_at, post, case)
    for case in looked_at:
        if case.due_at is not None:
            skipped += not _is_handled(_warn, post, case)
    forgetting.old_updates(session, now)
    records.set_meta(session, _DONE, today.isoformat())
    forgetting.people(session, tools.keys, strangers)
    return skipped


def _is_handled(work: Callable[[Post, Case], None], post: Post, case: Case) -> bool:
    """Do something about one case, all or nothing; no other case depends on it."""
    reference = case.reference
    try:
        with clear_errors("database"), post.session.begin_nested():
            work(post, case)
    except Exception as error:
        if is_away(error):
            raise
        _log.critical("Case %s was left out (%s).", reference, failure_of(error))
        return False
    return True


def _look_at(post: Post, case: Case) -> None:
    if ends_on_its_day(Status(case.status)):
        end(post, case, "time_over", "system")
    if Status(case.status) is Status.ENDED:
        tell_parties(post, case)


def _warn(post: Post, case: Case) -> None:
    """Tell staff that a case whose yes still stands will soon be over.

    It ends on its day all the same: the other side would learn from a later end.
    """
    if Status(case.status) is Status.CONFIRMED:
        tell_mediators(post, case)
    if Status(case.status) in {Status.CONFIRMED, Status.NEEDS_HUMAN}:
        tell_coordinators(post, case)
