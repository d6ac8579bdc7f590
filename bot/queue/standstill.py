"""A case that stands still: stopped after its release, until the next batch."""

from bot.chat.notices import tell_mediator
from bot.chat.post import Post
from bot.clock import danish_day
from bot.queue.card_in_chat import take_out
from bot.storage import records
from bot.storage.tables import Case
from flows.rules.case import CaseStanding, goes_on, is_stopped


def note(post: Post, case: Case, standing: CaseStanding) -> None:
    """Tell the mediator at once when a case is to stand still, or goes on again.

    The other side is told by the next batch, which ends the case, and by nobody else.
    """
    if case.stopped_at is None:
        if is_stopped(standing):
            _stop(post, case)
    elif goes_on(standing):
        _go_on(post, case)


def regret(post: Post, case: Case) -> None:
    """Tell the mediator that a stop is being taken back: once, however often it is.

    Nobody is called all the same, as no yes has been said again.
    """
    if case.stopped_at is not None:
        since = case.stopped_at
        tell_mediator(post, case, "notice.regretted_for_mediator", since=since)


def _stop(post: Post, case: Case) -> None:
    case.stopped_at, case.due_at = post.at, danish_day(post.at)
    records.audit(post.session, "system", "case stopped", case, post.at)
    take_out(post, case)
    tell_mediator(post, case, "notice.stopped_for_mediator")


def _go_on(post: Post, case: Case) -> None:
    case.stopped_at = None
    records.audit(post.session, "system", "case goes on", case, post.at)
    tell_mediator(post, case, "notice.resumed_for_mediator")
