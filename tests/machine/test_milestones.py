"""The moments from which the machine goes on are what they are called."""

import pytest

from tests.machine.milestones import reached

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


@pytest.mark.parametrize("name", STATUSES)
def test_a_case_stands_where_its_milestone_says(name: str) -> None:
    assert set(reached(name).seen.statuses.values()) == STATUSES[name]
