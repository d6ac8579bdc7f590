"""While a database is copied or replaced, no program may begin to serve from it."""

import time
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.errors import AlreadyServed
from bot.storage import Session, Store, lease, people
from bot.storage.copies import restoring, unserved
from bot.storage.copies.backup import copy
from bot.storage.copies.restoring import Restored
from bot.storage.copies.unserved import nobody_served
from bot.storage.lease import SERVING, Held
from tests.bot.storage.house import NOON, House, move_in

#: A process on another machine, of which only time tells that it is gone.
OTHER = replace(lease.this_process(), machine=None)


def serves(store: Store, at: datetime) -> Held:
    """Let another process want to serve, and tell who may."""
    return store.run_now(lease.take, SERVING, OTHER, at)


def last(session: Session) -> Held:
    found = lease.held(session, SERVING)
    assert found is not None
    return found


def test_while_it_is_copied_nobody_begins_to_serve(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unserved, "RENEW_EVERY", 0.02)
    clock = Clock()
    with closing(house.open()) as store:
        with nobody_served(house.url, clock.now):
            assert "copying" in serves(store, clock.now()).by.who
            before, patience = store.run_now(last).until, time.monotonic() + 20
            while store.run_now(last).until == before:
                assert time.monotonic() < patience
                time.sleep(0.01)
            assert serves(store, clock.now()).by != OTHER
        assert serves(store, clock.now()).by == OTHER


def test_who_was_held_up_for_too_long_says_that_somebody_served(house: House) -> None:
    """As on a machine that stood still: what was copied may miss something."""
    with closing(house.open()) as store:
        with (
            pytest.raises(AlreadyServed, match="stop it"),
            nobody_served(house.url, lambda: NOON),
        ):
            assert serves(store, NOON + lease.TERM).by == OTHER
        assert store.run_now(last).by == OTHER


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_who_begins_to_serve_while_a_backup_is_prepared_keeps_the_database(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(*args: object) -> Restored:
        done: Restored = prepare(*args)  # type: ignore[arg-type]
        assert serves(store, NOON).by == OTHER
        return done

    prepare = restoring._prepare  # noqa: SLF001 - the moment between two looks
    monkeypatch.setattr(restoring, "_prepare", slowly)
    with closing(house.open()) as store:
        copy(house.url, tmp_path / "empty.db")
        ida, _ = move_in(store, 4001)
        with pytest.raises(AlreadyServed, match="stop it"):
            house.restore(tmp_path / "empty.db", replace=True)
        assert store.run_now(people.ids) == [ida]
