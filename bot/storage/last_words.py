"""What everybody in a case last said to each purpose, read in one query."""

from dataclasses import dataclass
from typing import Final, TypeAlias

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session

from bot.storage import noes
from bot.storage.tables import (
    Case,
    ConsentEvent,
    ConsentNotice,
    ConsentRecord,
    Holder,
    Party,
)
from flows.notices import is_current

#: A party, a holder who speaks for it or None, and a purpose.
Place: TypeAlias = tuple[str, str | None, str]

# Asked whenever a case is settled, so it is put together once. Of each record only the
# last event counts, and of a person's only while that person stands there; what was
# written down for somebody without the bot stands when they come to it, until a no.
_LAST: Final = (
    select(ConsentRecord, ConsentEvent, ConsentNotice.notice, ConsentNotice.version)
    .join(Party, Party.id == ConsentRecord.party_id)
    .outerjoin(Holder, Holder.id == ConsentRecord.holder_id)
    .join(
        ConsentEvent,
        and_(
            ConsentEvent.consent_id == ConsentRecord.id,
            ConsentEvent.hash == ConsentRecord.head,
        ),
    )
    .outerjoin(ConsentNotice, ConsentNotice.sha256 == ConsentEvent.notice)
    .where(
        Party.case_id == bindparam("case"),
        noes.is_own(),
        or_(
            noes.stands_written_down(),
            and_(
                ConsentRecord.holder_id.is_(None),
                ConsentRecord.person_id == Party.person_id,
            ),
            ConsentRecord.person_id == Holder.person_id,
        ),
    )
    .order_by(ConsentEvent.at, ConsentRecord.person_id.is_not(None))
)


@dataclass(frozen=True, slots=True)
class Word:
    """A last word, and whether the words that it answers to are those of today."""

    event: ConsentEvent
    is_current: bool
    #: One of the staff wrote it down for somebody who does not use the bot.
    is_written_down: bool


def last_words(session: Session, case: Case) -> dict[Place, Word]:
    """Find them all."""
    return {
        (record.party_id, record.holder_id, record.purpose): Word(
            event, is_current(notice, version), record.commitment is None
        )
        for record, event, notice, version in session.execute(_LAST, {"case": case.id})
    }
