"""Work out anew where a case stands, and tell those whom it concerns."""

from collections.abc import Iterable, Sequence

from bot.chat.notices import tell_coordinators, tell_mediators
from bot.chat.post import Post
from bot.clock import danish_day
from bot.queue import standstill
from bot.queue.ending import NOT_ALL_WILLING, end
from bot.storage import cases, holders, records, standings
from bot.storage.standings import Gathered, Look
from bot.storage.tables import Case, Holder, HumanNeed, Party
from flows.effects import Reason
from flows.rules.case import FINAL, RELEASED, Need, Status, reasons_to_raise, status
from flows.rules.holders import HolderState, is_missed, state
from flows.rules.side import waits_for_holders


def settle(post: Post, case: Case) -> Status:
    """Bring a case's status up to date after something in it has changed."""
    session = post.session
    # What is dropped and raised below changes the needs, and nobody's side.
    found = standings.gather(session, case, look(post))
    needs = cases.needs(session, case)
    _drop_made_sure(post, case, found, needs)
    before = Status(case.status)
    if case.ends_on is not None and not cases.is_final(case):
        # What has changed may matter to the clock: the next batch looks when.
        case.due_at = danish_day(post.at)
    standing = standings.standing_of(session, case, found, needs)
    if raised := reasons_to_raise(standing):
        _raise(post, case, found, raised)
        needs = cases.needs(session, case)
        standing = standings.standing_of(session, case, found, needs)
    standstill.note(post, case, standing)
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


def _raise(post: Post, case: Case, found: Gathered, raised: Iterable[Need]) -> None:
    for need in raised:
        party = None if need.party is None else found.parties[need.party]
        need_human(post, case, party, need.reason)


def _drop_made_sure(
    post: Post, case: Case, found: Gathered, needs: Sequence[HumanNeed]
) -> None:
    """Let nobody make sure of a holder's yes where none is left of which to."""
    waiting = [
        need
        for need in needs
        if need.reason == Reason.VERIFY_HOLDER and need.cleared_at is None
    ]
    if not waiting:
        return
    stands = _holder_states(post, found)
    stated = {
        holder.party_id
        for holder in holders.of_case(post.session, case)
        if stands.get(holder.id) is HolderState.STATED
    }
    for need in waiting:
        if need.party_id not in stated:
            need.cleared_at, need.cleared_by = post.at, "system"
            need.cleared_reason = cases.WITHDRAWN
    post.session.flush()


def holder_states(post: Post, case: Case) -> dict[str, HolderState]:
    """Tell where each holder in a case stands, by the id of the holder.

    One who was let go of is left out, as nobody has to ask them again.
    """
    return _holder_states(post, standings.gather(post.session, case, look(post)))


def _holder_states(post: Post, found: Gathered) -> dict[str, HolderState]:
    return {
        holder.id: stands
        for party, side in zip(found.parties, found.sides, strict=True)
        for holder, standing in zip(
            holders.of_party(post.session, party), side.holders, strict=False
        )
        if (stands := state(standing)) is not HolderState.EXPIRED
        or is_missed(side.authority, holder.n, standing)
    }


def awaited_in_vain(post: Post, case: Case) -> list[Holder]:
    """List the holders whose link or yes has run out while their child waits for it."""
    found = holders.of_case(post.session, case)
    if not found or Status(case.status) in (*RELEASED, *FINAL):
        return []
    gathered = standings.gather(post.session, case, look(post))
    whole = post.tools.require_all_holders
    return [
        holder
        for party, side in zip(gathered.parties, gathered.sides, strict=True)
        if waits_for_holders(side, all_of_them=whole)
        for holder, standing in zip(
            (one for one in found if one.party_id == party.id),
            side.holders,
            strict=False,
        )
        if is_missed(side.authority, holder.n, standing)
    ]


def look(post: Post) -> Look:
    """Give what it takes to read where a case stands."""
    tools = post.tools
    return Look(tools.keys, post.at, tools.require_all_holders)


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
