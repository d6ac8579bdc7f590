"""What is noted beside the cases: updates seen, steps audited, figures, notices."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.tables import (
    AuditEntry,
    Case,
    FailedTurn,
    Meta,
    Notice,
    Person,
    SeenUpdate,
    Talk,
    Tally,
)


def is_new(session: Session, update_id: int, at: datetime) -> bool:
    """Note an update; False when it was acted on before."""
    if session.get(SeenUpdate, update_id) is not None:
        return False
    session.add(SeenUpdate(update_id=update_id, at=at))
    return True


def add_failed_turn(
    session: Session,
    update_id: int,
    person: Person | None,
    error: str,
    place: str,
    at: datetime,
) -> None:
    """Note a turn that could not be made, and nothing of what it was about."""
    session.add(
        FailedTurn(
            update_id=update_id,
            person_id=person.id if person else None,
            error=error,
            place=place,
            at=at,
        )
    )


def failed_since(session: Session, since: datetime) -> Sequence[FailedTurn]:
    """List the turns that could not be made, oldest first."""
    query = select(FailedTurn).where(FailedTurn.at >= since)
    return session.scalars(query.order_by(FailedTurn.id)).all()


def audit(
    session: Session,
    who: str,
    action: str,
    case: Case | None,
    at: datetime,
    note: str | None = None,
) -> None:
    """Note who did what; never what a party said."""
    case_id = case.id if case else None
    session.add(AuditEntry(at=at, who=who, action=action, case_id=case_id, note=note))


def tally(
    session: Session, at: datetime, district: str, step: str, role: str, language: str
) -> None:
    """Add one to a figure that outlives every erasure and names nobody."""
    place = {
        "month": f"{at:%Y-%m}",
        "district": district,
        "step": step,
        "role": role,
        "language": language,
    }
    found = session.get(Tally, place)
    if found is None:
        session.add(Tally(**place, number=1))
        session.flush()
    else:
        found.number += 1


def add_notice(
    session: Session,
    person: Person,
    talk: Talk | None,
    text_id: str,
    values: Mapping[str, str],
    at: datetime,
) -> Notice:
    """Lay a message ready that the person may come and read."""
    notice = Notice(
        person_id=person.id,
        talk_id=talk.id if talk else None,
        text_id=text_id,
        values=dict(values),
        at=at,
    )
    session.add(notice)
    session.flush()
    return notice


def unread(session: Session, person: Person) -> Sequence[Notice]:
    """List the messages that a person has not read yet, oldest first."""
    query = select(Notice).where(
        Notice.person_id == person.id, Notice.shown_at.is_(None)
    )
    return session.scalars(query.order_by(Notice.id)).all()


def meta(session: Session, name: str) -> str | None:
    """Read a fact about the database itself."""
    found = session.get(Meta, name)
    return found.value if found else None


def set_meta(session: Session, name: str, value: str) -> None:
    """Write down a fact about the database itself."""
    session.merge(Meta(name=name, value=value))
