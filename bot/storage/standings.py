"""Where the parties of a case stand: what is kept of them, gathered in few queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.storage.cases import UNSETTLED, WITHDRAWN, needs, parties
from bot.storage.consent import refusals
from bot.storage.sides import Look, gathered
from bot.storage.tables import Case, HumanNeed, Party
from flows.effects import Reason
from flows.facts import Role
from flows.rules.case import CaseStanding, Need, Relation, Status
from flows.rules.reasons import handling
from flows.rules.side import Side, summary

__all__ = ["Gathered", "Look", "gather", "of_case", "of_side", "standing_of"]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Where the parties of a case stand at one moment; no need of a human is in it."""

    look: Look
    parties: Sequence[Party]
    #: One for each party, in their order.
    sides: tuple[Side, ...]


def gather(session: Session, case: Case, look: Look) -> Gathered:
    """Gather where the parties of a case stand."""
    found = parties(session, case)
    return Gathered(look, found, gathered(session, case, found, look))


def of_case(session: Session, case: Case, look: Look) -> CaseStanding:
    """Gather what decides where a case stands."""
    raised = needs(session, case)
    return standing_of(session, case, gather(session, case, look), raised)


def standing_of(
    session: Session, case: Case, found: Gathered, raised: Sequence[HumanNeed]
) -> CaseStanding:
    """Put together what decides where a case stands, with every need that it had."""
    number = {party.id: n for n, party in enumerate(found.parties)}
    stage = Status(case.status)
    require_all = found.look.require_all_holders
    return CaseStanding(
        relation=Relation(case.relation),
        parties=tuple(
            [summary(side, require_all_holders=require_all) for side in found.sides]
        ),
        open_needs=frozenset(_need(n, number) for n in raised if not n.cleared_at),
        cleared=frozenset(_need(n, number) for n in _settled(session, case, raised)),
        dropped=frozenset(_need(n, number) for n in _dropped(raised, found.parties)),
        stage=stage if stage.is_stage else None,
        is_alone=case.self_referral,
        was_stopped=case.stopped_at is not None,
        has_gap=None in [side.interest for side in found.sides],
    )


def of_side(session: Session, case: Case, role: Role, look: Look) -> tuple[Side, ...]:
    """Gather where the parties of one side stand."""
    found = [party for party in parties(session, case) if party.role == role]
    return gathered(session, case, found, look)


def _need(need: HumanNeed, number: Mapping[str, int]) -> Need:
    return Need(Reason(need.reason), number.get(need.party_id or ""))


def _settled(
    session: Session, case: Case, raised: Sequence[HumanNeed]
) -> Sequence[HumanNeed]:
    """Find what a human settled; a withdrawal settles nothing.

    What was settled with a holder is not settled for the child, nor what was settled
    with somebody for what they, or whoever has their place now, say after a stop.
    """
    found = [n for n in raised if n.cleared_at and n.holder_id is None]
    found = [n for n in found if n.cleared_reason not in UNSETTLED]
    if not any(_rests_on_words(need) for need in found):
        return found
    stopped = refusals.stops(session, case)
    return [need for need in found if not _is_before(need, stopped)]


def _rests_on_words(need: HumanNeed) -> bool:
    return need.party_id is not None or need.reason == Reason.RELATION_DIFFERS


def _is_before(need: HumanNeed, stopped: Mapping[str, datetime]) -> bool:
    """Tell whether somebody of whose words it was settled has stopped since."""
    if handling(Reason(need.reason)).is_of_police:
        return False
    if need.party_id is None and _rests_on_words(need):
        # What two do not say alike is settled for what both of them said then.
        stop = max(stopped.values(), default=None)
    else:
        stop = stopped.get(need.party_id or "")
    return bool(stop and need.cleared_at and need.cleared_at <= stop)


def _dropped(
    raised: Sequence[HumanNeed], found: Sequence[Party]
) -> Sequence[HumanNeed]:
    """Find what was dropped when those stopped who stand in the case now."""
    since = {party.id: party.joined_at for party in found}
    dropped = [n for n in raised if n.cleared_reason == WITHDRAWN and not n.holder_id]
    return [need for need in dropped if _is_of_now(need, since)]


def _is_of_now(need: HumanNeed, since: Mapping[str, datetime | None]) -> bool:
    joined = since.get(need.party_id or "")
    return joined is None or (need.cleared_at is not None and need.cleared_at >= joined)
