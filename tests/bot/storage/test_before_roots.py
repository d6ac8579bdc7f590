"""A key store from before there were roots opens, and nobody in it is a stranger."""

from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.errors import KeyFileError, StorageError
from bot.storage import Store, people
from bot.storage.copies.backup import copy, key_files
from bot.storage.copies.contents import KEY_STORE
from bot.storage.copies.migrating_store import copy_whole
from bot.storage.copies.rotating import rotate
from bot.storage.keys.sealing import new_key
from tests.bot.storage.before_roots import KeysOfBefore, wraps
from tests.bot.storage.cut_short import TODAY, Ended, Fuse, end
from tests.bot.storage.house import NOON, House, move_in

IDA, OLE, NEW = 701_234_567, 5_801_234_567, 901_234_567
BEFORE = {IDA: ("ida" * 7, new_key()), OLE: ("ole" * 7, new_key())}
IDS = {person_id for person_id, _ in BEFORE.values()}


@pytest.fixture
def old(house: House) -> KeysOfBefore:
    """The keys of a house that was furnished before there were roots."""
    keys = KeysOfBefore()
    keys.furnish(house, BEFORE)
    return keys


def everybody_is_known(store: Store, old: KeysOfBefore) -> None:
    keys = store.keys
    assert {account: keys.find(str(account)) for account in BEFORE} == BEFORE
    assert keys.keys_of(IDS) == dict(BEFORE.values())
    assert [keys.key_of(person_id) for person_id, _ in BEFORE.values()] == [
        key for _, key in BEFORE.values()
    ]
    assert keys.fingerprint == old.fingerprint
    assert keys.hash_account(str(IDA)) == old.hashed("lookup", str(IDA))
    assert keys.hash_token("ABCD") == old.hashed("token", "ABCD")
    assert keys.hash_word("ida", "regn") == old.hashed("word", "ida/regn")
    assert keys.hash_receipt("a line") == old.hashed("receipt", "a line")
    assert keys.hash_verification("{}") == old.hashed("verification", "{}")


def test_everybody_is_known_by_the_same_hashes_and_can_be_read(
    house: House, old: KeysOfBefore
) -> None:
    before = wraps(house)
    for _ in range(2):
        with closing(house.open()) as store:
            everybody_is_known(store, old)
            assert store.keys.key_files() == [old.fingerprint]
    assert wraps(house) == before


def test_after_a_change_the_first_file_opens_nothing_any_more(
    house: House, old: KeysOfBefore
) -> None:
    """Its bytes go on in the hashes, and are no way to what anybody has said."""
    with closing(house.open()) as store:
        new = move_in(store, NEW)
        assert old.opens(house) == IDS
        rotate(house.keys_url, house.key_file, on=TODAY)
        # What serves goes on with what it has in memory.
        everybody_is_known(store, old)
    assert old.opens(house) == set()
    with closing(house.open()) as store:
        everybody_is_known(store, old)
        assert store.keys.find(str(NEW)) == new
    assert wraps(house).keys() == {*IDS, new[0]}


def test_of_what_the_first_file_opened_nothing_stays_on_the_disk(
    house: House, old: KeysOfBefore
) -> None:
    before = wraps(house)
    house.open().close()
    rotate(house.keys_url, house.key_file, on=TODAY)
    if house.keys_url.startswith("sqlite"):
        files = b"".join(one.read_bytes() for one in house.folder.glob("keys.db*"))
        assert not [one for one in before.values() if one in files]
        assert old.fingerprint.encode() in files
    assert not {*before.values()} & {*wraps(house).values()}


def test_the_first_change_may_end_at_any_step(
    house: House, old: KeysOfBefore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.copies.rotating._PORTION", 1)
    house.open().close()
    for nth in count(1):
        try:
            with Fuse(nth, end).lit():
                rotate(house.keys_url, house.key_file, on=TODAY)
        except Ended:
            with closing(house.open()) as store:
                everybody_is_known(store, old)
        else:
            break
    assert old.opens(house) == set()


def test_another_file_is_refused_and_told_which_is_wanted(
    house: House, old: KeysOfBefore
) -> None:
    KeysOfBefore().furnish(House(house.folder / "other").furnish(), {})
    good = house.key_file.read_bytes()
    other = house.folder / "other" / "konfliktraad.key"
    house.key_file.write_bytes(other.read_bytes())
    with pytest.raises(
        KeyFileError, match=f"that with the fingerprint {old.fingerprint}"
    ):
        house.open()
    house.key_file.write_bytes(good)
    house.open().close()


def test_copies_of_before_go_on_being_good(
    house: House, old: KeysOfBefore, tmp_path: Path
) -> None:
    copy(house.keys_url, tmp_path / "keys.db", of=KEY_STORE)
    assert key_files(tmp_path / "keys.db") == [old.fingerprint]
    with closing(house.open()) as store:
        move_in(store, NEW)
    copy(house.url, tmp_path / "copy.db")
    first = house.key_file.read_bytes()
    rotate(house.keys_url, house.key_file, on=TODAY)

    again = House(tmp_path / "again").furnish()
    again.key_file.write_bytes(first)
    moved = copy_whole(
        KEY_STORE,
        f"sqlite:///{tmp_path}/keys.db",
        again.keys_url,
        keys_url=again.keys_url,
        key_file=again.key_file,
        now=lambda: NOON,
    )
    assert moved["keys"].rows == len(BEFORE)
    again.restore(tmp_path / "copy.db")
    with closing(again.open()) as store:
        everybody_is_known(store, old)
        assert len(store.run_now(people.ids)) == 1


def test_a_key_store_of_a_newer_program_is_refused(house: House) -> None:
    house.open().close()
    with KEY_STORE.opened(house.keys_url) as engine, engine.begin() as connection:
        newer = "UPDATE meta SET value = '3' WHERE name = 'version'"
        connection.execute(text(newer))
    with pytest.raises(StorageError, match="newer version"):
        house.open()
