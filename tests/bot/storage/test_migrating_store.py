"""A database is copied to another kind, all of it and the same, or not at all."""

import gc
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.errors import AlreadyServed, KeyFileError, StorageError
from bot.storage import Store, lease, people, records
from bot.storage.copies.contents import DATABASE, KEY_STORE, Contents
from bot.storage.copies.copying import Copies, counts
from bot.storage.copies.migrating_store import copy_whole
from bot.storage.copies.unserved import refuse_while_served
from bot.storage.tables import AuditEntry
from tests.bot.storage.furniture import NAMES, furnish
from tests.bot.storage.house import NOON, House, move_in
from tests.support.postgres import Server

IDA = 4001
LATER = NOON + timedelta(days=1)
BOTH = pytest.mark.parametrize("of", [DATABASE, KEY_STORE], ids=lambda of: of.name)


@pytest.fixture
def kind() -> str:
    """What is moved begins as a file."""
    return "sqlite"


@pytest.fixture
def server(postgres: Server) -> Iterator[Server]:
    with postgres.tidied():
        yield postgres


def new(server: Server) -> str:
    return server.url(server.make())


def move(of: Contents, source: str, target: str, house: House) -> Copies:
    return copy_whole(
        of,
        source,
        target,
        keys_url=house.keys_url,
        key_file=house.key_file,
        now=lambda: LATER,
    )


def does(of: Contents, url: str, *statements: str) -> None:
    with of.opened(url) as engine, engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def rows(of: Contents, url: str) -> int:
    """Count all rows but the one that is made with the tables."""
    with of.opened(url, is_reading=True) as engine, engine.connect() as connection:
        found = counts(connection, of.tables)
    return sum(found.values()) - found.get("pace", 0)


def kept(path: Path, tables: Copies) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as opened:
        return {
            name: sorted(opened.execute(f'SELECT * FROM "{name}"'), key=repr)  # noqa: S608 - a name from the schema
            for name in tables
        }


@BOTH
def test_there_and_back_every_value_is_the_same(
    of: Contents, house: House, server: Server, tmp_path: Path
) -> None:
    url, back = f"sqlite:///{tmp_path}/one.db", f"sqlite:///{tmp_path}/back.db"
    of.make(url)
    furnish(of, url)
    first, second = new(server), new(server)
    there = move(of, url, first, house)
    assert all(one.rows >= len(NAMES) for one in there.values())
    assert move(of, first, second, house) == there
    assert move(of, second, back, house) == there
    assert kept(tmp_path / "back.db", there) == kept(tmp_path / "one.db", there)


def test_who_has_moved_is_served_at_the_new_place(house: House, server: Server) -> None:
    with closing(house.open()) as store:
        ida, key = move_in(store, IDA)
        for _ in range(3):
            store.run_now(records.audit, "Birgit", "looked", None, NOON)
    database, keys = new(server), new(server)
    move(DATABASE, house.url, database, house)
    move(KEY_STORE, house.keys_url, keys, house)
    moved = Store(database, keys_url=keys, key_file=house.key_file)
    with closing(moved) as store:
        assert store.keys.find(str(IDA)) == (ida, key)
        assert store.run_now(people.ids) == [ida]
        move_in(store, IDA + 1)
        store.run_now(records.audit, "Birgit", "looked", None, NOON)
        looks = store.run_now(lambda session: session.query(AuditEntry.id).all())
    assert sorted(number for (number,) in looks) == [1, 2, 3, 4]


CHANGES = """
CREATE FUNCTION changed() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN NEW.language := 'xx'; RETURN NEW; END $$;
CREATE TRIGGER change BEFORE INSERT ON people FOR EACH ROW EXECUTE FUNCTION changed();
"""


def test_a_row_that_reads_otherwise_than_it_was_written_is_noticed(
    house: House, server: Server, tmp_path: Path
) -> None:
    with closing(house.open()) as store:
        move_in(store, IDA)
    on_server, file = new(server), f"sqlite:///{tmp_path}/file.db"
    for target in (on_server, file):
        DATABASE.make(target)
    does(DATABASE, on_server, CHANGES)
    does(
        DATABASE,
        file,
        "CREATE TRIGGER change AFTER INSERT ON people BEGIN "
        "UPDATE people SET next_talk = 9; END",
    )
    for target in (on_server, file):
        with pytest.raises(StorageError, match=r"people did not read .* was copied\.$"):
            move(DATABASE, house.url, target, house)
        assert rows(DATABASE, target) == 0


