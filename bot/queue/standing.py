"""Work out anew where a case stands, and tell those whom it concerns."""

from collections.abc import Iterable

from bot.chat.notices import Post, tell_coordinators, tell_mediators
from bot.queue.ending import NOT_ALL_WILLING, end
from bot.storage import cases, records, standings
from bot.storage.standings import Look
from bot.storage.tables import Case, Holder, Party
from flows.case import Need, Status, reasons_to_raise, status
from flows.effects import Reason


def settle(post: Post, case: Case) -> Status:
    """Bring a case's status up to date after something in it has changed."""
    before = Status(case.status)
    standing = standings.of_case(post.session, case, look(post))
    if raised := reasons_to_raise(standing):
        _raise(post, case, raised)
        standing = standings.of_case(post.session, case, look(post))
    now = status(standing)
    if now is before:
        return now
    if now is Status.ENDED:
        end(post, case, NOT_ALL_WILLING, "system")
        return now
    case.status = now
    records.audit(post.session, "system", f"case {now}", case, post.at)
    if now is Status.CONFIRMED:
        tell_mediators(post, case)
    return now


def _raise(post: Post, case: Case, raised: Iterable[Need]) -> None:
    parties = cases.parties(post.session, case)
    for need in raised:
        party = None if need.party is None else parties[need.party]
        need_human(post, case, party, need.reason)


def look(post: Post) -> Look:
    """Give what it takes to read where a case stands."""
    return Look(post.tools.keys, post.at)


def need_human(
    post: Post,
    case: Case,
    party: Party | None,
    reason: Reason,
    holder: Holder | None = None,
) -> None:
    """Note that a human has to look at a case and tell the coordinators.

    What a holder asks for is neither the child's to know nor to wait for.
    """
    if cases.raise_need(post.session, case, party, reason, post.at, holder):
        tell_coordinators(post, case)
