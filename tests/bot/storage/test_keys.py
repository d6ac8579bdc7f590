"""Key file and key store: who is who, and how somebody is forgotten for good."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest
from sqlalchemy import Connection, text

from bot.errors import KeyDestroyed, KeyFileError, StorageError
from bot.storage import Session, Store
from bot.storage.engine.engines import open_engine
from bot.storage.keys.keystore import KeyStore
from bot.storage.keys.sealing import seal, unseal
from bot.storage.tables import Meta
from bot.upkeep import tidying
from tests.bot.storage.conftest import Build
from tests.bot.storage.house import House, move_in

IDA, OLE = 701_234_567, 5_801_234_567


def test_an_account_is_known_after_it_was_enrolled(store: Store) -> None:
    assert store.keys.find(str(IDA)) is None
    person_id, key = store.keys.enrol(str(IDA))
    assert store.keys.find(str(IDA)) == (person_id, key)
    assert store.keys.key_of(person_id) == key
    assert store.keys.find(str(OLE)) is None


def test_enrolling_twice_changes_nothing(store: Store) -> None:
    """The program ended between the key and the person; the person tries again."""
    assert store.keys.enrol(str(IDA)) == store.keys.enrol(str(IDA))


def test_an_erased_person_cannot_be_read_and_comes_back_as_a_stranger(
    house: House, store: Store
) -> None:
    person_id, key = store.keys.enrol(str(IDA))
    elsewhere = KeyStore(
        house.keys_url, house.key_file, database=store.keys.fingerprint
    )
    assert elsewhere.key_of(person_id) == key
    store.keys.destroy(person_id)
    store.keys.destroy(person_id)
    for keys in (store.keys, elsewhere):
        with pytest.raises(KeyDestroyed):
            keys.key_of(person_id)
    elsewhere.close()
    again, new_key = store.keys.enrol(str(IDA))
    assert again != person_id
    assert new_key != key


def test_nothing_of_a_destroyed_key_stays_in_the_files(
    house: House, store: Store
) -> None:
    """A copy of the key store made afterwards holds no byte of it, only the id."""
    people = [store.keys.enrol(str(IDA + number))[0] for number in range(150)]
    before = _rows(house)
    erased = people[::3]
    for person_id in erased:
        store.keys.destroy(person_id)
    files = b"".join(path.read_bytes() for path in _files_of_keys(house))
    left = [person_id for person_id in people if before[person_id] in files]
    assert set(left) == set(people) - set(erased)
    assert store.keys.erased() == set(erased)


def _rows(house: House) -> dict[str, bytes]:
    with _reading_keys(house) as connection:
        rows = connection.execute(text("SELECT person_id, wrapped FROM keys"))
        return {row.person_id: bytes(row.wrapped) for row in rows}


def _files_of_keys(house: House) -> list[Path]:
    """Find the files in which keys stand: all of SQLite's, or the table's."""
    if house.keys_url.startswith("sqlite"):
        return list(house.folder.glob("keys.db*"))
    with _reading_keys(house) as connection:
        connection.execute(text("CHECKPOINT"))
        folder = connection.scalar(text("SHOW data_directory"))
        file = connection.scalar(text("SELECT pg_relation_filepath('keys')"))
    return [Path(str(folder), str(file))]


@contextmanager
def _reading_keys(house: House) -> Iterator[Connection]:
    kept = {"journal_mode": "DELETE"}
    engine = open_engine(house.keys_url, is_reading=True, pragmas=kept)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@pytest.mark.parametrize("at_once", [1, 2, 1000])
def test_keys_of_nobody_are_swept(
    store: Store, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidying, "STRETCH", at_once)
    here = move_in(store, IDA)
    nobody, _ = store.keys.enrol(str(OLE))
    after: str | None = ""
    while after is not None:
        after = store.run_now(tidying.sweep, store.keys, after)
    assert store.keys.find(str(IDA)) == here
    assert store.keys.find(str(OLE)) is None
    with pytest.raises(KeyDestroyed):
        store.keys.key_of(nobody)


def test_hashes_are_keyed_and_each_use_has_its_own(build: Build, store: Store) -> None:
    keys = store.keys
    hashes = {
        keys.hash_account(str(42)),
        keys.hash_token("42"),
        keys.hash_word("", "42"),
    }
    hashes |= {keys.hash_word("ida", "regn"), keys.hash_word("ole", "regn")}
    assert len(hashes) == 5
    other = build("other").migrate().open()
    assert other.keys.hash_account(str(42)) != keys.hash_account(str(42))
    other.close()


def test_everything_is_found_again_after_a_restart(house: House) -> None:
    store = house.open()
    person_id, key = store.keys.enrol(str(IDA))
    sealed = seal(key, "answers", "value", "row", "Ida")
    store.close()
    store = house.open()
    assert store.keys.find(str(IDA)) == (person_id, key)
    assert unseal(key, "answers", "value", "row", sealed) == "Ida"
    store.close()


def test_a_missing_key_file_is_never_replaced(house: House) -> None:
    house.open().close()
    house.key_file.unlink()
    with pytest.raises(KeyFileError, match="is missing"):
        house.open()
    assert not house.key_file.exists()


def test_another_key_file_is_refused(build: Build, house: House) -> None:
    house.open().close()
    other = build("other").migrate()
    other.open().close()
    shutil.copy(other.key_file, house.key_file)
    with pytest.raises(KeyFileError, match="not the one"):
        house.open()


@pytest.mark.parametrize("content", [b"", b"no base64!", b"c2hvcnQ="])
def test_a_damaged_key_file_is_refused(house: House, content: bytes) -> None:
    house.folder.mkdir(exist_ok=True)
    house.key_file.write_bytes(content)
    with pytest.raises(KeyFileError, match="KONFLIKTRAAD_KEY_FILE"):
        house.open()


def test_a_new_key_store_beside_a_used_database_is_refused(
    build: Build, house: House
) -> None:
    """Going on would make every person in the database unreadable for good."""
    house.open().close()
    urls = {"konfliktraad": house.url, "keys": build("other").keys_url}
    with pytest.raises(KeyFileError, match="key store is new"):
        House(house.folder, urls.__getitem__).open()


def test_a_new_database_beside_used_keys_is_refused(build: Build, house: House) -> None:
    """Going on would sweep the keys of everybody in the right database."""
    store = house.open()
    store.keys.enrol(str(IDA))
    store.close()
    urls = {"konfliktraad": build("other").migrate().url, "keys": house.keys_url}
    with pytest.raises(KeyFileError, match="database is new"):
        House(house.folder, urls.__getitem__).open()


def test_a_start_that_was_cut_short_is_taken_up_again(house: House) -> None:
    """The program ended after the key store knew the key file, before the database."""
    store = house.open()
    fingerprint = store.keys.fingerprint
    store.run_now(_forget_fingerprint)
    store.close()
    again = house.open()
    assert again.keys.fingerprint == fingerprint
    again.close()


def _forget_fingerprint(session: Session) -> None:
    session.delete(session.get_one(Meta, "fingerprint"))


def test_the_main_database_is_refused_as_a_key_store(house: House) -> None:
    """A backup of one would hold the other, and an erasure would erase nothing."""
    urls = {"konfliktraad": house.url, "keys": house.url}
    with pytest.raises(StorageError, match="needs a database of its own"):
        House(house.folder, urls.__getitem__).open()


def test_where_nobody_may_look_a_sentence_says_so(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a folder that belongs to somebody else; root may look everywhere."""
    house.open().close()

    looks, reads = Path.stat, Path.read_bytes

    def stat(path: Path, **how: bool) -> os.stat_result:
        return refused(path) if path == house.key_file else looks(path, **how)

    def read_bytes(path: Path) -> bytes:
        return refused(path) if path == house.key_file else reads(path)

    def refused(path: Path) -> NoReturn:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "stat", stat)
    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    with pytest.raises(KeyFileError, match="who may read it"):
        house.open()
