"""The key file is changed while people are served, and nobody notices."""

import errno
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count, takewhile
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.errors import KeyFileError
from bot.storage import Session, Store, links, people
from bot.storage.copies.backup import copy, key_files
from bot.storage.copies.contents import KEY_STORE
from bot.storage.copies.half_rotated import unfinished
from bot.storage.copies.rotating import Rotated, rotate
from bot.storage.links import Leads
from bot.storage.tables import Person
from tests.bot.storage.cut_short import TODAY, Ended, Fuse, end
from tests.bot.storage.house import NOON, House, move_in

IDA = 701_234_567
#: Steps at which a change can end, at least.
ENOUGH = 30


def turn(house: House, to: Path | None = None) -> Rotated:
    return rotate(house.keys_url, house.key_file, on=TODAY, to=to)


def hashes(store: Store) -> list[bytes]:
    """Everything that must stay the same for as long as the installation lives."""
    keys = store.keys
    return [
        keys.hash_account(str(IDA)),
        keys.hash_token("ABCD"),
        keys.hash_word("ida", "regn"),
        keys.hash_receipt("receipt"),
        keys.hash_verification("made sure"),
        keys.fingerprint.encode(),
    ]


def noted(house: House) -> int:
    with (
        KEY_STORE.opened(house.keys_url, is_reading=True) as engine,
        engine.connect() as connection,
    ):
        return len(connection.execute(text("SELECT number FROM roots")).all())


def test_after_a_change_everything_is_as_before_and_only_the_new_file_opens_it(
    house: House,
) -> None:
    with closing(house.open()) as store:
        ida, before = move_in(store, IDA), hashes(store)
        first = store.keys.opened_by
    old = house.key_file.read_bytes()
    done = turn(house)
    assert stat.S_IMODE(house.key_file.stat().st_mode) == 0o600
    with closing(house.open()) as store:
        assert store.keys.find(str(IDA)) == ida
        assert hashes(store) == before
        assert store.keys.opened_by == done.fingerprint != first
        assert store.keys.key_files() == [done.fingerprint]
        assert unfinished(store.keys, house.key_file) is None

    assert done.kept_at is not None
    assert done.kept_at.name == f"konfliktraad.key.until-2026-12-01-{first}"
    assert done.kept_at.read_bytes() == old
    assert stat.S_IMODE(done.kept_at.stat().st_mode) == 0o600
    new = house.key_file.read_bytes()
    house.key_file.write_bytes(old)
    with pytest.raises(KeyFileError, match=f"the fingerprint {done.fingerprint}"):
        house.open()
    house.key_file.write_bytes(new)


def test_a_file_may_be_changed_as_often_as_one_likes(house: House) -> None:
    with closing(house.open()) as store:
        ida, before = move_in(store, IDA), hashes(store)
    done = [turn(house) for _ in range(3)]
    assert len({one.fingerprint for one in done}) == 3
    with closing(house.open()) as store:
        assert (store.keys.find(str(IDA)), hashes(store)) == (ida, before)
    for one in done:
        assert one.kept_at is not None
        house.key_file.write_bytes(one.kept_at.read_bytes())
        with pytest.raises(KeyFileError, match="is not the one"):
            house.open()


@pytest.mark.parametrize("content", [b"", b"c2hvcnQ=", b"no base64!"])
def test_a_torn_file_is_refused_and_changes_nothing(
    house: House, content: bytes
) -> None:
    house.open().close()
    good = house.key_file.read_bytes()
    house.key_file.write_bytes(content)
    with pytest.raises(KeyFileError, match="KONFLIKTRAAD_KEY_FILE"):
        turn(house)
    house.key_file.write_bytes(good)
    assert noted(house) == 1
    house.open().close()


def test_who_changes_the_file_has_to_have_the_right_one(house: House) -> None:
    house.open().close()
    old = house.key_file.read_bytes()
    new = turn(house)
    house.key_file.write_bytes(old)
    with pytest.raises(KeyFileError, match=new.fingerprint):
        turn(house)


