"""Mediators and coordinators: who they are, and in which district."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from bot.storage.tables import Case, Link, Person, Staff
from flows.rules.case import RELEASED, Status

COORDINATOR = "coordinator"
MEDIATOR = "mediator"
#: A self-referral may not know its district; then every coordinator is told.
UNKNOWN_DISTRICT = "unknown"


def join(session: Session, person: Person, link: Link, at: datetime) -> Staff:
    """Take up somebody who accepted an invitation."""
    staff = Staff(
        person_id=person.id,
        role=link.role,
        district=link.district or UNKNOWN_DISTRICT,
        label=link.label,
        joined_at=at,
    )
    session.add(staff)
    session.flush()
    return staff


def serving(session: Session, role: str, district: str) -> Sequence[Staff]:
    """List who serves a district in one role."""
    return session.scalars(_serving(role, district)).all()


def listed(session: Session) -> Sequence[Staff]:
    """List everybody who serves, by district."""
    query = select(Staff).where(Staff.removed_at.is_(None))
    return session.scalars(query.order_by(Staff.district, Staff.role)).all()


def mediator_for(session: Session, person: Person, district: str) -> Staff | None:
    """Find the person among the mediators of a district."""
    among = _serving(MEDIATOR, district).where(Staff.person_id == person.id)
    return session.scalars(among.limit(1)).first()


def serves(session: Session, person: Person, district: str) -> bool:
    """Tell whether somebody is mediator or coordinator of a district."""
    return any(
        place.district in {district, UNKNOWN_DISTRICT}
        for place in of_person(session, person)
    )


def _serving(role: str, district: str) -> Select[Staff]:
    query = select(Staff).where(Staff.role == role, Staff.removed_at.is_(None))
    if district != UNKNOWN_DISTRICT:
        query = query.where(Staff.district == district)
    return query.order_by(Staff.joined_at)


def of_person(session: Session, person: Person) -> Sequence[Staff]:
    """List where a person serves."""
    query = select(Staff).where(
        Staff.person_id == person.id, Staff.removed_at.is_(None)
    )
    return session.scalars(query).all()


def left_behind(session: Session) -> Sequence[Case]:
    """List the cases whose mediator serves no more, oldest first."""
    query = select(Case).join(Staff, Staff.id == Case.mediator_id)
    query = query.where(Staff.removed_at.is_not(None), Case.status.in_(RELEASED))
    return session.scalars(query.order_by(Case.opened_at, Case.reference)).all()


def waiting_for(session: Session, person: Person) -> Sequence[str]:
    """List the references of the cases that this person could take as a mediator."""
    serves = exists().where(
        Staff.person_id == person.id,
        Staff.role == MEDIATOR,
        Staff.removed_at.is_(None),
        or_(Staff.district == Case.district, Case.district == UNKNOWN_DISTRICT),
    )
    query = select(Case.reference).where(Case.status == Status.CONFIRMED, serves)
    return session.scalars(query).all()
