"""Two programs do the same thing at the same moment, and it is done once."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar

import pytest
from sqlalchemy import select, text

from bot.storage import Session, Store, intake, lease, locks, people, records
from bot.storage.engine.schema import HEAD
from bot.storage.lease import LeaseOwner
from bot.storage.tables import Person, SeenUpdate
from bot.upkeep.tidying import sweep
from tests.bot.storage.house import NOON, House, move_in
from tests.support.telegram_ids import account, event

IDA = 701_234_567
P = ParamSpec("P")
T = TypeVar("T")
Work = Callable[Concatenate[Session, P], T]


@dataclass
class Two:
    """Two programs; the first one hesitates before it commits."""

    first: Store
    second: Store

    async def both(
        self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> tuple[T, T]:
        """Let both do the same; the second begins before the first has committed."""
        done, go_on = threading.Event(), threading.Event()

        def hesitating(session: Session) -> T:
            found = work(session, *args, **kwargs)
            session.flush()
            done.set()
            assert go_on.wait(20)
            return found

        async with asyncio.TaskGroup() as group:
            first = group.create_task(self.first.run(hesitating))
            assert await asyncio.to_thread(done.wait, 20)
            second = group.create_task(self.second.run(work, *args, **kwargs))
            await asyncio.wait([second], timeout=0.15)
            go_on.set()
        return first.result(), second.result()


@pytest.fixture
def two(house: House, store: Store) -> Iterator[Two]:
    with closing(house.open()) as second:
        yield Two(store, second)


async def test_an_update_that_comes_twice_acts_once(two: Two) -> None:
    assert await two.both(records.is_new, event(77), NOON) == (True, False)
    assert two.first.run_now(updates) == ["77"]


async def test_an_update_whose_turn_failed_is_new_to_the_other(two: Two) -> None:
    def fails(session: Session) -> None:
        records.is_new(session, event(78), NOON)
        raise LookupError

    with pytest.raises(LookupError):
        await two.first.run(fails)
    assert await two.second.run(records.is_new, event(78), NOON)


async def test_a_stranger_who_writes_twice_is_one_person(two: Two) -> None:
    keys = iter([two.first.keys, two.second.keys])

    def enrol(session: Session) -> tuple[str, bytes]:
        known = people.enrol(session, next(keys), account(IDA), "da", NOON)
        return known.person.id, known.key

    first, second = await two.both(enrol)
    assert first == second == two.first.keys.find(str(IDA))
    assert two.first.run_now(people.ids) == [first[0]]


def test_a_key_is_made_once_however_many_ask_for_it(store: Store) -> None:
    """The account is unknown to each of them when they begin."""
    ready = threading.Barrier(4)

    def enrol() -> tuple[str, bytes]:
        ready.wait()
        return store.keys.enrol(str(IDA))

    with ThreadPoolExecutor(4) as pool:
        found = {pool.submit(enrol) for _ in range(4)}
    assert {one.result() for one in found} == {store.keys.find(str(IDA))}
    assert len(store.keys.people()) == 1


async def test_a_fact_that_both_write_down_stands_once(two: Two) -> None:
    await two.both(records.set_meta, "bot_username", "konfliktraad_bot")
    assert two.first.run_now(records.meta, "bot_username") == "konfliktraad_bot"
    assert await two.both(intake.close, NOON) == (True, False)


async def test_a_lease_is_taken_by_one(two: Two) -> None:
    holders = iter(
        [LeaseOwner("anna", "anna", None, 1), LeaseOwner("bo", "bo", None, 2)]
    )

    def take(session: Session) -> str:
        return lease.take(session, "serving", next(holders), NOON).by.id

    assert await two.both(take) == ("anna", "anna")


def test_programs_that_start_at_once_for_the_first_time_agree(empty: House) -> None:
    house = empty.migrate()
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda _: house.open(), range(4)))
    assert len({store.keys.fingerprint for store in stores}) == 1
    for store in stores:
        store.close()


def test_migrating_twice_at_once_is_migrating_once(empty: House) -> None:
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: empty.migrate(), range(3)))
    with closing(empty.open()) as store:
        noted = select(text("version_num")).select_from(text("alembic_version"))
        assert store.run_now(Session.scalars, noted).all() == [HEAD]


async def test_who_is_being_enrolled_keeps_the_key_when_keys_are_swept(
    two: Two,
) -> None:
    """A worker starts and sweeps while another one serves a stranger."""
    enrolled, go_on = threading.Event(), threading.Event()

    def enrol(session: Session) -> str:
        known = people.enrol(session, two.first.keys, account(IDA), "da", NOON)
        enrolled.set()
        assert go_on.wait(20)
        return known.person.id

    async with asyncio.TaskGroup() as group:
        stranger = group.create_task(two.first.run(enrol))
        assert await asyncio.to_thread(enrolled.wait, 20)
        swept = group.create_task(two.second.run(sweep, two.second.keys, ""))
        await asyncio.wait([swept], timeout=0.15)
        assert not swept.done()
        go_on.set()
    found = two.first.keys.find(str(IDA))
    assert found is not None
    assert found[0] == stranger.result()


async def test_what_the_first_has_changed_the_second_sees(two: Two) -> None:
    """Even what it had read before it came to wait."""
    person_id, _ = move_in(two.first, IDA)

    def count_talk(session: Session) -> int:
        session.get(Person, person_id)
        person = locks.person(session, person_id)
        assert person is not None
        person.next_talk += 1
        return person.next_talk

    assert await two.both(count_talk) == (2, 3)


def updates(session: Session) -> list[str]:
    return list(session.scalars(select(SeenUpdate.event_id)))
