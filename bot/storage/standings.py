"""Where the parties of a case stand: what is kept of them, gathered in few queries."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.cases import WITHDRAWN, needs, parties
from bot.storage.tables import Case, Consent, HumanNeed, Party, StoredAnswer
from flows import FLOWS
from flows.case import CaseStanding, Relation, Standing, Status
from flows.dialogues.consent import CONSENT
from flows.effects import Purpose, Reason
from flows.facts import AgeBand, Confession, Interest, Role


def of_case(session: Session, case: Case) -> CaseStanding:
    """Gather what decides where a case stands."""
    raised = needs(session, case)
    stage = Status(case.status)
    return CaseStanding(
        relation=Relation(case.relation),
        parties=_parties(session, case),
        open_needs=frozenset(Reason(n.reason) for n in raised if not n.cleared_at),
        cleared=frozenset(Reason(n.reason) for n in raised if _is_settled(n)),
        stage=stage if stage.is_stage else None,
    )


def of_side(session: Session, case: Case, role: Role) -> tuple[Standing, ...]:
    """Gather where the parties of one side stand."""
    return tuple(party for party in _parties(session, case) if party.role is role)


def _parties(session: Session, case: Case) -> tuple[Standing, ...]:
    agreed = _last_words(session, case)
    can_be_reached = _reachable(session, case)
    return tuple(
        Standing(
            role=Role(party.role),
            age_band=AgeBand(party.age_band) if party.age_band else None,
            interest=Interest(party.interest) if party.interest else None,
            confession=Confession(party.confession) if party.confession else None,
            takes_part=agreed.get((party.id, Purpose.TAKE_PART)),
            knows_data_notice=agreed.get((party.id, Purpose.DATA_NOTICE)) is True,
            can_be_reached=party.id in can_be_reached,
        )
        for party in parties(session, case)
    )


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
    if answer != "given":
        return False
    return True if version == FLOWS[CONSENT.id].version else None


def _reachable(session: Session, case: Case) -> frozenset[str | None]:
    """Tell which parties have given a number or an address."""
    query = (
        select(StoredAnswer.party_id)
        .join(Party, Party.id == StoredAnswer.party_id)
        .where(Party.case_id == case.id, StoredAnswer.name.in_(("phone", "email")))
    )
    return frozenset(session.scalars(query))


def _is_settled(need: HumanNeed) -> bool:
    """Tell whether a human settled it; a withdrawal settles nothing."""
    return need.cleared_at is not None and need.cleared_reason != WITHDRAWN
