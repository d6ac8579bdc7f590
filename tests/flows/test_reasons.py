"""Each reason for a human has one row, and its properties go together."""

import pytest

from flows.effects import Reason
from flows.facts import Fear, Orders, Role, Tie
from flows.rules.reasons import SettledBy, handling
from flows.rules.side import Side, danger_told


@pytest.mark.parametrize("reason", Reason)
def test_whoever_is_told_that_they_can_go_on_was_held_up(reason: Reason) -> None:
    handled = handling(reason)
    assert handled.holds_up or handled.told is None


@pytest.mark.parametrize("reason", Reason)
def test_what_is_raised_at_once_holds_nobody_up(reason: Reason) -> None:
    """Whoever waits for a parent's answer would else learn of it."""
    handled = handling(reason)
    assert not (handled.at_once and handled.holds_up)


@pytest.mark.parametrize("reason", Reason)
def test_danger_outlives_a_stop(reason: Reason) -> None:
    handled = handling(reason)
    assert handled.lasts or not handled.is_danger


def test_what_takes_more_than_a_word_of_the_staff() -> None:
    more = {one: handling(one).settled_by for one in Reason}
    assert {one: by for one, by in more.items() if by is not SettledBy.WORD} == {
        Reason.VERIFY_HOLDER: SettledBy.VERIFICATION,
        Reason.CONFESSION_UNCLEAR: SettledBy.OWN_YES,
    }


@pytest.mark.parametrize("reason", Reason)
def test_danger_and_what_no_word_settles_is_settled_by_itself(reason: Reason) -> None:
    handled = handling(reason)
    is_heavy = handled.is_danger or handled.settled_by is not SettledBy.WORD
    assert handled.is_settled_alone or not is_heavy


def test_all_that_a_victim_can_tell_of_danger_is_a_danger() -> None:
    told = danger_told(
        Side(Role.VICTIM, tie=Tie.PARTNER, orders=Orders.YES, fear=Fear.YES)
    )
    assert told == {one for one in Reason if handling(one).is_danger}
