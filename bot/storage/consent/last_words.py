"""The last word on a purpose: who may have said it, and what it counts for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from bot.storage.consent import refusals
from bot.storage.tables import (
    Case,
    ConsentEvent,
    ConsentNotice,
    ConsentRecord,
    Holder,
    Party,
)
from flows.effects import ConsentState
from flows.rules.standing import LastSaid, Standing

#: A party, a holder who speaks for it or None, and a purpose.
WordPlace: TypeAlias = tuple[str, str | None, str]
_Last: TypeAlias = Select[ConsentRecord, ConsentEvent, str, str]


@dataclass(frozen=True, slots=True)
class LastWord:
    """A last word, as it stands in its record."""

    event: ConsentEvent
    said: LastSaid
    #: One of the staff wrote it down for somebody who does not use the bot.
    is_written_down: bool

    def standing(self, at: datetime) -> Standing:
        """Tell what it counts for."""
        return self.said.standing(at)

    def stands(self, at: datetime) -> bool:
        """Tell whether it is a yes that stands: in its time, to the words of today."""
        return self.standing(at) is Standing.YES


def last_of(
    record: ConsentRecord, event: ConsentEvent, notice: str, version: str
) -> LastWord:
    """Put together what a query for last words gives."""
    said = LastSaid(ConsentState(event.state), event.valid_until, notice, version)
    return LastWord(event, said, record.commitment is None)


def last_words_of(whose: ColumnElement[bool]) -> _Last:
    """Ask for the last event of each record that counts now.

    Of a person's records those count that are theirs (`whose`), while they stand there;
    what was written down for somebody without the bot does when they come to it, until
    a no.
    """
    return (
        select(ConsentRecord, ConsentEvent, ConsentNotice.notice, ConsentNotice.version)
        .join(
            ConsentEvent,
            and_(
                ConsentEvent.consent_id == ConsentRecord.id,
                ConsentEvent.hash == ConsentRecord.head,
            ),
        )
        .outerjoin(ConsentNotice, ConsentNotice.sha256 == ConsentEvent.notice)
        .where(refusals.is_own(), or_(refusals.stands_written_down(), whose))
    )


# Asked whenever a case is settled, so it is put together once.
_OF_CASE: Final = (
    last_words_of(
        or_(
            and_(
                ConsentRecord.holder_id.is_(None),
                ConsentRecord.person_id == Party.person_id,
            ),
            ConsentRecord.person_id == Holder.person_id,
        )
    )
    .join(Party, Party.id == ConsentRecord.party_id)
    .outerjoin(Holder, Holder.id == ConsentRecord.holder_id)
    .where(Party.case_id == bindparam("case"))
    .order_by(ConsentEvent.at, ConsentRecord.person_id.is_not(None))
)


def last_words(session: Session, case: Case) -> dict[WordPlace, LastWord]:
    """Find what everybody in a case last said to each purpose, in one query."""
    return {
        (row[0].party_id, row[0].holder_id, row[0].purpose): last_of(*row)
        for row in session.execute(_OF_CASE, {"case": case.id})
    }
