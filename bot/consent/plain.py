"""A receipt in plain words: what somebody last said, to what, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.catalogue import Catalogue
from bot.chat.months import day_in_words
from bot.clock import DANISH_TIME
from bot.offline_words import Way
from bot.storage import Session
from bot.storage.consent import consent_notices, consents
from bot.storage.staff import COORDINATOR
from bot.storage.tables import ConsentEvent, ConsentNotice, ConsentRecord
from flows.effects import ConsentState, Purpose
from flows.rules.standing import YES

#: What weighs most comes first.
_ORDER: Final = (
    Purpose.TAKE_PART,
    Purpose.PARENTAL_TAKE_PART,
    Purpose.HEAR_MORE,
    Purpose.DATA_NOTICE,
)
_TEXTS: Final = {
    ConsentState.GIVEN: "receipt.given",
    ConsentState.RECONFIRMED: "receipt.given",
    ConsentState.REFUSED: "receipt.refused",
    ConsentState.WITHDRAWN: "receipt.withdrawn",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads it: in which language, and in which words."""

    catalogue: Catalogue
    language: str
    is_adult: bool

    def text(self, message_id: str, **values: str) -> str:
        """Word a message for them."""
        return self.catalogue.variant(
            message_id, self.language, adult=self.is_adult, **values
        )


def plain(session: Session, reader: Reader, records: Sequence[ConsentRecord]) -> str:
    """Write what weighs most in full, and below it a line for everything else."""
    ordered = sorted(records, key=lambda r: _ORDER.index(Purpose(r.purpose)))
    last = [(record, consents.events(session, record)[-1]) for record in ordered]
    [(record, event), *more] = last
    whole = _whole(session, reader, record, event)
    if whole is None:
        return "\n\n".join(_line(reader, *one) for one in last)
    heading = [reader.text("receipt.list")] if more else []
    return "\n\n".join([whole, *heading, *(_line(reader, *one) for one in more)])


def _whole(
    session: Session, reader: Reader, record: ConsentRecord, event: ConsentEvent
) -> str | None:
    """Write one in full; of a yes that ran out the line tells enough."""
    text = _TEXTS.get(ConsentState(event.state))
    if text is None:
        return None
    if _is_taken_out(event):
        text = "receipt.taken_out"
    notice = consent_notices.find(session, event.notice) if event.notice else None
    is_yes = event.state in YES
    until = {"until": _until(reader, event)} if is_yes else {}
    return reader.text(
        text,
        purpose=reader.text(f"receipt.purpose.{record.purpose}"),
        date=_day(event, reader.language),
        record=record.id,
        notice=_notice(reader, event, notice),
        **until,
    )


def _is_taken_out(event: ConsentEvent) -> bool:
    """Tell whether staff let go of whoever said it, who has not said stop."""
    return event.state == ConsentState.WITHDRAWN and event.method == COORDINATOR


def _notice(reader: Reader, event: ConsentEvent, notice: ConsentNotice | None) -> str:
    if notice is None:
        return "-"
    text = "receipt.notice_aloud" if event.method in set(Way) else "receipt.notice"
    return reader.text(text, notice=notice.notice, version=notice.version)


def _until(reader: Reader, event: ConsentEvent) -> str:
    """Name the day to which a yes stands."""
    if event.valid_until is None:
        return reader.text("receipt.no_end")
    last = event.valid_until.astimezone(DANISH_TIME).date()
    return day_in_words(last, reader.language)


def _line(reader: Reader, record: ConsentRecord, event: ConsentEvent) -> str:
    answer = "taken_out" if _is_taken_out(event) else event.state
    if event.method == consents.BY_NEW_WORDS:
        answer = "of_earlier_words"
    return reader.text(
        "receipt.line",
        date=_day(event, reader.language),
        answer=reader.text(f"receipt.answer.{answer}"),
        purpose=reader.text(f"receipt.purpose.{record.purpose}"),
        record=record.id,
    )


def _day(event: ConsentEvent, language: str) -> str:
    day = event.said_on or event.at.astimezone(DANISH_TIME).date()
    return day_in_words(day, language)
