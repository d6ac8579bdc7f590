"""A new key file that is given up, to the end or only half."""

from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from bot.errors import KeyFileError
from bot.storage.copies.half_rotated import unfinished
from bot.storage.copies.rotating import abandon
from tests.bot.storage.cut_short import Ended, Fuse, end
from tests.bot.storage.house import House
from tests.bot.storage.test_rotating import noted, turn


def test_a_new_file_that_is_lost_is_given_up(house: House, tmp_path: Path) -> None:
    house.open().close()
    with pytest.raises(KeyFileError, match="nothing to abandon"):
        abandon(house.keys_url, house.key_file)
    turn(house, tmp_path / "lost.key")
    abandon(house.keys_url, house.key_file)
    assert noted(house) == 1
    house.key_file.write_bytes((tmp_path / "lost.key").read_bytes())
    with pytest.raises(KeyFileError, match="not the one"):
        house.open()


def test_what_was_given_up_halfway_is_never_put_in_place_as_it_is(
    house: House,
) -> None:
    """Its wrap is destroyed already, and the file still lies there.

    Nor does that begin another change: elsewhere the file in use has to go on opening.
    """
    house.open().close()
    half = 0
    for nth in count(1):
        waits = house.key_file.with_name("konfliktraad.key.new")
        turn(house, waits)
        try:
            with Fuse(nth, end).lit():
                abandon(house.keys_url, house.key_file)
        except Ended:
            with closing(house.open()) as store:
                is_half = store.keys.is_half_abandoned()
                told = unfinished(store.keys, house.key_file)
            if is_half:
                half += 1
                assert told is not None
                assert "--abandon again" in told
                with pytest.raises(KeyFileError, match="--abandon again"):
                    turn(house)
                abandon(house.keys_url, house.key_file)
            turn(house)
            house.open().close()
        else:
            break
    assert half


def test_a_key_file_of_before_does_not_come_back_as_the_new_one(house: House) -> None:
    """It may have been changed because somebody has seen it."""
    house.open().close()
    kept = turn(house).kept_at
    assert kept is not None
    with pytest.raises(KeyFileError, match="must not come back"):
        turn(house, kept)
    assert noted(house) == 1
