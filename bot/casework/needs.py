"""What of a case a human must look at, as staff see it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.chat.post import Post
from bot.queue.standing import holder_states
from bot.storage import Session, cases, holders
from bot.storage.consent.consents import SYSTEM
from bot.storage.tables import Case, Holder, HumanNeed, Party
from flows.effects import Reason
from flows.rules.holders import HolderState
from flows.rules.reasons import handling

_STATED: Final = HolderState.STATED


@dataclass(frozen=True, slots=True)
class RecordedNeed:
    """One reason for which a case needed a human; without a role it is the case's."""

    reason: str
    role: str | None
    n: int | None
    #: Which of the party's holders asked for it, from 1; None if it is the party's own.
    holder: int | None
    #: Whom it is about: that one, or all whose yes is to be made sure of.
    holders: Sequence[int]
    raised: datetime
    cleared: datetime | None
    by: str | None
    #: How they looked at it: call, meeting or file; None where nobody has.
    how: str | None

    @property
    def is_checked_before(self) -> bool:
        """Tell whether it was checked when the case was opened, and never raised."""
        is_of_police = handling(Reason(self.reason)).is_of_police
        return is_of_police and self.cleared == self.raised


def needs_of(
    post: Post, case: Case, stands: Mapping[str, HolderState]
) -> list[RecordedNeed]:
    """List every reason for which a case needed a human, and what became of it."""
    stated = _stated(stands)
    return [
        _need(post.session, case, need, stated)
        for need in cases.needs(post.session, case)
    ]


def waits_for_a_human(post: Post, case: Case) -> list[RecordedNeed]:
    """List what waits for a human in a case that goes on."""
    if cases.is_final(case):
        return []
    open_ = cases.open_needs(post.session, case)
    stated = _stated(holder_states(post, case)) if open_ else frozenset[str]()
    return [_need(post.session, case, need, stated) for need in open_]


def _stated(stands: Mapping[str, HolderState]) -> frozenset[str]:
    """Pick the holders who have said yes in the chat, which nobody has verified."""
    return frozenset(who for who, state in stands.items() if state is _STATED)


def _need(
    session: Session, case: Case, need: HumanNeed, stated: Collection[str]
) -> RecordedNeed:
    """Show a need; one that its case has outlived waits for nobody.

    It is closed only when the parties are told, as whom it held up would notice.
    """
    party = session.get(Party, need.party_id) if need.party_id else None
    holder = session.get(Holder, need.holder_id) if need.holder_id else None
    cleared, by = need.cleared_at, need.cleared_by
    waits = cleared is None and not cases.is_final(case)
    if cleared is None and case.ended_at is not None:
        cleared, by = case.ended_at, SYSTEM
    verifies = need.reason == Reason.VERIFY_HOLDER and waits
    asked_by = [holder.n] if holder else []
    return RecordedNeed(
        reason=need.reason,
        role=party.role if party else None,
        n=party.n if party else None,
        holder=holder.n if holder else None,
        holders=_to_verify(session, party, stated) if verifies else asked_by,
        raised=need.raised_at,
        cleared=cleared,
        by=by,
        how=need.cleared_how,
    )


def _to_verify(
    session: Session, party: Party | None, stated: Collection[str]
) -> list[int]:
    """Number the holders of whose yes somebody is to make sure."""
    if party is None:
        return []
    return [one.n for one in holders.of_party(session, party) if one.id in stated]
