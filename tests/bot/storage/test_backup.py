"""Copies are made beside a running program, and what they bring back is the same."""

import os
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command

from bot.errors import KeyFileError, SchemaOutdated, StorageError
from bot.storage import Session, Store, people
from bot.storage.copies.backup import check, copy, fingerprint
from bot.storage.copies.restoring import Restored
from bot.storage.engine.schema import alembic_config
from bot.storage.keys.sealing import unseal
from bot.storage.tables import Person
from tests.bot.storage.house import House, move_in

IDA, OLE = 4001, 4002


@pytest.fixture
def kind() -> str:
    """How a server is backed up is told elsewhere."""
    return "sqlite"


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Read every table as it is stored."""
    with closing(sqlite3.connect(path)) as opened:
        names = [
            str(row[0])
            for row in opened.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table'"
            )
        ]
        return {
            name: opened.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608
            for name in names
        }


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def database(house: House) -> Path:
    return house.folder / "konfliktraad.db"


def number_of(store: Store, person_id: str) -> str:
    """Open somebody's chat number with their key."""
    person = store.run_now(Session.get_one, Person, person_id)
    key = store.keys.key_of(person_id)
    return unseal(key, "people", "reply_handle", person_id, person.reply_handle)


def test_what_is_restored_is_what_was_backed_up(house: House, tmp_path: Path) -> None:
    with closing(house.open()) as store:
        ida, _ = move_in(store, IDA)
        copy(house.url, tmp_path / "copy.db")
        before = contents(tmp_path / "copy.db")
        move_in(store, OLE)

    assert house.restore(tmp_path / "copy.db", replace=True) == Restored(0, 1, 0, 1)
    assert contents(database(house)) == before
    with closing(house.open()) as store:
        assert number_of(store, ida) == str(IDA)
        assert store.run_now(people.ids) == [ida]


def test_both_copies_bring_a_burnt_house_back(house: House, tmp_path: Path) -> None:
    with closing(house.open()) as store:
        ida, _ = move_in(store, IDA)
        copy(house.url, tmp_path / "copy.db")
        copy(house.keys_url, tmp_path / "keys.db")
    new = House(tmp_path / "new")
    new.folder.mkdir()
    (tmp_path / "keys.db").rename(new.folder / "keys.db")
    new.key_file.write_bytes(house.key_file.read_bytes())

    new.restore(tmp_path / "copy.db")
    with closing(new.open()) as store:
        assert number_of(store, ida) == str(IDA)
        assert store.keys.find(str(IDA)) == (ida, store.keys.key_of(ida))
    assert stat.S_IMODE(database(new).stat().st_mode) == 0o600


