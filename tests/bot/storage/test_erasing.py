"""Who was erased stays erased, whichever copy of the database comes back."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Column, select

from bot.storage import Session, Store, cases, people
from bot.storage.copies.backup import copy
from bot.storage.copies.erasing import replay
from bot.storage.engine.columns import NotesAsJson
from bot.storage.notes import Notes
from bot.storage.tables import Case, Link, Party, Person
from flows.effects import Reason
from flows.facts import AgeBand, Detail, Role
from flows.rules.case import Status
from tests.bot.storage.house import NOON, House, move_in
from tests.bot.storage.parties import gets_holder, moves_in
from tests.bot.storage.test_sides import has, tells

PEOPLE = Person.metadata.tables["people"].c.id
IDA, OLE = 4001, 4002
#: Where any word will not do.
WORDS = {
    "cases.relation": "other",
    "cases.status": "confirmed",
    "parties.known_age_band": "18",
    "parties.role": "victim",
}


@pytest.fixture
def ida(store: Store) -> str:
    """Somebody who has left a trace in every table that there is."""
    person_id, _ = move_in(store, IDA)
    store.run_now(leave_traces, person_id)
    assert store.run_now(traces, person_id) == named_tables()
    return person_id


@pytest.mark.parametrize("kind", ["sqlite"])
def test_who_was_erased_does_not_come_back_with_a_backup(
    store: Store, house: House, tmp_path: Path, ida: str
) -> None:
    ole, _ = move_in(store, OLE)
    copy(house.url, tmp_path / "copy.db")
    store.keys.destroy(ida)
    store.close()

    done = house.restore(tmp_path / "copy.db", replace=True)
    assert (done.people, done.erased) == (1, 1)
    # Nor do their rows linger in the gaps of the file.
    assert ida.encode() not in (house.folder / "konfliktraad.db").read_bytes()
    with closing(house.open()) as again:
        assert again.run_now(people.ids) == [ole]


def test_who_was_erased_leaves_no_trace_and_nobody_else_is_touched(
    store: Store, ida: str
) -> None:
    """As at start, when a copy was put back by hand."""
    ole, _ = move_in(store, OLE)
    store.keys.destroy(ida)
    assert store.run_now(replay, store.keys, NOON) == 1
    assert store.run_now(traces, ida) == set()
    assert store.run_now(people.ids) == [ole]
    assert store.run_now(replay, store.keys, NOON) == 0


def test_a_case_stays_as_one_of_whom_nobody_has_answered(
    store: Store, ida: str
) -> None:
    store.keys.destroy(ida)
    store.run_now(replay, store.keys, NOON)
    case = store.run_now(only_case)
    assert (case.status, case.mediator_id) == (Status.COLLECTING, None)
    party = store.run_now(only_party)
    assert (party.person_id, party.joined_at, party.interest) == (None, None, None)
    assert store.run_now(only_link).voided_at == NOON


def test_the_list_of_the_erased_is_kept_and_holds_everybody_once(
    house: House,
) -> None:
    with closing(house.open()) as store:
        ida, _ = move_in(store, IDA)
        ole, _ = move_in(store, OLE)
        store.keys.destroy(ida)
        store.keys.destroy(ida)
    with closing(house.open()) as store:
        assert sorted(store.keys.erased()) == [ida]
        assert sorted(store.keys.people()) == [ole]


def leave_traces(session: Session, person_id: str) -> None:
    """Write a row of each table, each that can naming the person."""
    given: dict[str, object] = {"people.id": person_id}
    for table in Person.metadata.sorted_tables:
        if table.name == "people":
            continue
        row = {c.name: value for c in table.columns if (value := fitting(c, given))}
        session.execute(table.insert().values(row))
        given |= {f"{table.name}.{name}": value for name, value in row.items()}


def fitting(column: Column[Any], given: dict[str, object]) -> object:
    """Choose a value: what a key points to, a word that fits, or anything."""
    for key in column.foreign_keys:
        return given.get(key.target_fullname)
    name = f"{column.table.name}.{column.name}"
    if name in WORDS:
        return WORDS[name]
    if isinstance(column.type, JSON):
        return {}
    if isinstance(column.type, NotesAsJson):
        return Notes()
    kind = column.type.python_type
    if column.nullable and kind is not str:
        return None
    return {str: column.name, int: 1, bytes: b"1", bool: True}.get(kind, NOON)


def named_columns() -> Iterator[Column[Any]]:
    for table in Person.metadata.sorted_tables:
        yield from (c for c in table.c if c.references(PEOPLE))


def named_tables() -> set[str]:
    return {column.table.name for column in named_columns()}


def traces(session: Session, person_id: str) -> set[str]:
    """Name the tables in which somebody still stands."""
    return {
        column.table.name
        for column in named_columns()
        if session.execute(select(column.table).where(column == person_id)).first()
    }


def only_case(session: Session) -> Case:
    return session.scalars(select(Case)).one()


def only_party(session: Session) -> Party:
    return session.scalars(select(Party)).one()


def only_link(session: Session) -> Link:
    return session.scalars(select(Link)).one()


def test_where_a_human_is_needed_then_it_stands_written_down_why(
    store: Store,
) -> None:
    """A copy comes back later, when the child is turning 18; its parent is erased."""
    mads = moves_in(store, IDA, Role.OFFENDER)
    has(mads, age_band=AgeBand.FROM_15_TO_17)
    later = NOON + timedelta(days=40)
    tells(mads, Detail.BIRTH, f"{later.year - 18}-{later.month:02}")
    lone = gets_holder(mads, OLE)
    store.keys.destroy(lone.person_id)
    store.run_now(replay, store.keys, later)
    case = store.run_now(only_case)
    assert case.status == Status.NEEDS_HUMAN
    [need] = store.run_now(cases.open_needs, case)
    assert (need.reason, need.party_id) == (Reason.TURNING_18, mads.party_id)
