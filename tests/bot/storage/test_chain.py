"""Whatever is done to what somebody has said is found, and the event is named."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Any, Final

import pytest
from sqlalchemy import Column, Executable, delete, insert, inspect, select, update

from bot.storage import Session, Store
from bot.storage.consent import authorship, chain, consents
from bot.storage.tables import (
    ConsentEvent,
    ConsentNotice,
    ConsentRecord,
    Holder,
    Party,
    Person,
)
from flows.effects import Purpose
from tests.bot.storage.house import NOON
from tests.bot.storage.parties import (
    GIVEN,
    REFUSED,
    TAKE_PART,
    WITHDRAWN,
    Side,
    gets_holder,
    moves_in,
)

SAID: Final = (REFUSED, GIVEN, WITHDRAWN, GIVEN)
#: A notice that somebody might say was another one.
OTHER_NOTICE: Final = "f" * 64


@pytest.fixture
def sofie(store: Store) -> Side:
    return moves_in(store, 4001)


def says_it_all(session: Session, side: Side) -> ConsentRecord:
    """Say no, yes, stop and yes again, an hour between them."""
    days = (None, NOON.date(), NOON.date(), None)
    for n, (state, day) in enumerate(zip(SAID, days, strict=True)):
        at = NOON + timedelta(hours=n)
        record_id = side.says(session, state, at=at, said_on=day)
    return session.get_one(ConsentRecord, record_id)


def after(
    session: Session, record: ConsentRecord, *statements: Executable
) -> int | None:
    """Tell which link is broken after somebody has been at the database."""
    with session.begin_nested() as attempt:
        for statement in statements:
            session.execute(statement)
        session.expire_all()
        broken = consents.broken_link(session, record)
        attempt.rollback()
    session.expire_all()
    return broken


def event_of(record_id: str, n: int) -> tuple[Any, Any]:
    return ConsentEvent.consent_id == record_id, ConsentEvent.n == n


def others_than(value: object, column: Column[Any]) -> Iterator[object]:
    """Go through values that a column could have instead."""
    if column.nullable and value is not None:
        yield None
    if column.name == "notice":
        yield OTHER_NOTICE
        return
    kind = column.type.python_type
    other: dict[type, list[object]] = {
        str: ["given", "withdrawn", "x", ""],
        int: [77],
        date: [date(2026, 1, 1)],
    }
    later = NOON + timedelta(microseconds=1)
    for one in other.get(kind, [NOON - timedelta(days=9), later]):
        if one != value:
            yield one


def test_each_change_of_any_field_of_any_event_is_found(sofie: Side) -> None:
    def tampers(session: Session) -> set[str]:
        row = {
            "sha256": OTHER_NOTICE,
            "notice": "other",
            "version": "1",
            "purpose": TAKE_PART,
            "language": "da",
            "first_shown_at": NOON,
        }
        session.execute(insert(ConsentNotice).values(row))
        record, tried = says_it_all(session, sofie), set()
        found = consents.events(session, record)
        kept = [{c.name: getattr(one, c.name) for c in columns} for one in found]
        for event in kept:
            for column in columns:
                for value in others_than(event[column.name], column):
                    change = (
                        update(ConsentEvent)
                        .where(*event_of(record.id, event["n"]))
                        .values({column.name: value})
                    )
                    broken = after(session, record, change)
                    assert broken == event["n"], (column.name, value)
                    tried.add(column.name)
        assert consents.broken_link(session, record) is None
        return tried

    columns = [c for c in inspect(ConsentEvent).columns if c.name != "consent_id"]
    assert sofie.store.run_now(tampers) == {column.name for column in columns}


def test_whoever_writes_an_event_anew_must_write_all_that_follow_it_anew(
    sofie: Side,
) -> None:
    """Even with a hash that fits, and a next event that was told of it."""

    def tampers(session: Session) -> None:
        record = says_it_all(session, sofie)
        for n, event in enumerate(consents.events(session, record)[:-1], start=1):
            forged = chain.hash_of(chain.said(record, event) | {"by": "x"})
            anew = update(ConsentEvent).where(*event_of(record.id, n))
            told = update(ConsentEvent).where(*event_of(record.id, n + 1))
            changes = anew.values(by="x", hash=forged), told.values(previous=forged)
            assert after(session, record, *changes) == n + 1

    sofie.store.run_now(tampers)


def test_an_event_that_is_taken_out_is_found_wherever_it_stood(sofie: Side) -> None:
    def tampers(session: Session) -> None:
        record = says_it_all(session, sofie)
        for n in range(1, len(SAID) + 1):
            gone = delete(ConsentEvent).where(*event_of(record.id, n))
            assert after(session, record, gone) == n
        all_of_them = delete(ConsentEvent)
        assert after(session, record, all_of_them) == 1

    sofie.store.run_now(tampers)


def test_events_that_change_places_are_found(sofie: Side) -> None:
    def tampers(session: Session) -> None:
        record = says_it_all(session, sofie)
        for one, other in combinations(range(1, len(SAID) + 1), 2):
            swaps = [
                update(ConsentEvent).where(*event_of(record.id, n)).values(n=to)
                for n, to in ((one, 99), (other, one), (99, other))
            ]
            assert after(session, record, *swaps) == one

    sofie.store.run_now(tampers)


def test_an_event_that_is_moved_to_another_purpose_is_found(sofie: Side) -> None:
    def tampers(session: Session) -> None:
        record = says_it_all(session, sofie)
        other_id = sofie.says(session, GIVEN, Purpose.DATA_NOTICE, notice="data_notice")
        other = session.get_one(ConsentRecord, other_id)
        move = (
            update(ConsentEvent)
            .where(*event_of(record.id, 4))
            .values(consent_id=other_id, n=2)
        )
        assert after(session, record, move) == 4
        assert after(session, other, move) == 2

    sofie.store.run_now(tampers)


def test_a_record_that_is_put_under_another_name_is_found(sofie: Side) -> None:
    ole = moves_in(sofie.store, 4002)
    parent = gets_holder(sofie, 4003)

    def tampers(session: Session) -> None:
        record = says_it_all(session, sofie)
        for field, value in {
            "party_id": ole.party_id,
            "holder_id": parent.holder_id,
            "purpose": Purpose.DATA_NOTICE,
            "commitment": "x",
        }.items():
            change = update(ConsentRecord).values({field: value})
            assert after(session, record, change) == 1
        cut = update(ConsentRecord).values(head="x")
        assert after(session, record, cut) == len(SAID) + 1

    sofie.store.run_now(tampers)


def test_with_the_key_it_can_be_shown_whose_record_it_is(sofie: Side) -> None:
    ole = moves_in(sofie.store, 4002)

    def looks(session: Session) -> None:
        record = says_it_all(session, sofie)
        her, him = (session.get_one(Person, one.person_id) for one in (sofie, ole))
        assert authorship.is_of(record, her, sofie.key)
        assert not authorship.is_of(record, him, sofie.key)
        record.commitment = chain.commitment("guessed", her.id)
        assert not authorship.is_of(record, her, sofie.key)

    sofie.store.run_now(looks)


def test_without_the_key_no_hash_leads_to_a_person(sofie: Side) -> None:
    """A salt is drawn for each record, and nothing of it is stored in plain."""

    def looks(session: Session) -> list[str]:
        first = says_it_all(session, sofie)
        other = sofie.says(session, GIVEN, Purpose.DATA_NOTICE, notice="data_notice")
        found = [first, session.get_one(ConsentRecord, other)]
        assert all(
            one.salt is not None and sofie.person_id.encode() not in one.salt
            for one in found
        )
        return [str(one.commitment) for one in found]

    one, other = sofie.store.run_now(looks)
    assert one != other
    assert chain.commitment("", sofie.person_id) not in {one, other}


def test_everything_of_a_party_and_a_holder_is_their_own(sofie: Side) -> None:
    parent = gets_holder(sofie, 4003)

    def looks(session: Session) -> None:
        sofie.says(session, GIVEN)
        parent.says(
            session, REFUSED, Purpose.PARENTAL_TAKE_PART, notice="parental_take_part"
        )
        assert sofie.last(session) == GIVEN
        assert sofie.last(session, Purpose.PARENTAL_TAKE_PART) is None
        assert parent.last(session) is None
        assert parent.last(session, Purpose.PARENTAL_TAKE_PART) == REFUSED
        assert len(session.scalars(select(ConsentRecord.id)).all()) == 2
        assert session.get(Party, sofie.party_id) is not None
        assert session.get(Holder, parent.holder_id) is not None

    sofie.store.run_now(looks)
