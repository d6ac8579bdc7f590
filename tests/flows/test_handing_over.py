"""Once a mediator has the case, nobody is told any more that others are awaited."""

import pytest

from flows.handing_over import handed_over
from flows.model import Frame, Place, Position

WAITS = Place("child", "awaiting_parents")
RESTS = Place("consent", "consented")
MENU = Place("topics", "ask_topic")
ELSEWHERE = Place("closing", "withdrawn")


def test_a_child_who_waited_rests_like_everybody_who_said_yes() -> None:
    waiting = Position(WAITS, trail=(Place("consent", "ask_take_part"),))
    assert handed_over(waiting) == Position(RESTS)


def test_what_is_open_above_stays_open_and_leads_there() -> None:
    reading = Position(MENU, returns=(Frame(WAITS),))
    assert handed_over(reading) == Position(MENU, returns=(Frame(RESTS),))


@pytest.mark.parametrize("place", [RESTS, ELSEWHERE, MENU])
def test_whoever_did_not_wait_stays(place: Place) -> None:
    assert handed_over(Position(place)) is None
