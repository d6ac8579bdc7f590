"""What people say to a purpose: one record each, events that are only ever added."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Final

from sqlalchemy import ColumnElement, Select, bindparam, false, func, select
from sqlalchemy.orm import Session

from bot.storage.consent import chain, verification_seal
from bot.storage.consent.exchange import Exchange, numbers
from bot.storage.consent.last_words import LastWord, last_of, last_words_of
from bot.storage.engine.ids import new_id
from bot.storage.keys.sealing import seal
from bot.storage.tables import Case, ConsentEvent, ConsentRecord, Holder, Party, Person
from flows.effects import ConsentState, Purpose
from flows.rules.consequences import consequences
from flows.rules.side import VALID_FOR
from flows.rules.standing import YES

#: Who says so, where people answer for themselves, and where the program does.
PERSON: Final = "person"
SYSTEM: Final = "system"
#: How it is said that a yes stands no more: by time, or as its words have changed.
BY_CLOCK: Final = "clock"
BY_NEW_WORDS: Final = "new_words"
_SALT_LENGTH: Final = 16

# Asked for every answer that counts, so it is put together once. Nobody's records are
# those of no person: a NULL is equal to nothing.
_LAST: Final = (
    last_words_of(ConsentRecord.person_id == bindparam("person"))
    .where(
        ConsentRecord.party_id == bindparam("party"),
        ConsentRecord.holder_id.is_not_distinct_from(bindparam("holder")),
        ConsentRecord.purpose == bindparam("purpose"),
    )
    .order_by(ConsentEvent.at.desc(), ConsentRecord.person_id.is_(None))
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Who speaks: a party, or a holder for it; and which person that is now."""

    party: Party
    holder: Holder | None = None
    #: Nobody where they do not use the bot.
    person: Person | None = None
    #: The person's data key, for the first word of a record.
    key: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """What an answer was given to, and how it was given."""

    language: str
    #: By button, by typing, by phone ...
    method: str
    #: The notice as `consent_notices.keep` gives it; None where no words were shown.
    notice: str | None = None
    #: What had been read before, as `shown.digest` gives it.
    told: str | None = None
    #: None for what was said elsewhere.
    exchange: Exchange | None = None


def say(  # noqa: PLR0913 - each of them stands in the event
    session: Session,
    subject: Subject,
    purpose: Purpose,
    state: ConsentState,
    shown: Shown,
    at: datetime,
    *,
    by: str,
    said_on: date | None = None,
) -> ConsentEvent:
    """Add what somebody says to a purpose; earlier words are never changed.

    Raises:
        ValueError: it is a yes to no words, or the first word of a person whose key is
            not given.
    """
    if state in YES and shown.notice is None:
        raise ValueError("A yes is one to words: name the notice.")
    record = session.scalar(_record_of(subject, purpose))
    event = ConsentEvent(
        n=1 if record is None else 1 + len(events(session, record)),
        at=at,
        said_on=said_on,
        state=state,
        method=shown.method,
        by=by,
        language=shown.language,
        notice=shown.notice,
        told=shown.told,
        valid_until=_valid_until(purpose, state, at, said_on),
        previous=chain.BEGINNING if record is None else record.head,
        **numbers(shown.exchange),
    )
    _link(session, record or _new_record(subject, purpose), event)
    if subject.holder is not None:
        _look_anew(subject.holder, purpose, state)
        session.flush()
    return event


def withdraw_all(
    session: Session,
    subject: Subject,
    shown: Shown,
    at: datetime,
    *,
    by: str,
    said_on: date | None = None,
) -> list[Purpose]:
    """Take back every yes of somebody, one event each; tell which they were.

    What is taken back is the yes to the words that it was given to.
    """
    said = {
        purpose: word.event
        for purpose in Purpose
        if (word := last(session, subject, purpose)) is not None and word.said.is_yes
    }
    for purpose, event in said.items():
        told = replace(shown, notice=event.notice)
        say(
            session,
            subject,
            purpose,
            ConsentState.WITHDRAWN,
            told,
            at,
            by=by,
            said_on=said_on,
        )
    return list(said)


def last(session: Session, subject: Subject, purpose: Purpose) -> LastWord | None:
    """Find the last word on a purpose, of the person who stands there now.

    What was written down for somebody without the bot stands when they come to it,
    until somebody in that place says no.
    """
    person, holder = _id(subject.person), _id(subject.holder)
    whose = {"party": subject.party.id, "holder": holder, "person": person}
    row = session.execute(_LAST, {**whose, "purpose": purpose}).first()
    return last_of(*row) if row is not None else None