def test_what_breaks_in_the_middle_leaves_nothing(house: House, server: Server) -> None:
    with closing(house.open()) as store:
        move_in(store, IDA)
    # SQLite lets a word be longer than it may be.
    does(DATABASE, house.url, "UPDATE people SET language = hex(zeroblob(40))")
    target = new(server)
    with pytest.raises(StorageError) as failed:
        move(DATABASE, house.url, target, house)
    assert "refuses a row of people" in str(failed.value)
    assert str(failed.value).endswith("Nothing was copied.")
    assert "0000" not in str(failed.value)
    assert rows(DATABASE, target) == 0

    does(DATABASE, house.url, "UPDATE people SET language = 'da'")
    assert move(DATABASE, house.url, target, house)["people"].rows == 1


def test_what_breaks_on_the_way_from_a_server_leaves_no_cursor_open(
    house: House, server: Server, tmp_path: Path
) -> None:
    source, target = new(server), f"sqlite:///{tmp_path}/file.db"
    for url in (source, target):
        DATABASE.make(url)
    furnish(DATABASE, source)
    does(
        DATABASE,
        target,
        "CREATE TRIGGER refuse BEFORE INSERT ON people BEGIN "
        "SELECT RAISE(ABORT, 'no'); END",
    )
    with pytest.raises(StorageError, match="refuses a row of people"):
        move(DATABASE, source, target, house)
    # The driver warns of a cursor that goes away open, and a warning is an error.
    gc.collect()


@BOTH
def test_nothing_is_put_where_something_is(
    of: Contents, house: House, server: Server, tmp_path: Path
) -> None:
    source, target = f"sqlite:///{tmp_path}/one.db", new(server)
    for url in (source, target):
        of.make(url)
        furnish(of, url)
    before = rows(of, target)
    for place in (target, source):
        with pytest.raises(StorageError, match="only put where nothing is"):
            move(of, source, place, house)
    assert rows(of, target) == before


def test_only_a_database_of_this_version_is_copied_as_one(
    house: House, server: Server, tmp_path: Path
) -> None:
    house.open().close()
    empty, other = new(server), new(server)
    does(DATABASE, other, "CREATE TABLE recipes (name text)")
    for source in (empty, f"sqlite:///{tmp_path}/nowhere.db"):
        with pytest.raises(StorageError, match=r"in the source: check the address\.$"):
            move(DATABASE, source, new(server), house)
    assert not (tmp_path / "nowhere.db").exists()
    for source, target in (
        (house.keys_url, empty),
        (other, empty),
        (house.url, other),
        (house.url, house.keys_url),
    ):
        with pytest.raises(StorageError, match="has other tables than those of a data"):
            move(DATABASE, source, target, house)


def test_a_database_that_is_served_is_neither_copied_nor_copied_over(
    house: House, server: Server, tmp_path: Path
) -> None:
    house.open().close()
    served = House(tmp_path / "served").migrate()
    me = lease.this_process()
    with closing(served.open()) as store:
        store.run_now(lease.take, "serving", me, LATER)
    free = new(server)
    # It holds for as long as its process lives: another one has to ask.
    with closing(served.open()) as store:
        does(DATABASE, served.url, "UPDATE leases SET process = 1, machine = 'other'")
    for source, target in ((served.url, free), (house.url, served.url)):
        with pytest.raises(AlreadyServed, match="stop it"):
            move(DATABASE, source, target, house)
    with pytest.raises(AlreadyServed):
        refuse_while_served(served.url, LATER)
    refuse_while_served(served.url, LATER + lease.TERM)
    refuse_while_served(f"sqlite:///{tmp_path}/nowhere.db", LATER)


def test_without_its_key_file_nothing_is_copied(
    house: House, server: Server, tmp_path: Path
) -> None:
    house.open().close()
    other = House(tmp_path / "other").migrate()
    other.open().close()
    with pytest.raises(KeyFileError, match="not the one"):
        move(DATABASE, house.url, new(server), other)
    other.key_file.unlink()
    with pytest.raises(KeyFileError, match="missing"):
        move(KEY_STORE, house.keys_url, new(server), other)
    assert not other.key_file.exists()
