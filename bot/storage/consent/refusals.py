"""Who has said no: in one place, in a case; and what stands no more because of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from bot.storage.staff import COORDINATOR
from bot.storage.tables import Case, ConsentEvent, ConsentRecord, Holder, Party
from flows.effects import ConsentState

#: A no, or a yes taken back.
NOES: Final = (ConsentState.REFUSED, ConsentState.WITHDRAWN)


def stands_written_down() -> ColumnElement[bool]:
    """Fit a written-down word after which nobody in that place has said no.

    Whoever comes to it with a link may take it back in the chat. That they are let go
    of or erased later does not bring it back.
    """
    record, event = aliased(ConsentRecord), aliased(ConsentEvent)
    is_same_place = and_(
        record.party_id == ConsentRecord.party_id,
        or_(
            record.holder_id == ConsentRecord.holder_id,
            and_(record.holder_id.is_(None), ConsentRecord.holder_id.is_(None)),
        ),
        record.purpose == ConsentRecord.purpose,
    )
    no_later = exists().where(
        is_same_place,
        record.commitment.is_not(None),
        event.consent_id == record.id,
        event.state.in_(NOES),
        event.at >= ConsentEvent.at,
    )
    return and_(ConsentRecord.commitment.is_(None), ~no_later)


def is_own() -> ColumnElement[bool]:
    """Fit what somebody has said, not what staff took back when they let them go.

    Who comes back by a new link begins afresh.
    """
    return ConsentEvent.method != COORDINATOR


def of_place(
    session: Session, party: Party, holder: Holder | None
) -> Sequence[ConsentEvent]:
    """List the last words that are a no, of whoever has ever stood in a place."""
    query = (
        select(ConsentEvent)
        .join(ConsentRecord, ConsentRecord.head == ConsentEvent.hash)
        .where(
            ConsentRecord.party_id == party.id,
            ConsentRecord.holder_id == (holder.id if holder else None),
            ConsentEvent.consent_id == ConsentRecord.id,
            ConsentEvent.state.in_(NOES),
        )
    )
    return session.scalars(query).all()


def stops(session: Session, case: Case) -> dict[str, datetime]:
    """Tell when each party of a case last took a yes back, by the party's id."""
    query = (
        select(ConsentRecord.party_id, func.max(ConsentEvent.at).label("at"))
        .join(ConsentEvent, ConsentEvent.consent_id == ConsentRecord.id)
        .join(Party, Party.id == ConsentRecord.party_id)
        .where(
            Party.case_id == case.id,
            ConsentRecord.holder_id.is_(None),
            ConsentEvent.state == ConsentState.WITHDRAWN,
        )
        .group_by(ConsentRecord.party_id)
    )
    return {row.party_id: row.at for row in session.execute(query)}
