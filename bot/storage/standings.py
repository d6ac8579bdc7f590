"""Where the parties of a case stand: what is kept of them, gathered in few queries."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from bot.storage.cases import WITHDRAWN, needs, parties
from bot.storage.sides import Look, gathered
from bot.storage.tables import Case, HumanNeed
from flows.case import CaseStanding, Need, Relation, Status
from flows.effects import Reason
from flows.facts import Role
from flows.side import Side, summary

__all__ = ["Look", "of_case", "of_side"]


def of_case(session: Session, case: Case, look: Look) -> CaseStanding:
    """Gather what decides where a case stands."""
    raised = needs(session, case)
    found = parties(session, case)
    number = {party.id: n for n, party in enumerate(found)}
    stage = Status(case.status)
    return CaseStanding(
        relation=Relation(case.relation),
        parties=tuple(
            summary(side, require_all_holders=look.require_all_holders)
            for side in gathered(session, case, found, look)
        ),
        open_needs=frozenset(_need(n, number) for n in raised if not n.cleared_at),
        cleared=frozenset(_need(n, number) for n in raised if _is_settled(n)),
        stage=stage if stage.is_stage else None,
        is_alone=case.self_referral,
    )


def of_side(session: Session, case: Case, role: Role, look: Look) -> tuple[Side, ...]:
    """Gather where the parties of one side stand."""
    found = [party for party in parties(session, case) if party.role == role]
    return gathered(session, case, found, look)


def _need(need: HumanNeed, number: Mapping[str, int]) -> Need:
    return Need(Reason(need.reason), number.get(need.party_id or ""))


def _is_settled(need: HumanNeed) -> bool:
    """Tell whether a human settled it; a withdrawal settles nothing.

    What was settled with a holder is not settled for the child.
    """
    if need.holder_id is not None:
        return False
    return need.cleared_at is not None and need.cleared_reason != WITHDRAWN
