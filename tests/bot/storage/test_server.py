"""What only a server does: locks of single rows, limits of time, sessions that end."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import bindparam, func, select, text, update

from bot.errors import StorageError, TookTooLong
from bot.storage import Session, Store, cases, links, locks
from bot.storage.engine.engines import open_engine
from bot.storage.engine.prepared import Prepared
from bot.storage.links import Leads
from bot.storage.mail import outbox
from bot.storage.mail.messages import Send
from bot.storage.tables import Case, OutboxRow
from flows.facts import Role
from flows.rules.case import Relation
from tests.bot.storage.house import NOON, House, move_in

IDA, OLE = 701_234_567, 5_801_234_567


@pytest.fixture
def kind() -> str:
    """A file has one writer at a time."""
    return "postgresql"


def test_who_hides_finds_what_was_sent_a_moment_ago(store: Store) -> None:
    """A sender notes it between the look at the tapped message and the hiding."""
    ida, key = move_in(store, IDA)
    row = store.run_now(outbox.queue, key, ida, Send("Vil du høre mere?"), at=NOON)

    def note(session: Session) -> None:
        sent = {"state": "sent", "message_key": "7", "number": 7, "sent_at": NOON}
        session.execute(update(OutboxRow).values(sent))

    def hide(session: Session) -> list[int]:
        session.get(OutboxRow, row)
        assert outbox.key_of(session, row) is None
        store.run_now(note)
        outbox.drop_waiting(session, ida)
        assert outbox.key_of(session, row) == "7"
        return [sent.message.number for sent in outbox.sent_rows(session, ida)]

    assert store.run_now(hide) == [7]


async def test_units_of_work_of_different_people_go_side_by_side(
    store: Store,
) -> None:
    met = threading.Barrier(4, timeout=20)

    def together(_session: Session) -> int:
        return met.wait()

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(store.run(together)) for _ in range(4)]
    assert sorted(task.result() for task in tasks) == [0, 1, 2, 3]
    assert not store.is_single


def test_a_message_to_somebody_does_not_wait_for_their_turn(store: Store) -> None:
    person_id, key = move_in(store, IDA)

    def turn_of_ida(session: Session) -> int:
        locks.person(session, person_id)
        return store.run_now(tell_ida)

    def tell_ida(session: Session) -> int:
        session.execute(text("SET LOCAL lock_timeout = '200ms'"))
        return outbox.queue(session, key, person_id, Send("Du har en besked"), at=NOON)

    assert store.run_now(turn_of_ida)


@pytest.mark.parametrize("way", ["party", "letter", "name"])
def test_a_turn_locks_every_case_that_it_can_touch(store: Store, way: str) -> None:
    ida, _ = move_in(store, IDA)
    reference, token, other = store.run_now(open_case, store, ida, way)

    def turn_of_ida(session: Session) -> tuple[bool, bool]:
        locks.touched_by(
            session,
            ida,
            token_hash=store.keys.hash_token(token) if way == "letter" else None,
            references=[reference] if way == "name" else [],
        )
        return (
            store.run_now(is_locked, reference),
            store.run_now(is_locked, other),
        )

    assert store.run_now(turn_of_ida) == (True, False)
    assert not store.run_now(is_locked, reference)


def test_what_was_read_before_it_was_locked_is_read_again(store: Store) -> None:
    ida, _ = move_in(store, IDA)
    reference, _, _ = store.run_now(open_case, store, ida, "party")

    def closes(session: Session) -> None:
        session.execute(update(Case).values(status="closed"))

    def turn_of_ida(session: Session) -> str:
        known = cases.by_reference(session, reference)
        store.run_now(closes)
        locks.touched_by(session, ida)
        return known.status if known else "gone"

    assert store.run_now(turn_of_ida) == "closed"


def test_an_invitation_is_locked_by_who_opens_it(store: Store) -> None:
    """There is no case that two mediators with one link would wait for."""
    people = [move_in(store, account)[0] for account in (IDA, OLE)]
    token = store.run_now(invite, store)

    def open_it(session: Session, person_id: str) -> None:
        session.execute(text("SET LOCAL lock_timeout = '200ms'"))
        hashed = store.keys.hash_token(token)
        locks.touched_by(session, person_id, token_hash=hashed)

    def first(session: Session) -> None:
        open_it(session, people[0])
        store.run_now(open_it, people[1])

    with pytest.raises(StorageError, match="lock timeout"):
        store.run_now(first)


def test_who_waits_too_long_for_a_lock_is_told_to_try_again(store: Store) -> None:
    person_id, _ = move_in(store, IDA)

    def wait_for_ida(session: Session) -> object:
        session.execute(text("SET LOCAL lock_timeout = '100ms'"))
        return locks.person(session, person_id)

    def turn_of_ida(session: Session) -> object:
        locks.person(session, person_id)
        return store.run_now(wait_for_ida)

    with pytest.raises(StorageError, match="lock timeout") as caught:
        store.run_now(turn_of_ida)
    assert not isinstance(caught.value, TookTooLong)


def test_two_that_wait_for_each_other_are_told_to_try_again(store: Store) -> None:
    people = [move_in(store, account)[0] for account in (IDA, OLE)]
    both_have_one = threading.Barrier(2, timeout=20)

    def in_order(session: Session, first: str, second: str) -> str:
        locks.person(session, first)
        both_have_one.wait()
        locks.person(session, second)
        return "done"

    def attempt(*order: str) -> str:
        try:
            return store.run_now(in_order, *order)
        except StorageError as error:
            return str(error)

    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(attempt, people, reversed(people)))
    assert "deadlock detected" in found[0]
    assert found[1] == "done"


def test_a_statement_that_takes_too_long_is_no_outage(store: Store) -> None:
    def dawdle(session: Session) -> None:
        session.execute(text("SET LOCAL statement_timeout = '50ms'"))
        session.execute(text("SELECT pg_sleep(2)"))

    with pytest.raises(TookTooLong, match="statement timeout"):
        store.run_now(dawdle)


def test_a_session_that_is_thrown_out_is_an_outage_and_passes(store: Store) -> None:
    def be_thrown_out(session: Session) -> None:
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(StorageError, match="terminating connection"):
        store.run_now(be_thrown_out)
    assert store.run_now(lambda session: session.scalar(text("SELECT 1"))) == 1


def test_one_prepared_statement_notices_that_all_sessions_are_gone(
    store: Store, house: House
) -> None:
    """Where there is no transaction, no end of one tells."""
    reading = store.keys._reading  # noqa: SLF001 - to have several sessions at once
    with reading.connect() as one, reading.connect() as other:
        for connection in (one, other):
            connection.execute(text("SELECT 1"))
    gone = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    outside = open_engine(house.keys_url)
    with outside.connect() as connection:
        connection.execute(text(gone))
    outside.dispose()
    with pytest.raises(StorageError, match="check that PostgreSQL runs"):
        store.keys.find("nobody")
    assert store.keys.find("nobody") is None


def test_a_prepared_statement_takes_too_long(store: Store) -> None:
    slow = Prepared(select(func.pg_sleep(bindparam("seconds"))))

    def dawdle(session: Session) -> None:
        session.execute(text("SET LOCAL statement_timeout = '50ms'"))
        slow.rows(session.connection(), {"seconds": 2})

    with pytest.raises(TookTooLong, match="statement timeout"):
        store.run_now(dawdle)


def test_a_server_that_is_not_there_is_a_clear_sentence(house: House) -> None:
    nowhere = "postgresql://ida:secret@127.0.0.1:1/konfliktraad"
    with pytest.raises(StorageError, match="check that PostgreSQL runs") as caught:
        Store(nowhere, keys_url=house.keys_url, key_file=house.key_file)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_limits_of_time_hold_in_every_session(store: Store) -> None:
    def limits(session: Session) -> list[object]:
        names = ("lock_timeout", "statement_timeout", "transaction_isolation")
        return [session.scalar(text(f"SHOW {name}")) for name in names]

    assert store.run_now(limits) == ["5s", "10s", "read committed"]


def is_locked(session: Session, reference: str) -> bool:
    query = text("SELECT id FROM cases WHERE reference = :it FOR UPDATE SKIP LOCKED")
    return session.scalar(query, {"it": reference}) is None


def invite(session: Session, store: Store) -> str:
    leads = Leads("mediator", district="fyn")
    return links.make(session, store.keys, leads, NOON, NOON - NOON.replace(day=1))


def open_case(
    session: Session, store: Store, person_id: str, way: str
) -> tuple[str, str, str]:
    """Open a case in which a person stands or not, and another one."""
    case, other = (
        cases.open_case(session, "fyn", Relation.OTHER, NOON, None) for _ in range(2)
    )
    party = cases.add_party(session, case, Role.VICTIM)
    if way == "party":
        party.person_id = person_id
    leads = Leads(party.role, party)
    valid = NOON - NOON.replace(day=1)
    token = links.make(session, store.keys, leads, NOON, valid)
    return case.reference, token, other.reference
