"""Statements that are written once, on each kind of database."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from bot.storage import Store
from bot.storage.engine.prepared import Prepared
from bot.storage.tables import Meta, OutboxRow, SeenUpdate

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
_KEEP = Prepared(insert(Meta))
_FIND = Prepared(select(Meta.name, Meta.value).where(Meta.name == bindparam("name")))
_SEE = Prepared(insert(SeenUpdate).returning(SeenUpdate.event_id, SeenUpdate.at))


def execute(
    session: Session, one: Prepared, values: Mapping[str, object]
) -> list[object]:
    return one.rows(session.connection(), values)


def test_it_writes_and_finds(store: Store) -> None:
    def work(session: Session) -> list[tuple[str, str]]:
        _KEEP.rows(session.connection(), {"name": "a", "value": "1"})
        (row,) = _FIND.rows(session.connection(), {"name": "a"})
        return [(row.name, row.value), *_FIND.rows(session.connection(), {"name": "b"})]

    assert store.run_now(work) == [("a", "1")]


def test_moments_are_in_utc_on_the_way_in_and_out(store: Store) -> None:
    row = {"channel": "telegram", "event_id": "1", "at": NOON}

    def work(session: Session) -> list[object]:
        (seen,) = _SEE.rows(session.connection(), row)
        return [seen.event_id, seen.at, session.get(SeenUpdate, ("telegram", "1")).at]  # type: ignore[union-attr]

    assert store.run_now(work) == ["1", NOON, NOON]


def test_a_row_that_breaks_a_rule_is_told_as_sqlalchemy_tells_it(store: Store) -> None:
    def work(session: Session) -> None:
        for _ in range(2):
            _KEEP.rows(session.connection(), {"name": "a", "value": "geheim"})

    with pytest.raises(IntegrityError) as found:
        store.run_now(work)
    assert "geheim" not in str(found.value)
    assert store.run_now(execute, _FIND, {"name": "a"}) == []


def test_a_missing_value_is_refused(store: Store) -> None:
    with pytest.raises(DBAPIError):
        store.run_now(execute, _FIND, {})
    with pytest.raises(KeyError):
        store.run_now(execute, _SEE, {"channel": "x"})


def test_a_default_of_sqlalchemy_or_a_list_cannot_be_prepared(store: Store) -> None:
    some = OutboxRow.id.in_(bindparam("rows", expanding=True))
    values = {"person_id": "x", "kind": "send", "rows": [1]}
    for statement in (insert(OutboxRow), update(OutboxRow).where(some)):
        one = Prepared(statement)
        with pytest.raises(TypeError, match="Name each value"):
            store.run_now(execute, one, values)
