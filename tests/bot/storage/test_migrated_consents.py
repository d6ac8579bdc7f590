"""What was consented to before stands as a chain of events after a migration."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, Table, select, text
from sqlalchemy.orm import Session

from bot.errors import StorageError
from bot.storage.consent import consents
from bot.storage.engine.engines import open_engine
from bot.storage.engine.schema import HEAD
from bot.storage.tables import ConsentEvent, ConsentNotice, ConsentRecord
from flows.rules.side import VALID_FOR
from tests.bot.storage.house import NOON, House
from tests.bot.storage.revisions import ROWS
from tests.bot.storage.test_migrations import downgrade, upgrade

#: What the hash of no words was.
NO_WORDS = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
BEFORE = [
    ("data_notice", "given", "consent.explain_data", "d" * 64, "button"),
    ("take_part", "given", "consent.explain_take_part", "a" * 64, "typed"),
    ("take_part", "withdrawn", "closing.withdrawn", "c" * 64, "button"),
    ("take_part", "given", "consent.explain_take_part", "b" * 64, "button"),
    ("data_notice", "withdrawn", "consent.explain_data", NO_WORDS, "coordinator"),
    ("take_part", "withdrawn", "consent.explain_take_part", NO_WORDS, "coordinator"),
]


def rows_of_before() -> list[dict[str, Any]]:
    return [
        {
            "id": f"consent {n}",
            "party_id": "party",
            "person_id": "ida",
            "n": n,
            "purpose": purpose,
            "answer": answer,
            "at": NOON + timedelta(hours=n),
            "language": "da",
            "notice": notice,
            "notice_version": 1,
            "sha256": sha256,
            "method": method,
        }
        for n, (purpose, answer, notice, sha256, method) in enumerate(BEFORE, 1)
    ]


def table(connection: Connection, name: str) -> Table:
    return Table(name, MetaData(), autoload_with=connection)


def with_consents(house: House) -> None:
    upgrade(house, "0003")
    engine = open_engine(house.url)
    with engine.begin() as connection:
        for name in ("people", "cases", "parties"):
            row = ROWS["0001"][name]
            connection.execute(table(connection, name).insert().values(row))
        consents_then = table(connection, "consents")
        connection.execute(consents_then.insert(), rows_of_before())
    engine.dispose()


def test_each_answer_is_an_event_in_an_unbroken_chain(empty: House) -> None:
    with_consents(empty)
    upgrade(empty, HEAD)
    engine = open_engine(empty.url)
    with Session(engine) as session:
        records = session.scalars(select(ConsentRecord)).all()
        assert {(one.party_id, one.person_id) for one in records} == {("party", "ida")}
        assert sorted(one.purpose for one in records) == ["data_notice", "take_part"]
        assert [consents.broken_link(session, one) for one in records] == [None, None]
        (take_part,) = (one for one in records if one.purpose == "take_part")
        events = consents.events(session, take_part)
        said = [(one.state, one.method, one.by) for one in events]
        assert said == [
            ("given", "typed", "person"),
            ("withdrawn", "button", "person"),
            ("given", "button", "person"),
            ("withdrawn", "coordinator", "coordinator"),
        ]
        assert [one.notice for one in events] == ["a" * 64, "c" * 64, "b" * 64, None]
        assert events[0].at == NOON + timedelta(hours=2)
        assert events[0].valid_until == events[0].at + VALID_FOR
        assert events[1].valid_until is None
        notice = session.get_one(ConsentNotice, "a" * 64)
        assert (notice.version, notice.text) == ("1", None)
    engine.dispose()


def test_a_migrated_chain_is_found_broken_when_somebody_changes_it(
    empty: House,
) -> None:
    with_consents(empty)
    upgrade(empty, HEAD)
    engine = open_engine(empty.url)
    with Session(engine) as session:
        event = session.scalars(
            select(ConsentEvent).where(ConsentEvent.state == "withdrawn")
        ).first()
        assert event is not None
        record = session.get_one(ConsentRecord, event.consent_id)
        event.state = "given"
        session.flush()
        assert consents.broken_link(session, record) == event.n
    engine.dispose()


def test_back_in_the_tables_of_before_every_answer_is_as_it_was(empty: House) -> None:
    with_consents(empty)
    upgrade(empty, "0004")
    downgrade(empty, "0003")
    engine = open_engine(empty.url)
    with engine.connect() as connection:
        then = table(connection, "consents")
        found = [
            dict(row)
            for row in connection.execute(select(then).order_by(then.c.n)).mappings()
        ]
    engine.dispose()
    kept = ("n", "purpose", "answer", "language", "sha256", "method")
    assert [[row[name] for name in kept] for row in found] == [
        [row[name] for name in kept] for row in rows_of_before()
    ]
    assert [row["at"].hour for row in found] == [
        row["at"].hour for row in rows_of_before()
    ]


def days_of_cases(house: House) -> dict[str, tuple[date | None, ...]]:
    """Tell on which days each case ends and is looked at, as far as columns say."""
    engine = open_engine(house.url)
    with engine.connect() as connection:
        found = table(connection, "cases")
        wanted = [found.c[name] for name in ("ends_on", "due_at") if name in found.c]
        rows = connection.execute(select(found.c.id, *wanted)).all()
    engine.dispose()
    return {row[0]: tuple(row[1:]) for row in rows}


def test_a_case_keeps_the_day_on_which_it_ends(empty: House) -> None:
    """The clock looks at it at once; one that has ended is told on its day."""
    upgrade(empty, "0003")
    day, engine = NOON.date(), open_engine(empty.url)
    then = {
        "open": ("collecting", day),
        "over": ("ended", day),
        "self": ("claimed", None),
    }
    with engine.begin() as connection:
        for id_, (status, due) in then.items():
            row = {"id": id_, "reference": id_, "status": status, "due_at": due}
            values = ROWS["0001"]["cases"] | row
            connection.execute(table(connection, "cases").insert().values(values))
    engine.dispose()
    upgrade(empty, "0004")
    at_once = date(2026, 1, 1)
    now = {"open": (day, at_once), "over": (None, day), "self": (None, None)}
    assert days_of_cases(empty) == now
    downgrade(empty, "0003")
    assert days_of_cases(empty) == {id_: (due,) for id_, (_, due) in then.items()}


#: A statement that writes what has no place in the tables of before, and its name.
NO_PLACE = {
    "said elsewhere": (
        "UPDATE consent_events SET said_on = '2026-11-23'",
        r"outside the chat \(6\)",
    ),
    "erased": ("UPDATE consents SET person_id = NULL", r"were erased \(2\)"),
    "wish": (
        "UPDATE consents SET purpose = 'hear_more' WHERE purpose = 'take_part'",
        r"nobody was asked for then \(1\)",
    ),
    "parent": (
        "INSERT INTO holders (id, party_id, n, reminders) VALUES ('h', 'party', 1, 0)",
        r"parents who speak or are invited \(1\)",
    ),
    "fear": ("UPDATE parties SET fear = 'yes'", r"told of safety .* \(1\)"),
}


@pytest.mark.parametrize("kind_of_words", NO_PLACE)
def test_nothing_goes_back_that_would_lose_what_somebody_said(
    empty: House, kind_of_words: str
) -> None:
    statement, told = NO_PLACE[kind_of_words]
    with_consents(empty)
    upgrade(empty, "0004")
    engine = open_engine(empty.url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    with pytest.raises(StorageError, match=told):
        downgrade(empty, "0003")
    with engine.connect() as connection:
        events = table(connection, "consent_events")
        assert len(connection.execute(select(events)).all()) == len(BEFORE)
    engine.dispose()
