"""A backup of a server is a file like any other, and comes back on either kind."""

import stat
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import AlreadyServed, StorageError
from bot.storage import lease, people
from bot.storage.copies.backup import copy
from bot.storage.copies.contents import DATABASE, KEY_STORE
from bot.storage.copies.copying import counts, snapshot
from bot.storage.copies.restoring import Restored
from tests.bot.storage.house import NOON, House, move_in
from tests.bot.storage.test_backup import names, number_of

IDA, OLE = 4001, 4002


@pytest.fixture
def kind() -> str:
    """What a file does is told elsewhere."""
    return "postgresql"


def test_a_backup_of_a_server_is_of_one_moment_and_comes_back_on_either(
    house: House, tmp_path: Path
) -> None:
    with closing(house.open()) as store:
        ida, _ = move_in(store, IDA)
        found = copy(house.url, tmp_path / "copy.db")
        copy(house.keys_url, tmp_path / "keys.db", of=KEY_STORE)
        move_in(store, OLE)
    assert found["people"] == 1
    assert names(tmp_path) == ["copy.db", "keys.db", "var"]
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600

    done = house.restore(tmp_path / "copy.db", replace=True)
    assert done == Restored(0, 1, 0, 1)
    with closing(house.open()) as store:
        assert number_of(store, ida) == str(IDA)
        assert store.run_now(people.ids) == [ida]

    near = House(tmp_path / "near").migrate()
    near.key_file.write_bytes(house.key_file.read_bytes())
    (tmp_path / "keys.db").rename(near.folder / "keys.db")
    near.restore(tmp_path / "copy.db")
    with closing(near.open()) as store:
        assert number_of(store, ida) == str(IDA)


def test_on_a_server_who_was_erased_stays_erased(house: House, tmp_path: Path) -> None:
    with closing(house.open()) as store:
        ida, _ = move_in(store, IDA)
        ole, _ = move_in(store, OLE)
        copy(house.url, tmp_path / "copy.db")
        store.keys.destroy(ida)
    with pytest.raises(StorageError, match="--replace"):
        house.restore(tmp_path / "copy.db")
    done = house.restore(tmp_path / "copy.db", replace=True)
    assert done == Restored(0, 1, 1, 0)
    with closing(house.open()) as store:
        assert store.run_now(people.ids) == [ole]


def test_a_server_is_not_restored_under_a_program(house: House, tmp_path: Path) -> None:
    with closing(house.open()) as store:
        copy(house.url, tmp_path / "copy.db")
        other = replace(lease.this_process(), machine=None)
        store.run_now(lease.take, "serving", other, NOON)
        with pytest.raises(AlreadyServed, match="stop it"):
            house.restore(tmp_path / "copy.db", replace=True)


def test_a_copy_of_a_server_shows_one_moment(house: House) -> None:
    """What is written while it is made is in none of its tables."""
    with (
        closing(house.open()) as store,
        DATABASE.opened(house.url, is_reading=True) as engine,
        snapshot(engine) as seen,
    ):
        before = counts(seen, DATABASE.tables)
        move_in(store, IDA)
        assert counts(seen, DATABASE.tables) == before