def test_a_copy_is_for_its_owner_and_alone(
    store: Store, house: House, tmp_path: Path
) -> None:
    move_in(store, IDA)
    file = tmp_path / "copies" / "copy.db"
    file.parent.mkdir()
    file.write_text("an older one")
    before = os.umask(0)
    try:
        assert copy(house.url, file)["people"] == 1
    finally:
        os.umask(before)
    assert names(file.parent) == ["copy.db"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert fingerprint(file) == store.keys.fingerprint


def test_a_copy_can_be_made_while_people_write(house: House, tmp_path: Path) -> None:
    enough = threading.Event()
    with closing(house.open()) as store:

        def write() -> None:
            account = IDA
            while not enough.is_set():
                move_in(store, account)
                account += 1

        writing = threading.Thread(target=write)
        writing.start()
        try:
            found = [copy(house.url, tmp_path / f"{n}.db")["people"] for n in range(30)]
        finally:
            enough.set()
            writing.join()
    assert found == sorted(found)
    assert found[-1] > 0


def test_a_copy_that_is_not_the_same_is_not_taken_for_one(
    store: Store, house: House, tmp_path: Path
) -> None:
    move_in(store, IDA)
    expected = copy(house.url, tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as made:
        check(made, expected)
        with pytest.raises(StorageError, match="not the same"):
            check(made, {**expected, "people": 2})


def test_the_keys_of_people_are_in_no_copy_of_the_database(
    store: Store, house: House, tmp_path: Path
) -> None:
    ida, _ = move_in(store, IDA)
    copy(house.url, tmp_path / "copy.db")
    copy(house.keys_url, tmp_path / "keys.db")
    wrapped = next(row[1] for row in contents(tmp_path / "keys.db")["keys"])
    assert isinstance(wrapped, bytes)
    assert wrapped not in (tmp_path / "copy.db").read_bytes()
    assert ida.encode() in (tmp_path / "copy.db").read_bytes()


@pytest.mark.parametrize("place", ["konfliktraad.db", "keys.db", "konfliktraad.key"])
def test_no_copy_is_put_where_the_program_keeps_its_own(
    store: Store, house: House, place: str
) -> None:
    move_in(store, IDA)
    before = (house.folder / place).read_bytes()
    with pytest.raises(StorageError, match="in use"):
        copy(house.url, house.folder / place, never=(house.keys_url, house.key_file))
    assert (house.folder / place).read_bytes() == before


def test_where_no_copy_can_be_made_nothing_is_left(
    house: House, tmp_path: Path
) -> None:
    (tmp_path / "torn.db").write_bytes(database(house).read_bytes()[:9000])
    with pytest.raises(StorageError):
        copy(f"sqlite:///{tmp_path}/torn.db", tmp_path / "copy.db")
    assert names(tmp_path) == ["torn.db", "var"]
    with pytest.raises(StorageError, match="There is no database"):
        copy(f"sqlite:///{tmp_path}/none.db", tmp_path / "copy.db")
    with pytest.raises(StorageError, match="No such file"):
        copy(house.url, tmp_path / "no" / "folder.db")


def test_nothing_is_restored_under_a_program_that_uses_the_database(
    store: Store, house: House, tmp_path: Path
) -> None:
    ida, _ = move_in(store, IDA)
    copy(house.url, tmp_path / "copy.db")
    with pytest.raises(StorageError, match="stop konfliktraad run"):
        house.restore(tmp_path / "copy.db", replace=True)
    assert store.run_now(people.ids) == [ida]


def test_nothing_is_replaced_without_being_asked(house: House, tmp_path: Path) -> None:
    with closing(house.open()) as store:
        copy(house.url, tmp_path / "copy.db")
        ida, _ = move_in(store, IDA)
    with pytest.raises(StorageError, match="--replace"):
        house.restore(tmp_path / "copy.db")
    with closing(house.open()) as store:
        assert store.run_now(people.ids) == [ida]
    assert names(house.folder) == [
        "keys.db",
        "konfliktraad.db",
        "konfliktraad.key",
    ]


def test_a_backup_of_another_house_is_refused(house: House, tmp_path: Path) -> None:
    house.open().close()
    other = House(tmp_path / "other").migrate()
    other.open().close()
    copy(other.url, tmp_path / "copy.db")
    with pytest.raises(KeyFileError, match="not the one"):
        house.restore(tmp_path / "copy.db")


def test_what_is_no_backup_is_refused(house: House, tmp_path: Path) -> None:
    house.open().close()
    copy(house.keys_url, tmp_path / "keys.db")
    (tmp_path / "letter.txt").write_text("Dear all,\n" * 100)
    with pytest.raises(StorageError, match="not a backup"):
        house.restore(tmp_path / "keys.db")
    with pytest.raises(StorageError, match=r"/letter\.txt is not a database"):
        house.restore(tmp_path / "letter.txt")
    with pytest.raises(StorageError, match="the database itself"):
        house.restore(database(house))


def test_a_backup_of_a_newer_program_is_refused(house: House, tmp_path: Path) -> None:
    house.open().close()
    copy(house.url, tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as opened, opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaOutdated, match="newer"):
        house.restore(tmp_path / "copy.db")


def test_a_backup_of_an_older_program_gets_the_tables_of_this_one(
    house: House, tmp_path: Path
) -> None:
    house.open().close()
    tables = contents(database(house)).keys()
    copy(house.url, tmp_path / "copy.db")
    with alembic_config(f"sqlite:///{tmp_path}/copy.db") as config:
        command.downgrade(config, "0001")
    assert contents(tmp_path / "copy.db").keys() < tables
    house.restore(tmp_path / "copy.db")
    assert contents(database(house)).keys() == tables
    house.open().close()
