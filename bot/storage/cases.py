"""Cases, their parties, and what in them waits for a human."""

import re
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import bindparam, or_, select, union_all, update
from sqlalchemy.orm import Session

from bot.clock import danish_day
from bot.storage import locks
from bot.storage.tables import Case, Holder, HumanNeed, Party, Person, Staff
from flows.effects import Reason
from flows.facts import Role
from flows.rules.case import FINAL, RELEASED, Relation, Status, is_over_for_parties

#: Crockford's letters: none is mistaken for another when read aloud.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_REFERENCE_LENGTH = 6
_REFERENCE = re.compile(rf"\bKR-[{LETTERS}]{{{_REFERENCE_LENGTH}}}\b")
#: The reason with which a withdrawal clears what waited for a human.
WITHDRAWN = "withdrawn"
#: Stands at what nobody settled before the case was over.
ENDED = "case_over"
#: Stands at what the person's own later yes has answered.
OWN_YES = "own_yes"
#: After these no human has looked.
UNSETTLED = (WITHDRAWN, ENDED, OWN_YES)
_BLOCKED = (
    select(Party.case_id, Party.id, Person.blocked_at)
    .join(Person, Person.id == Party.person_id)
    .where(Person.blocked_at.is_not(None))
)

# Asked at almost every turn, so they are put together once.
_PARTIES: Final = (
    select(Party)
    .where(Party.case_id == bindparam("case"))
    .order_by(Party.role.desc(), Party.n)
)
_NEEDS: Final = (
    select(HumanNeed)
    .where(HumanNeed.case_id == bindparam("case"))
    .order_by(HumanNeed.raised_at)
    # A new one is written where it is raised: nothing else need be written before.
    .execution_options(autoflush=False)
)


def open_case(
    session: Session,
    district: str,
    relation: Relation,
    at: datetime,
    ends_on: date | None,
) -> Case:
    """Open a case under a reference that tells nothing.

    On which day the clock looks at it first is found out by the next daily batch.
    """
    case = Case(
        reference=_new_reference(session),
        district=district,
        relation=relation,
        status=Status.COLLECTING,
        opened_at=at,
        ends_on=ends_on,
        due_at=danish_day(at) if ends_on else None,
    )
    session.add(case)
    session.flush()
    return case


def add_party(session: Session, case: Case, role: Role) -> Party:
    """Add a party on one side of a case; parties of a side are counted from 1."""
    n = 1 + sum(party.role == role for party in parties(session, case))
    party = Party(case_id=case.id, role=role, n=n)
    session.add(party)
    session.flush()
    return party


def references_in(text: str) -> list[str]:
    """Find what looks like a reference, upper or lower case."""
    return _REFERENCE.findall(text.upper())


def by_reference(session: Session, reference: str) -> Case | None:
    """Find a case by its reference, upper or lower case."""
    return session.scalar(select(Case).where(Case.reference == reference.upper()))


def to_change(session: Session, reference: str) -> Case | None:
    """Find a case as `by_reference` does, and let nobody else change it meanwhile."""
    written = references_in(reference)
    return locks.case(session, written[0]) if written else None


def listed(session: Session, status: Status | None = None) -> Sequence[Case]:
    """List cases, oldest first, perhaps only those of one status."""
    query = select(Case).order_by(Case.opened_at, Case.reference)
    return session.scalars(
        query.where(Case.status == status) if status else query
    ).all()


def taken_by(session: Session, mediator: Staff) -> list[Case]:
    """List the cases that a mediator has now, oldest first, to be changed."""
    ever = select(Case.id).where(Case.mediator_id == mediator.id)
    now = [c for c in locks.cases(session, ever) if Status(c.status) in RELEASED]
    return sorted(now, key=lambda case: case.opened_at)


def blocked_since(session: Session, case: Case) -> dict[str, datetime]:
    """Tell which parties of a case have blocked the bot, and since when."""
    found = session.execute(_BLOCKED.where(Party.case_id == case.id))
    return {row.id: row.blocked_at for row in found}


def blocked_parties(session: Session) -> Counter[str]:
    """Count for each case the parties who have blocked the bot."""
    return Counter(row.case_id for row in session.execute(_BLOCKED))


def next_due(session: Session, day: date, after: str) -> Case | None:
    """Find the next case that the clock must look at on a day or before, to be changed.

    Args:
        session: the unit of work.
        day: the last day that counts.
        after: the reference behind which to go on.
    """
    is_due = (Case.due_at <= day, Case.reference > after)
    query = select(Case.reference).where(*is_due).order_by(Case.reference).limit(1)
    while (found := session.scalar(query)) is not None:
        case = locks.case(session, found)
        # Who was waited for may have changed it meanwhile.
        if case is not None and case.due_at is not None and case.due_at <= day:
            return case
    return None