def last_said(
    session: Session, subject: Subject, purpose: Purpose
) -> ConsentEvent | None:
    """Find the last word as `last` does, but the yes itself where one has run out."""
    word = last(session, subject, purpose)
    if word is None:
        return None
    if word.said.state is not ConsentState.EXPIRED:
        return word.event
    return session.get(ConsentEvent, (word.event.consent_id, word.event.n - 1))


def last_said_at(session: Session, case: Case) -> datetime | None:
    """Tell when anybody in a case last said anything to any purpose."""
    query = (
        select(func.max(ConsentEvent.at))
        .join(ConsentRecord, ConsentRecord.id == ConsentEvent.consent_id)
        .join(Party, Party.id == ConsentRecord.party_id)
        .where(Party.case_id == case.id)
    )
    return session.scalar(query)


def records_of(session: Session, person: Person) -> Sequence[ConsentRecord]:
    """List the records of a person."""
    query = select(ConsentRecord).where(ConsentRecord.person_id == person.id)
    return session.scalars(query.order_by(ConsentRecord.id)).all()


def own_record(
    session: Session, party_id: str, purpose: Purpose
) -> ConsentRecord | None:
    """Find the newest record of what a party, and no holder, said to a purpose."""
    query = (
        select(ConsentRecord)
        .join(ConsentEvent, ConsentEvent.consent_id == ConsentRecord.id)
        .where(
            ConsentRecord.party_id == party_id,
            ConsentRecord.holder_id.is_(None),
            ConsentRecord.purpose == purpose,
        )
    )
    return session.scalar(query.order_by(ConsentEvent.at.desc()).limit(1))


def events(session: Session, record: ConsentRecord) -> Sequence[ConsentEvent]:
    """List the events of a record, oldest first."""
    query = select(ConsentEvent).where(ConsentEvent.consent_id == record.id)
    return session.scalars(query.order_by(ConsentEvent.n)).all()


def broken_link(session: Session, record: ConsentRecord) -> int | None:
    """Name the first event of a chain that is not as it was written; None if all are.

    The number behind the last event is given where the end is missing.
    """
    previous, n = chain.BEGINNING, 0
    for n, event in enumerate(events(session, record), start=1):
        told = (event.n, event.previous, event.hash)
        if told != (n, previous, chain.hash_of(chain.said(record, event))):
            return n
        previous = event.hash
    return None if previous and record.head == previous else n + 1


def _link(session: Session, record: ConsentRecord, event: ConsentEvent) -> None:
    """Put an event at the end of its chain."""
    event.consent_id = record.id
    event.hash = record.head = chain.hash_of(chain.said(record, event))
    session.add(record)
    session.flush()
    session.add(event)
    session.flush()


def _look_anew(holder: Holder, purpose: Purpose, state: ConsentState) -> None:
    """Let a human make sure anew of whoever gave this answer for a child."""
    if consequences(purpose, state).is_verified_anew:
        verification_seal.forget(holder)


def _record_of(subject: Subject, purpose: Purpose) -> Select[ConsentRecord]:
    """Find the record of exactly this person, or of somebody without the bot."""
    is_elsewhere = ConsentRecord.commitment.is_(None)
    whose = _is_of(subject.person) if subject.person else is_elsewhere
    return select(ConsentRecord).where(*_of(subject, purpose), whose)


def _of(subject: Subject, purpose: Purpose) -> tuple[ColumnElement[bool], ...]:
    return (
        ConsentRecord.party_id == subject.party.id,
        ConsentRecord.holder_id == _id(subject.holder),
        ConsentRecord.purpose == purpose,
    )


def _is_of(person: Person | None) -> ColumnElement[bool]:
    """Fit the records of a person; who was erased has none, and is nobody else."""
    return false() if person is None else ConsentRecord.person_id == person.id


def _id(row: Person | Holder | None) -> str | None:
    return row.id if row else None


def _new_record(subject: Subject, purpose: Purpose) -> ConsentRecord:
    record = ConsentRecord(
        id=new_id(),
        party_id=subject.party.id,
        holder_id=_id(subject.holder),
        person_id=_id(subject.person),
        purpose=purpose,
    )
    if subject.person is not None:
        if subject.key is None:
            raise ValueError("The first word of a person needs their key.")
        salt = secrets.token_hex(_SALT_LENGTH)
        record.commitment = chain.commitment(salt, subject.person.id)
        record.salt = seal(subject.key, "consents", "salt", record.id, salt)
    return record


def _valid_until(
    purpose: Purpose, state: ConsentState, at: datetime, said_on: date | None
) -> datetime | None:
    """Count from the day on which it was said; a notice that was read stays read."""
    if state not in YES or purpose is Purpose.DATA_NOTICE:
        return None
    said = datetime.combine(said_on, time(), UTC) if said_on else at
    return said + VALID_FOR
