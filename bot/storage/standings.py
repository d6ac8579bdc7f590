"""Where the parties of a case stand: what is kept of them, gathered in few queries."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.cases import WITHDRAWN, needs, parties
from bot.storage.tables import Case, Consent, HumanNeed, Party, StoredAnswer
from flows import FLOWS
from flows.case import CaseStanding, Need, Relation, Status
from flows.dialogues.consent import CONSENT
from flows.effects import ConsentState, Purpose, Reason
from flows.facts import (
    AgeBand,
    Confession,
    Fear,
    Interest,
    Majority,
    Orders,
    Role,
    Tie,
)
from flows.side import WAYS, Side, summary


def of_case(session: Session, case: Case) -> CaseStanding:
    """Gather what decides where a case stands."""
    raised = needs(session, case)
    number = {party.id: n for n, party in enumerate(parties(session, case))}
    stage = Status(case.status)
    return CaseStanding(
        relation=Relation(case.relation),
        parties=tuple(map(summary, _sides(session, case))),
        open_needs=frozenset(_need(n, number) for n in raised if not n.cleared_at),
        cleared=frozenset(_need(n, number) for n in raised if _is_settled(n)),
        stage=stage if stage.is_stage else None,
        is_alone=case.self_referral,
    )


def of_side(session: Session, case: Case, role: Role) -> tuple[Side, ...]:
    """Gather where the parties of one side stand."""
    return tuple(side for side in _sides(session, case) if side.role is role)


def _need(need: HumanNeed, number: Mapping[str, int]) -> Need:
    return Need(Reason(need.reason), number.get(need.party_id or ""))


def _sides(session: Session, case: Case) -> tuple[Side, ...]:
    agreed = _last_words(session, case)
    ways = _ways(session, case)
    return tuple(
        Side(
            role=Role(party.role),
            age_band=AgeBand(party.age_band) if party.age_band else None,
            majority=_majority(party),
            interest=Interest(party.interest) if party.interest else None,
            confession=Confession(party.confession) if party.confession else None,
            takes_part=agreed.get((party.id, Purpose.TAKE_PART)),
            knows_data_notice=agreed.get((party.id, Purpose.DATA_NOTICE)) is True,
            reached_by=frozenset(name for owner, name in ways if owner == party.id),
            # Nobody is asked these yet.
            tie=Tie.STRANGER,
            orders=Orders.NO,
            fear=Fear.NO,
            has_understood=True,
        )
        for party in parties(session, case)
    )


def _majority(party: Party) -> Majority | None:
    if party.age_band is None:
        return None
    is_adult = party.age_band == AgeBand.ADULT
    return Majority.ADULT if is_adult else Majority.MINOR


def _last_words(session: Session, case: Case) -> dict[tuple[str, str], bool | None]:
    """Tell what each party last said to each purpose, of whom it stands for now."""
    query = (
        select(
            Consent.party_id, Consent.purpose, Consent.answer, Consent.notice_version
        )
        .join(Party, Party.id == Consent.party_id)
        .where(Party.case_id == case.id, Party.person_id == Consent.person_id)
        .order_by(Consent.n)
    )
    return {
        (party_id, purpose): _agreed(answer, version)
        for party_id, purpose, answer, version in session.execute(query)
    }


def _agreed(answer: str, version: int) -> bool | None:
    """Read the last word on a purpose; a yes to an earlier text is none to this one."""
    if answer != ConsentState.GIVEN:
        return False
    return True if version == FLOWS[CONSENT.id].version else None


def _ways(session: Session, case: Case) -> set[tuple[str | None, str]]:
    """Tell which parties have given a number or an address."""
    query = (
        select(StoredAnswer.party_id, StoredAnswer.name)
        .join(Party, Party.id == StoredAnswer.party_id)
        .where(Party.case_id == case.id, StoredAnswer.name.in_(WAYS))
    )
    return {(party_id, name) for party_id, name in session.execute(query)}


def _is_settled(need: HumanNeed) -> bool:
    """Tell whether a human settled it; a withdrawal settles nothing."""
    return need.cleared_at is not None and need.cleared_reason != WITHDRAWN