def look_at_all(session: Session, day: date) -> None:
    """Let the clock look on this day at every case that is not over."""
    is_later = or_(Case.due_at.is_(None), Case.due_at > day)
    is_open = Case.status.not_in(FINAL)
    session.execute(update(Case).where(is_open, is_later).values(due_at=day))


def is_final(case: Case) -> bool:
    """Tell whether a case is over."""
    return Status(case.status) in FINAL


def is_over(case: Case) -> bool:
    """Tell whether a case is over as far as its parties may see."""
    return is_over_for_parties(
        Status(case.status), is_told=case.due_at is None, is_alone=case.self_referral
    )


def parties(session: Session, case: Case) -> Sequence[Party]:
    """List the parties of a case, victims first, each side in order."""
    return session.scalars(_PARTIES, {"case": case.id}).all()


def of(session: Session, party: Party) -> Case:
    """Give the case in which a party stands."""
    return session.get_one(Case, party.case_id)


def is_in(session: Session, case: Case, person: Person) -> bool:
    """Tell whether somebody stands in a case, as a party or as a holder."""
    as_party = select(Party.id).where(
        Party.case_id == case.id, Party.person_id == person.id
    )
    as_holder = (
        select(Holder.id)
        .join(Party, Party.id == Holder.party_id)
        .where(Party.case_id == case.id, Holder.person_id == person.id)
    )
    return session.scalars(union_all(as_party, as_holder)).first() is not None


def vacate(party: Party) -> None:
    """Take what somebody has said out of their place in a case."""
    party.joined_at = party.withdrawn_at = None
    party.age_band = party.told_age_band = None
    unsay(party)


def unsay(party: Party) -> None:
    """Let nothing that a party has said count for a later yes."""
    party.interest = party.confession = None
    party.tie = party.orders = party.fear = None
    party.authority = party.may_ask_holders = party.understood_at = None


def raise_need(
    session: Session,
    case: Case,
    party: Party | None,
    reason: Reason,
    at: datetime,
    holder: Holder | None = None,
) -> bool:
    """Note that a human is needed; False when the same was open already."""
    whose = (party and party.id, holder and holder.id)
    for need in open_needs(session, case):
        if need.reason == reason and (need.party_id, need.holder_id) == whose:
            return False
    session.add(
        HumanNeed(
            case_id=case.id,
            party_id=party.id if party else None,
            holder_id=holder.id if holder else None,
            reason=reason,
            raised_at=at,
        )
    )
    session.flush()
    return True


@dataclass(frozen=True, slots=True)
class Looked:
    """Who of the staff has looked at what, how and when."""

    reason: Reason
    how: str
    by: str
    at: datetime


def keep_settled(
    session: Session, case: Case, party: Party | None, looked: Looked
) -> None:
    """Note that somebody has looked at something before it was ever raised."""
    session.add(
        HumanNeed(
            case_id=case.id,
            party_id=party.id if party else None,
            reason=looked.reason,
            raised_at=looked.at,
            cleared_at=looked.at,
            cleared_by=looked.by,
            cleared_reason=looked.reason,
            cleared_how=looked.how,
        )
    )
    session.flush()


def needs(session: Session, case: Case) -> Sequence[HumanNeed]:
    """List every reason for which the case needed a human, oldest first."""
    return session.scalars(_NEEDS, {"case": case.id}).all()


def open_needs(session: Session, case: Case) -> list[HumanNeed]:
    """List the reasons that no human has settled yet."""
    return [need for need in needs(session, case) if need.cleared_at is None]


def drop_needs(session: Session, case: Case, who: Party | Holder, at: datetime) -> None:
    """Let nobody get in touch any more with a party, or a holder, that has withdrawn.

    What a holder waits for outlives the stop of the child: they must not notice it.
    """
    for need in open_needs(session, case):
        if (need.holder_id or need.party_id) == who.id:
            need.cleared_at, need.cleared_by = at, "system"
            need.cleared_reason = WITHDRAWN
    session.flush()


def answer_need(
    session: Session, case: Case, party: Party, reason: Reason, by: str, at: datetime
) -> HumanNeed | None:
    """Close a need of a party that its own later yes answers; None if none is open."""
    for need in open_needs(session, case):
        if (need.party_id, need.holder_id, need.reason) == (party.id, None, reason):
            need.cleared_at, need.cleared_by = at, by
            need.cleared_reason = OWN_YES
            session.flush()
            return need
    return None


def close_needs(session: Session, case: Case, at: datetime) -> None:
    """Let nobody look any more at what is open in a case that is over."""
    for need in open_needs(session, case):
        need.cleared_at, need.cleared_by = at, "system"
        need.cleared_reason = ENDED
    session.flush()


def _new_reference(session: Session) -> str:
    while True:
        letters = "".join(secrets.choice(LETTERS) for _ in range(_REFERENCE_LENGTH))
        if by_reference(session, reference := f"KR-{letters}") is None:
            return reference