def test_a_change_that_ends_at_any_step_is_taken_up_again(house: House) -> None:
    """Wherever it ends, the file that lies there opens everything."""
    with closing(house.open()) as store:
        ida, before = move_in(store, IDA), hashes(store)
    for nth in count(1):
        try:
            with Fuse(nth, end).lit():
                turn(house)
        except Ended:
            pass
        else:
            break
        with closing(house.open()) as store:
            assert (store.keys.find(str(IDA)), hashes(store)) == (ida, before), nth
            point = unfinished(store.keys, house.key_file)
        if point is not None:
            assert "run konfliktraad keys rotate" in point
            turn(house)
        assert noted(house) == 1
    assert nth > ENOUGH


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_program_that_is_killed_at_any_step_has_lost_nothing(
    house: House, tmp_path: Path
) -> None:
    with closing(house.open()) as store:
        ida, before = move_in(store, IDA), hashes(store)
    house.folder.rename(tmp_path / "0")
    command = [sys.executable, "-m", "tests.bot.storage.cut_short", str(tmp_path)]
    subprocess.run(command, cwd=Path(__file__).parents[3], check=True)
    ended = [House(path) for path in tmp_path.iterdir()]
    assert len(ended) > ENOUGH
    for one in ended:
        with closing(one.open()) as store:
            assert (store.keys.find(str(IDA)), hashes(store)) == (ida, before), (
                one.folder
            )
        turn(one)
        with closing(one.open()) as store:
            assert (store.keys.find(str(IDA)), hashes(store)) == (ida, before), (
                one.folder
            )


@dataclass
class Town:
    """People who come one after the other, with letters; one in ten is erased."""

    house: House
    store: Store
    copies: Path
    known: dict[int, tuple[str, bytes]] = field(default_factory=dict)
    erased: list[int] = field(default_factory=list)
    enough: threading.Event = field(default_factory=threading.Event)

    def live(self) -> None:
        for account in takewhile(lambda _: not self.enough.is_set(), count(IDA)):
            self.known[account] = move_in(self.store, account)
            person_id = self.known[account][0]
            self.store.run_now(bind_a_letter, self.store, person_id)
            if account % 10 == 5:
                self.store.keys.destroy(person_id)
                self.erased.append(account)
                del self.known[account]
            copy(self.house.keys_url, self.copies / "keys.db", of=KEY_STORE)

    def found_by(self, store: Store) -> dict[int, tuple[str, bytes] | None]:
        assert not any(map(store.keys.find, map(str, self.erased)))
        return {account: store.keys.find(str(account)) for account in self.known}


def test_who_is_served_notices_nothing(house: House, tmp_path: Path) -> None:
    """People come, letters are opened, somebody is erased, copies are made."""
    with closing(house.open()) as store, ThreadPoolExecutor(1) as beside:
        town = Town(house, store, tmp_path)
        living = beside.submit(town.live)
        try:
            done = list[str]()
            while len(done) < 5 or not (town.known and town.erased):
                done.append(turn(house).fingerprint)
        finally:
            town.enough.set()
        living.result()
        assert town.found_by(store) == town.known
    with closing(house.open()) as store:
        assert town.found_by(store) == town.known
        assert store.keys.opened_by == done[-1]
    assert key_files(tmp_path / "keys.db")[-1] in done


def bind_a_letter(session: Session, store: Store, person_id: str) -> None:
    leads = Leads("mediator", district="fyn")
    token = links.make(session, store.keys, leads, NOON, timedelta(days=1))
    link = links.find(session, store.keys, token)
    assert link is not None
    links.bind(link, session.get_one(Person, person_id), NOON)


def test_copies_of_the_database_know_nothing_of_the_file(
    house: House, tmp_path: Path
) -> None:
    with closing(house.open()) as store:
        ida = move_in(store, IDA)
    copy(house.url, tmp_path / "copy.db")
    turn(house)
    house.restore(tmp_path / "copy.db", replace=True)
    with closing(house.open()) as store:
        assert store.keys.find(str(IDA)) == ida
        assert store.run_now(people.ids) == [ida[0]]


