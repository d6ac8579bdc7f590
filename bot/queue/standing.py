"""Work out anew where a case stands, and tell those whom it concerns."""

from bot.notices import (
    Post,
    tell_coordinators,
    tell_mediator,
    tell_mediators,
    tell_party,
)
from bot.storage import cases, records
from bot.storage.tables import Case, Party
from flows.case import RELEASED, Status, reasons_to_raise, status
from flows.effects import Reason

#: Stands in the case where an end has no reason that anybody may learn.
NOT_ALL_WILLING = "not_all_willing"


def settle(post: Post, case: Case) -> Status:
    """Bring a case's status up to date after something in it has changed."""
    for reason in reasons_to_raise(cases.standing(post.session, case)):
        need_human(post, case, None, reason)
    before = Status(case.status)
    now = status(cases.standing(post.session, case))
    if now is before:
        return now
    case.status = now
    records.audit(post.session, "system", f"case {now}", case, post.at)
    if now is Status.CONFIRMED:
        tell_mediators(post, case)
    if now is Status.ENDED and before in RELEASED:
        _end_released(post, case)
    return now


def need_human(post: Post, case: Case, party: Party | None, reason: Reason) -> None:
    """Note that a human has to look at a case and tell the coordinators."""
    if cases.raise_need(post.session, case, party, reason, post.at):
        tell_coordinators(post, case)


def end(post: Post, case: Case, reason: str, by: str) -> None:
    """End a case; its parties learn it in one constant text, never why.

    Before release they are told in the daily batch, so that no timing tells; after
    it safety goes first, and everybody is told at once.
    """
    was_released = Status(case.status) in RELEASED
    case.status, case.ended_at = Status.ENDED, post.at
    case.ended_reason, case.ended_by = reason, by
    records.audit(post.session, by, "case ended", case, post.at, reason)
    if was_released:
        _tell_end(post, case)
    else:
        case.due_at = post.at.date()


def _end_released(post: Post, case: Case) -> None:
    case.ended_at, case.ended_reason = post.at, NOT_ALL_WILLING
    case.ended_by = "system"
    _tell_end(post, case)


def _tell_end(post: Post, case: Case) -> None:
    case.due_at = None
    tell_mediator(post, case, "notice.ended_for_mediator")
    for party in cases.parties(post.session, case):
        if party.withdrawn_at is None:
            tell_party(post, party, "closing.ended")
