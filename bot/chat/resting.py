"""Where people rest: what is told there goes by where their case stands now."""

from typing import Final

from bot.chat.visit import Visit
from bot.storage import cases, talks
from bot.storage.holding_up import holds_up
from bot.storage.tables import HumanNeed
from flows.case import RELEASED, Status
from flows.effects import Reason
from flows.model import MessageId, State
from flows.rests import Since, said_since, status_since

#: These hold nobody up, and whoever waits for them knows of them.
_KNOWN: Final = frozenset({Reason.ASKED_FOR, Reason.TURNING_18})


def says(visit: Visit, state: State) -> tuple[MessageId, ...]:
    """Give the texts of a state; at a rest, those that hold by now."""
    talk = visit.talk
    if talk is None or not state.rest:
        return state.says
    return said_since(talks.position(talk).place, _since(visit)) or state.says


def status(visit: Visit, state: State, usual: MessageId) -> MessageId:
    """Give the words on how far somebody has come that hold by now."""
    talk = visit.talk
    if talk is None or not state.rest:
        return usual
    return status_since(talks.position(talk).place, _since(visit)) or usual


def _since(visit: Visit) -> Since:
    case, holder = visit.case, visit.holder
    if case is None:
        return Since()
    return Since(
        is_claimed=Status(case.status) in RELEASED,
        is_over=case.claimed_at is not None and cases.is_over(case),
        is_verified=holder is not None and holder.verified_at is not None,
        is_looked_at=_is_looked_at(visit),
    )


def _is_looked_at(visit: Visit) -> bool:
    """Tell whether a human has settled all for which this person waits.

    What waits only as the other side is willing too is left out: it would tell that.
    """
    if visit.case is None:
        return False
    own = [
        need
        for need in cases.needs(visit.session, visit.case)
        if _is_own(visit, need) and need.cleared_reason != cases.WITHDRAWN
    ]
    return bool(own) and all(need.cleared_at is not None for need in own)


def _is_own(visit: Visit, need: HumanNeed) -> bool:
    party, holder = visit.spoken_for, visit.holder
    if party is None or need.party_id != party.id:
        return False
    if need.holder_id != (holder.id if holder else None):
        return False
    return need.reason in _KNOWN or holds_up(visit.session, need)
