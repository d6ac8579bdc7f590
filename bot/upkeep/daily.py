"""The daily batch: cases whose time is over end, in words that are always the same."""

import logging
from datetime import date, datetime, timedelta
from hashlib import sha256

from bot.chat.notices import tell_coordinators, tell_mediators
from bot.chat.post import Post
from bot.chat.tools import Tools
from bot.clock import DANISH_TIME
from bot.conversation.failing import failure_of
from bot.errors import is_away
from bot.queue import requests
from bot.queue.ending import NOT_ALL_WILLING, end, tell_parties
from bot.queue.standing import look, settle
from bot.storage import Session, cases, forgetting, records, standings, wrong_words
from bot.storage.consent.consents import SYSTEM
from bot.storage.engine.engines import clear_errors
from bot.storage.tables import Case
from bot.upkeep import parents
from bot.upkeep.lapsing import lapse
from bot.upkeep.looking import next_day
from flows.rules.case import Status, ends_on_its_day, is_stopped
from flows.rules.days import BATCH_TIME, WARNING
from flows.rules.notices import majors

#: After so long a silence, who stands in no case is forgotten.
SILENCE = timedelta(days=30)

#: So many are forgotten in one unit of work, so that no turn waits long.
MOST_FORGOTTEN = 100

_DONE = "batch_day"
#: A hash of the words of consent for which every case was looked at.
_WORDS = "notices"
#: The day and the case at which the batch has arrived.
_REACHED = "batch_case"

_log = logging.getLogger(__name__)


def is_due(session: Session, now: datetime) -> bool:
    """Tell whether today's batch is still to be done."""
    local = now.astimezone(DANISH_TIME)
    is_time = local.time() >= BATCH_TIME
    return is_time and records.meta(session, _DONE) != local.date().isoformat()


def step(session: Session, tools: Tools, now: datetime) -> bool:
    """Do the next part of today's batch: a case, some strangers, or what is last.

    Each part is a transaction of its own, so that no turn waits for all of them, and
    the batch goes on where it was when the program ended.

    Returns:
        Whether all went well; a case that was left out comes again on the next day.
    """
    today = now.astimezone(DANISH_TIME).date()
    _look_at_all_after_new_words(session, today)
    day, _, reached = (records.meta(session, _REACHED) or "").partition(" ")
    after = reached if day == today.isoformat() else ""
    case = cases.next_due(session, today, after)
    if case is not None:
        records.set_meta(session, _REACHED, f"{today} {case.reference}")
        return _is_handled(Post(session, tools, now), case, today)
    gone = forgetting.strangers(session, now - SILENCE, MOST_FORGOTTEN)
    if len(gone) < MOST_FORGOTTEN:
        forgetting.old_updates(session, now)
        wrong_words.old(session, now)
        forgetting.old_messages(session, now)
        records.set_meta(session, _DONE, today.isoformat())
    forgetting.people(session, tools.keys, gone)
    return True


def _look_at_all_after_new_words(session: Session, today: date) -> None:
    """Let the clock look at each case once in which somebody may have said yes to them.

    What was said yes to may say something else since the program was last here.
    """
    words = sha256(majors().encode()).hexdigest()
    if records.meta(session, _WORDS) != words:
        cases.look_at_all(session, today)
        records.set_meta(session, _WORDS, words)


def _is_handled(post: Post, case: Case, today: date) -> bool:
    """Do what is due for one case, all or nothing; no other case depends on it."""
    reference = case.reference
    try:
        with clear_errors("database"), post.session.begin_nested():
            _attend(post, case, today)
    except Exception as error:
        if is_away(error):
            raise
        failure = failure_of(error)
        _log.critical("Case %s was left out (%s).", reference, failure)
        records.audit(
            post.session, "system", "case left out", case, post.at, str(failure)
        )
        _alert(post, case)
        return False
    return True


def _alert(post: Post, case: Case) -> None:
    """Ask the coordinators to look at a case, unless that fails as well."""
    try:
        with clear_errors("database"), post.session.begin_nested():
            tell_coordinators(post, case)
    except Exception as error:
        if is_away(error):
            raise
        _log.critical("Nobody could be told of it (%s).", failure_of(error))


def _attend(post: Post, case: Case, today: date) -> None:
    if _is_over(post, case, today):
        tell_parties(post, case)
        return
    parents.tell_of_lapsed(post, case)
    parents.freeze(post, case)
    lapse(post, case)
    post.session.flush()
    settle(post, case)
    parents.remind(post, case)
    if case.ends_on is not None and case.ends_on <= today + WARNING:
        _warn(post, case)
    case.due_at = next_day(post, case)


def _is_over(post: Post, case: Case, today: date) -> bool:
    """Tell whether a case has ended; one that nobody has taken does on its day.

    One that was stopped while a mediator had it does now: the other side is told. It
    stands still a while longer where a human must make sure of a parent's new yes.
    """
    is_last = case.ends_on is not None and case.ends_on <= today
    if is_last and ends_on_its_day(Status(case.status)):
        end(post, case, "time_over", SYSTEM)
    elif case.stopped_at is not None:
        settle(post, case)
        standing = standings.of_case(post.session, case, look(post))
        if case.stopped_at is not None and is_stopped(standing):
            requests.keep(post, case)
            end(post, case, NOT_ALL_WILLING, SYSTEM)
    return Status(case.status) is Status.ENDED


def _warn(post: Post, case: Case) -> None:
    """Tell staff that a case whose yes still stands will soon be over.

    It ends on its day all the same: the other side would learn from a later end.
    """
    if Status(case.status) is Status.CONFIRMED:
        tell_mediators(post, case)
    if Status(case.status) in {Status.CONFIRMED, Status.NEEDS_HUMAN}:
        tell_coordinators(post, case)
