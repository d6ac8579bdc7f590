"""The moments from which the machine goes on are what they are called."""

import pytest

from tests.lab.machine.milestones import reached

STATUSES = {
    "one yes": {"collecting"},
    "confirmed": {"confirmed"},
    "claimed": {"claimed"},
    "child asked": {"collecting"},
    "parents stated": {"needs_human"},
    "parents verified": {"confirmed"},
    "child claimed": {"claimed"},
    "nearly 18": {"needs_human"},
}


#: How many chats are covered, and how many have a word of their own.
COVERED = {"covered": (2, 2), "parents covered": (2, 1), "one yes": (0, 0)}


@pytest.mark.parametrize("name", COVERED)
def test_so_many_chats_are_covered_there(name: str) -> None:
    covered = reached(name).seen.covered
    words = [one for one in covered.kept.values() if one is not None]
    assert (len(covered.chats), len(words)) == COVERED[name]


@pytest.mark.parametrize("name", STATUSES)
def test_a_case_stands_where_its_milestone_says(name: str) -> None:
    assert set(reached(name).seen.statuses.values()) == STATUSES[name]
