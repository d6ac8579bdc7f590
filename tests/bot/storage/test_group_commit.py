"""Units of work that share a transaction: each made or undone as if it were alone."""

import asyncio
import threading
from collections.abc import Callable

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from bot.errors import StorageError
from bot.storage import Store, records
from bot.storage.group_commit import MOST
from bot.storage.tables import Meta, Tally
from tests.bot.storage.house import NOON

Work = Callable[[Session], object]


@pytest.fixture
def kind() -> str:
    """PostgreSQL has several that write, so nobody waits for anybody's disk."""
    return "sqlite"


def noting(name: str) -> Work:
    def note(session: Session) -> str:
        session.add(Meta(name=name, value="noted"))
        return name

    return note


def notes(session: Session) -> list[str]:
    query = select(Meta.name).where(Meta.name != "fingerprint").order_by(Meta.name)
    return list(session.scalars(query))


async def at_once(store: Store, *works: Work) -> list[object]:
    """Ask for all of them while the thread that writes is busy."""
    go_on = threading.Event()

    def busy(_session: Session) -> None:
        go_on.wait(10)

    async with asyncio.TaskGroup() as group:
        group.create_task(store.run(busy))
        await asyncio.sleep(0.05)
        asked = [group.create_task(_heard(store, work)) for work in works]
        await asyncio.sleep(0.05)
        go_on.set()
    return [one.result() for one in asked]


async def _heard(store: Store, work: Work) -> object:
    try:
        return await store.run_together(work)
    except Exception as error:  # noqa: BLE001 - it is what the test looks at
        return error


def counted(store: Store) -> list[object]:
    """Collect the commits from now on."""
    commits: list[object] = []
    event.listen(store._writing, "commit", commits.append)  # noqa: SLF001 - to look on
    return commits


async def test_those_who_wait_are_committed_at_once(store: Store) -> None:
    commits = counted(store)
    names = [f"{number:02}" for number in range(MOST + 3)]
    assert await at_once(store, *map(noting, names)) == names
    assert await store.read(notes) == names
    # As many as fit, and the rest; who kept the thread busy asked for nothing.
    assert len(commits) == 1 + 1


async def test_who_fails_is_undone_alone_and_hears_of_it(store: Store) -> None:
    def fail(session: Session) -> None:
        noting("half")(session)
        session.flush()
        raise LookupError("something is wrong with the second half")

    def same(session: Session) -> None:
        noting("a")(session)

    commits = counted(store)
    said = await at_once(store, noting("a"), fail, same, noting("b"))
    assert said[0] == "a"
    assert isinstance(said[1], LookupError)
    assert type(said[2]).__name__ == "IntegrityError"
    assert said[3] == "b"
    assert await store.read(notes) == ["a", "b"]
    assert len(commits) == 1


async def test_nobody_suffers_when_one_makes_the_database_give_up(
    store: Store,
) -> None:
    """Some errors, such as a full disk, let SQLite undo the whole transaction."""

    def give_up(session: Session) -> None:
        noting("lost")(session)
        session.flush()
        session.connection().exec_driver_sql("ROLLBACK")
        raise LookupError("the transaction is gone")

    said = await at_once(store, noting("a"), give_up, noting("b"))
    assert [said[0], said[2]] == ["a", "b"]
    assert isinstance(said[1], LookupError)
    assert await store.read(notes) == ["a", "b"]
    assert await store.run_together(noting("c")) == "c"


async def test_nobody_is_told_that_it_is_done_when_the_commit_fails(
    store: Store,
) -> None:
    def fails_in_the_end(session: Session) -> None:
        noting("b")(session)
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        session.connection().exec_driver_sql(
            "INSERT INTO heard (person_id, channel, message_key, number, at) "
            "VALUES ('nobody', 'telegram', '1', 1, '')"
        )

    said = await at_once(store, noting("a"), fails_in_the_end)
    assert all(isinstance(one, Exception) for one in said)
    assert await store.read(notes) == []


async def test_figures_of_all_of_them_are_written(store: Store) -> None:
    def tally(session: Session) -> None:
        records.tally(session, NOON, "fyn", "opened", "victim", "da")

    def tallied(session: Session) -> list[int]:
        return list(session.scalars(select(Tally.number)))

    await at_once(store, tally, tally, tally)
    assert await store.read(tallied) == [3]


async def test_a_database_that_is_away_is_told_to_each(store: Store) -> None:
    def away(session: Session) -> None:
        session.connection().exec_driver_sql("SELECT * FROM nowhere.nothing")

    said = await at_once(store, away, noting("a"))
    assert isinstance(said[0], StorageError)
    assert said[1] == "a"


async def test_who_has_asked_is_served_while_the_store_closes(store: Store) -> None:
    names = [f"{number:02}" for number in range(3 * MOST)]
    async with asyncio.TaskGroup() as group:
        asked = [group.create_task(store.run_together(noting(one))) for one in names]
        await asyncio.sleep(0)
        await asyncio.to_thread(store.close)
    assert [one.result() for one in asked] == names
    for _ in range(2):
        with pytest.raises(RuntimeError):
            await store.run_together(noting("late"))
