"""Units of work: all or nothing, one after the other, never cut in two."""

import asyncio
import subprocess
import sys
import threading
from contextlib import closing
from datetime import datetime
from pathlib import Path
from weakref import ref

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from bot.errors import SchemaOutdated, StorageError
from bot.storage import Session, Store, records
from bot.storage.tables import AuditEntry, Case, Meta, Tally
from tests.bot.storage.conftest import Build
from tests.bot.storage.house import NOON, House


def note(session: Session, name: str, value: str = "noted") -> Meta:
    row = Meta(name=name, value=value)
    session.add(row)
    return row


def notes(session: Session) -> list[str]:
    query = select(Meta.name).where(Meta.name != "fingerprint").order_by(Meta.name)
    return list(session.scalars(query))


def note_and_fail(session: Session) -> None:
    note(session, "half")
    session.flush()
    raise LookupError("something is wrong with the second half")


async def test_what_a_unit_of_work_did_is_there_for_everybody(
    house: House, store: Store
) -> None:
    row = await store.run(note, "first", value="kept")
    assert row.value == "kept"
    second = house.open()
    assert await second.read(notes) == ["first"]
    second.close()


async def test_a_unit_of_work_that_raises_leaves_nothing(store: Store) -> None:
    with pytest.raises(LookupError):
        await store.run(note_and_fail)
    assert await store.read(notes) == []


async def test_a_row_that_was_read_stays_at_hand_until_the_end(store: Store) -> None:
    await store.run(note, "first")

    def read_and_let_go(session: Session) -> bool:
        return ref(session.get_one(Meta, "first"))() is not None

    assert await store.run(read_and_let_go)


async def test_reading_cannot_write(store: Store) -> None:
    def sneak(session: Session) -> None:
        note(session, "sneaked")
        session.flush()

    with pytest.raises(StorageError, match=r"readonly|read-only"):
        await store.read(sneak)


async def test_a_cancelled_caller_neither_cuts_nor_loses_a_turn(
    house: House, store: Store
) -> None:
    """What was sent is marked as sent even while the program is being stopped."""
    begun, go_on = threading.Event(), threading.Event()

    def slow(session: Session) -> None:
        note(session, "a")
        begun.set()
        go_on.wait(5)
        note(session, "b")

    async with asyncio.TaskGroup() as group:
        turn = group.create_task(store.run(slow))
        await asyncio.to_thread(begun.wait, 5)
        behind = group.create_task(store.run(note, "c"))
        await asyncio.sleep(0)
        turn.cancel()
        behind.cancel()
        await asyncio.sleep(0)
        go_on.set()
    assert turn.cancelled()
    assert behind.cancelled()
    store.close()
    again = house.open()
    assert await again.run(notes) == ["a", "b", "c"]
    again.close()


async def test_closing_waits_for_what_was_begun(house: House, store: Store) -> None:
    async with asyncio.TaskGroup() as group:
        for number in range(20):
            group.create_task(store.run(note, f"n{number:02}"))
    again = house.open()
    assert len(await again.read(notes)) == 20
    again.close()


async def test_two_programs_write_side_by_side(house: House, store: Store) -> None:
    """The command line opens a case while the bot is running."""

    def count_up(session: Session, *steps: str) -> None:
        for step in steps:
            records.tally(session, NOON, "fyn", step, "victim", "da")

    other = house.open()
    async with asyncio.TaskGroup() as group:
        for _ in range(25):
            # In whichever order they count, neither waits for the other for ever.
            group.create_task(store.run(count_up, "joined", "human"))
            group.create_task(other.run(count_up, "human", "joined"))
    other.close()

    def counts(session: Session) -> dict[str, int]:
        return {tally.step: tally.number for tally in session.scalars(select(Tally))}

    assert await store.read(counts) == {"joined": 50, "human": 50}


async def test_reading_goes_on_while_somebody_writes(store: Store) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(session: Session) -> None:
        note(session, "a")
        session.flush()
        begun.set()
        go_on.wait(5)

    async with asyncio.TaskGroup() as group:
        group.create_task(store.run(slow))
        await asyncio.to_thread(begun.wait, 5)
        assert await store.read(notes) == []
        go_on.set()


def test_a_program_that_is_killed_in_a_turn_leaves_the_turns_before(
    house: House,
) -> None:
    killed = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from bot.storage import Store\n"
        "from tests.bot.storage.test_store import note\n"
        "url, keys_url, file = sys.argv[1:]\n"
        "store = Store(url, keys_url=keys_url, key_file=Path(file))\n"
        "store.run_now(note, 'before')\n"
        "def last(session):\n"
        "    note(session, 'last'); session.flush(); os._exit(9)\n"
        "store.run_now(last)\n"
    )
    root = Path(__file__).parents[3]
    installed = [house.url, house.keys_url, str(house.key_file)]
    command = [sys.executable, "-c", killed, *installed]
    ended = subprocess.run(command, cwd=root, check=False)
    assert ended.returncode == 9
    store = house.open()
    assert store.run_now(notes) == ["before"]
    store.close()


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    def add(session: Session, at: datetime) -> None:
        session.add(AuditEntry(at=at, who="clock", action="looked"))

    with pytest.raises(StatementError, match="zone"):
        store.run_now(add, NOON.replace(tzinfo=None))
    store.run_now(add, NOON)

    def moments(session: Session) -> list[datetime]:
        return list(session.scalars(select(AuditEntry.at)))

    assert store.run_now(moments) == [NOON]


def test_an_error_shows_no_value_of_a_row(store: Store) -> None:
    def add(session: Session) -> None:
        session.add(Case(reference="very private", mediator_id="nobody"))

    with pytest.raises(IntegrityError, match=r"(?i)not.null") as caught:
        store.run_now(add)
    assert "very private" not in f"{caught.value} {caught.value.orig}"


def test_a_database_without_tables_names_the_command(empty: House) -> None:
    with pytest.raises(SchemaOutdated, match="run konfliktraad migrate"):
        empty.open()


def test_a_file_that_is_no_database_is_a_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "konfliktraad.db").write_text("This is a letter, not a database.")
    with pytest.raises(StorageError, match="not a database"):
        House(tmp_path).open()


def test_a_folder_that_cannot_be_made_is_a_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="check that its folder exists"):
        House(tmp_path / "file" / "var").open()


def test_a_locked_database_is_a_clear_sentence(store: Store) -> None:
    def locked(_session: Session) -> None:
        reason = Exception("database is locked")
        raise OperationalError("UPDATE people", {"name": "Ida"}, reason)

    with pytest.raises(StorageError, match="database is locked") as caught:
        store.run_now(locked)
    assert "Ida" not in str(caught.value)


@pytest.mark.parametrize("kind", ["sqlite"])
def test_only_the_owner_can_read_what_is_kept(build: Build) -> None:
    house = build("var").migrate()
    with closing(house.open()) as store:
        store.run_now(note, "something")
    kept = {path.name: path.stat().st_mode & 0o777 for path in house.folder.iterdir()}
    assert {"konfliktraad.db", "keys.db", "konfliktraad.key"} <= kept.keys()
    assert set(kept.values()) == {0o600}
