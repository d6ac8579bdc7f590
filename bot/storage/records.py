"""What is noted beside the cases: updates seen, steps audited, figures, notices."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.addressing import EventRef
from bot.storage.engine.conflicts import add, insert_once, replace
from bot.storage.tables import (
    AuditEntry,
    Case,
    FailedTurn,
    Meta,
    Notice,
    OutboxRow,
    Person,
    SeenUpdate,
    Talk,
    Tally,
)

#: What was tallied in a unit of work and is not written yet.
_TALLIES: Final = "tallies"
#: Where the bot's user name is kept, for links.
BOT_USERNAME: Final = "bot_username"
_PLACE: Final = ("month", "district", "step", "role", "language")


def is_new(session: Session, event: EventRef, at: datetime) -> bool:
    """Note an update; False when it was acted on before.

    While another process acts on the same one, this waits for it.
    """
    row = {"channel": event.channel, "event_id": event.id, "at": at}
    return insert_once(session.connection(), SeenUpdate, row)


def add_failed_turn(
    session: Session,
    event: EventRef,
    person: Person | None,
    error: str,
    place: str,
    at: datetime,
) -> None:
    """Note a turn that could not be made, and nothing of what it was about."""
    session.add(
        FailedTurn(
            channel=event.channel,
            event_id=event.id,
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
    figures = session.info.setdefault(_TALLIES, Counter())
    figures[(f"{at:%Y-%m}", district, step, role, language)] += 1


def write_tallies(session: Session) -> None:
    """Write what was tallied; last in a unit of work, as many wait for these rows."""
    figures: Counter[tuple[str, ...]] = session.info.pop(_TALLIES, Counter())
    if figures:
        rows = [
            dict(zip(_PLACE, place, strict=True)) | {"number": number}
            for place, number in sorted(figures.items())
        ]
        add(session.connection(), Tally, "number", rows)


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


def is_told(
    session: Session,
    person: Person,
    text_id: str,
    values: Mapping[str, str],
    at: datetime,
    since: datetime | None = None,
) -> bool:
    """Tell whether the very same was laid ready for somebody at this moment.

    Or since an earlier one, where that is given.
    """
    is_then = Notice.at == at if since is None else Notice.at >= since
    query = select(Notice).where(
        Notice.person_id == person.id, Notice.text_id == text_id, is_then
    )
    return any(notice.values == dict(values) for notice in session.scalars(query))


def unread(session: Session, person: Person) -> Sequence[Notice]:
    """List the messages that a person has not read yet, oldest first."""
    query = select(Notice).where(
        Notice.person_id == person.id, Notice.shown_at.is_(None)
    )
    return session.scalars(query.order_by(Notice.id)).all()


def row_of_notice(
    session: Session, person: Person, text_id: str, reference: str
) -> int | None:
    """Find the outbox row in which a person was last told something of a case."""
    query = (
        select(OutboxRow.id, Notice.values)
        .join(Notice, OutboxRow.notice_id == Notice.id)
        .where(Notice.person_id == person.id, Notice.text_id == text_id)
        .order_by(OutboxRow.id.desc())
    )
    told = session.execute(query).all()
    return next((row for row, of in told if of.get("reference") == reference), None)


def meta(session: Session, name: str) -> str | None:
    """Read a fact about the database itself."""
    found = session.get(Meta, name)
    return found.value if found else None


def metas(session: Session, names: Collection[str]) -> dict[str, str]:
    """Read several facts about the database itself; what is not known is left out."""
    found = session.scalars(select(Meta).where(Meta.name.in_(names)))
    return {one.name: one.value for one in found}


def set_meta(session: Session, name: str, value: str) -> None:
    """Write down a fact about the database itself."""
    set_metas(session, {name: value})


def set_metas(session: Session, values: Mapping[str, str]) -> None:
    """Write down several facts about the database itself."""
    rows = [{"name": name, "value": value} for name, value in sorted(values.items())]
    replace(session.connection(), Meta, "name", rows)
