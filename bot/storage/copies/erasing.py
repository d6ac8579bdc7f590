"""Take out again who was erased, where an old backup has brought them back."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final

from sqlalchemy import Column, Select, delete, or_, select, update
from sqlalchemy.orm import Session

from bot.storage import holders, locks, people, standings
from bot.storage.cases import parties, raise_need, vacate
from bot.storage.consent import consents
from bot.storage.consent.consents import Shown, Subject
from bot.storage.keys.keystore import KeyStore
from bot.storage.standings import Look
from bot.storage.tables import (
    Case,
    Holder,
    HumanNeed,
    Link,
    Party,
    Person,
    Staff,
    StoredAnswer,
)
from flows.effects import ConsentState, Purpose
from flows.rules.case import FINAL, RELEASED, Need, Status, reasons_to_raise, status

#: How, and by whom, a yes runs out in the place of somebody who was erased.
_ERASURE: Final = "erasure"


def replay(
    session: Session, keys: KeyStore, at: datetime, *, require_all_holders: bool = True
) -> int:
    """Delete every row of those who were erased, and count them.

    A case in which one of them stood stays, as one of whom nobody has answered; a
    link that was bound to one of them is void. `require_all_holders` is the setting
    KONFLIKTRAAD_REQUIRE_ALL_HOLDERS.
    """
    look = Look(keys, at, require_all_holders)
    gone = sorted(people.known(session, keys.erased()))
    locks.people(session, gone)
    locks.cases(session, _cases_of(gone))
    for person_id in gone:
        _take_out(session, person_id, look)
    return len(gone)


def _take_out(session: Session, person_id: str, look: Look) -> None:
    at = look.at
    cases = session.scalars(_cases_of([person_id])).all()
    stood_in = select(Party).where(Party.person_id == person_id)
    for party in session.scalars(stood_in).all():
        _expire_written_down(session, Subject(party), at)
        _vacate(session, party)
    spoke_as = select(Holder).where(Holder.person_id == person_id)
    for holder in session.scalars(spoke_as).all():
        child = holders.party_of(session, holder)
        _expire_written_down(session, Subject(child, holder), at)
        holders.vacate(holder)
        session.execute(delete(HumanNeed).where(HumanNeed.holder_id == holder.id))
    _leave_office(session, person_id)
    session.execute(
        update(Link).where(Link.person_id == person_id).values(voided_at=at)
    )
    session.flush()
    for column in _columns_of_people():
        rows = column.table
        theirs = column == person_id
        if column.nullable:
            session.execute(rows.update().where(theirs).values({column.name: None}))
        else:
            session.execute(rows.delete().where(theirs))
    session.execute(delete(Person).where(Person.id == person_id))
    session.expire_all()
    _settle(session, cases, look)


def _expire_written_down(session: Session, subject: Subject, at: datetime) -> None:
    """Let no yes stand that was written down before: what came after it is gone."""
    for purpose in Purpose:
        word = consents.last(session, subject, purpose)
        if word is not None and word.said.is_yes:
            event = word.event
            said = Shown(event.language, _ERASURE, notice=event.notice)
            expired = ConsentState.EXPIRED
            consents.say(session, subject, purpose, expired, said, at, by=_ERASURE)


def _vacate(session: Session, party: Party) -> None:
    """Take what somebody has said out of their place in a case.

    What a parent waits for stays: they must not notice what their child does.
    """
    vacate(party)
    session.execute(delete(StoredAnswer).where(StoredAnswer.party_id == party.id))
    own = (HumanNeed.party_id == party.id, HumanNeed.holder_id.is_(None))
    session.execute(delete(HumanNeed).where(*own))


def _leave_office(session: Session, person_id: str) -> None:
    posts = select(Staff.id).where(Staff.person_id == person_id)
    session.execute(
        update(Case).where(Case.mediator_id.in_(posts)).values(mediator_id=None)
    )


def _columns_of_people() -> Iterator[Column[str]]:
    """Find the columns that name a person, those of dependent tables first."""
    for table in reversed(Person.metadata.sorted_tables):
        for column in table.columns:
            if column.references(Person.__table__.c.id):
                yield column


def _cases_of(gone: Collection[str]) -> Select[str]:
    """Find the cases in which people stand, as parties or as holders."""
    as_holder = select(Holder.party_id).where(Holder.person_id.in_(gone))
    return select(Party.case_id).where(
        or_(Party.person_id.in_(gone), Party.id.in_(as_holder))
    )


def _settle(session: Session, left: Collection[str], look: Look) -> None:
    """Bring the cases up to date that somebody has left, unless they go on or ended."""
    for case_id in set(left):
        case = session.get_one(Case, case_id)
        standing = standings.of_case(session, case, look)
        now = status(standing)
        if Status(case.status) not in (*RELEASED, *FINAL) and now is not Status.ENDED:
            _raise(session, case, reasons_to_raise(standing), look.at)
            case.status = now


def _raise(
    session: Session, case: Case, raised: Collection[Need], at: datetime
) -> None:
    """Write down why a human is needed; nobody is told before the program runs."""
    found = parties(session, case)
    for need in raised:
        party = None if need.party is None else found[need.party]
        raise_need(session, case, party, need.reason, at)