def test_copies_of_the_keys_open_with_the_file_of_then(
    house: House, tmp_path: Path
) -> None:
    with closing(house.open()) as store:
        ida = move_in(store, IDA)
        first = store.keys.opened_by
    copy(house.keys_url, tmp_path / "keys.db", of=KEY_STORE)
    assert key_files(tmp_path / "keys.db") == [first]
    done = turn(house)
    assert done.kept_at is not None

    again = House(tmp_path / "again").furnish()
    copy(house.url, tmp_path / "copy.db")
    (tmp_path / "keys.db").rename(again.folder / "keys.db")
    again.key_file.write_bytes(house.key_file.read_bytes())
    kept = again.folder / done.kept_at.name
    for sentence in (f"that with the fingerprint {first} there", f"{kept} is that one"):
        with pytest.raises(KeyFileError, match=sentence):
            again.restore(tmp_path / "copy.db")
        kept.write_bytes(done.kept_at.read_bytes())
    again.key_file.unlink()
    with pytest.raises(KeyFileError, match=rf"missing .* {first}\. {kept} is that"):
        again.restore(tmp_path / "copy.db")
    kept.rename(again.key_file)
    again.restore(tmp_path / "copy.db")
    turn(again)
    with closing(again.open()) as store:
        assert store.keys.find(str(IDA)) == ida


def test_in_two_steps_both_files_open_it_until_the_second(
    house: House, tmp_path: Path
) -> None:
    """As where the key file is a secret that others put in place."""
    with closing(house.open()) as store:
        ida = move_in(store, IDA)
    old, to = house.key_file.read_bytes(), tmp_path / "secrets.key"
    made = turn(house, to)
    assert made == Rotated(made.fingerprint, waits_at=to)
    assert turn(house, to) == made
    for content in (old, to.read_bytes(), old):
        house.key_file.write_bytes(content)
        with closing(house.open()) as store:
            assert store.keys.find(str(IDA)) == ida
            assert unfinished(store.keys, house.key_file) is not None
    with pytest.raises(KeyFileError, match=f"fingerprint is {made.fingerprint}: put"):
        turn(house)

    house.key_file.write_bytes(to.read_bytes())
    assert turn(house) == Rotated(made.fingerprint)
    house.key_file.write_bytes(old)
    with pytest.raises(KeyFileError, match=made.fingerprint):
        house.open()


def test_whoever_could_read_the_old_file_can_read_the_new_one(house: House) -> None:
    house.open().close()
    house.key_file.chmod(0o644)
    turn(house)
    assert stat.S_IMODE(house.key_file.stat().st_mode) == 0o640


def test_no_two_change_it_at_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.open().close()
    refused = list[str]()
    real = Path.replace

    def meanwhile(path: Path, target: Path) -> Path:
        with pytest.raises(KeyFileError) as caught:
            turn(house)
        refused.append(str(caught.value))
        return real(path, target)

    monkeypatch.setattr(Path, "replace", meanwhile)
    turn(house)
    assert all("is under way" in one for one in refused)
    assert len(refused) == 3


def test_where_nobody_may_write_another_place_can_be_named(house: House) -> None:
    house.open().close()
    # Not even root can write a file in the place of a folder.
    in_the_way = house.folder / ".konfliktraad.key.new.part"
    in_the_way.mkdir()
    with pytest.raises(KeyFileError, match=r"cannot be made .* --to FILE"):
        turn(house)
    assert noted(house) == 1
    in_the_way.rmdir()
    with pytest.raises(KeyFileError, match="the key file in use"):
        turn(house, house.key_file)
    copied = house.folder / "copied.key"
    copied.write_bytes(house.key_file.read_bytes())
    with pytest.raises(KeyFileError, match="in use already"):
        turn(house, copied)


def test_a_file_that_cannot_be_replaced_is_put_in_place_by_hand(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A single file that is mounted can be written over, and not replaced."""
    house.open().close()
    real, waits = Path.replace, house.folder / "konfliktraad.key.new"

    def mounted(path: Path, target: Path) -> Path:
        if target == house.key_file:
            raise OSError(errno.EBUSY, "Device or resource busy")
        return real(path, target)

    with monkeypatch.context() as here:
        here.setattr(Path, "replace", mounted)
        with pytest.raises(KeyFileError, match=r"resource busy\): put .*key\.new in"):
            turn(house)
    house.open().close()
    house.key_file.write_bytes(waits.read_bytes())
    turn(house)
    assert not waits.exists()
    assert noted(house) == 1
    house.open().close()
