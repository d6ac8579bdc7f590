"""What follows from an answer about consent: looked at for each of them."""

from itertools import product

import pytest

from flows.effects import ConsentState, Purpose
from flows.facts import Interest
from flows.rules.consequences import NOTHING, OF_INTEREST, consequences

_NOES = (ConsentState.REFUSED, ConsentState.WITHDRAWN)
_OWN = (Purpose.HEAR_MORE, Purpose.TAKE_PART)


@pytest.mark.parametrize("state", ConsentState)
def test_nothing_follows_from_having_read_about_data(state: ConsentState) -> None:
    assert consequences(Purpose.DATA_NOTICE, state) == NOTHING


@pytest.mark.parametrize(("purpose", "state"), list(product(_OWN, _NOES)))
def test_no_parent_opens_a_link_of_a_child_who_says_no(
    purpose: Purpose, state: ConsentState
) -> None:
    if (purpose, state) != (Purpose.HEAR_MORE, ConsentState.WITHDRAWN):
        follows = consequences(purpose, state)
        assert follows.closes_invitations
        assert follows.closes_moves


@pytest.mark.parametrize("purpose", [*_OWN, Purpose.PARENTAL_TAKE_PART])
def test_whoever_says_yes_is_here_again(purpose: Purpose) -> None:
    brings_back = {
        state for state in ConsentState if consequences(purpose, state).brings_back
    }
    assert brings_back == {ConsentState.GIVEN}


def test_only_what_a_parent_says_for_a_child_is_made_sure_of() -> None:
    anew = {
        (purpose, state)
        for purpose, state in product(Purpose, ConsentState)
        if consequences(purpose, state).is_verified_anew
    }
    of_parents = set(product([Purpose.PARENTAL_TAKE_PART], ConsentState))
    assert anew == of_parents - {(Purpose.PARENTAL_TAKE_PART, ConsentState.RECONFIRMED)}


def test_a_parent_changes_nothing_of_what_the_child_has_said() -> None:
    for state in ConsentState:
        follows = consequences(Purpose.PARENTAL_TAKE_PART, state)
        assert follows.interest is None
        assert not follows.closes_invitations


def test_who_takes_part_would_like_to_hear_more() -> None:
    said = {
        state: consequences(Purpose.TAKE_PART, state).interest for state in ConsentState
    }
    assert said == {
        ConsentState.GIVEN: Interest.YES,
        ConsentState.REFUSED: None,
        ConsentState.WITHDRAWN: Interest.NO,
        ConsentState.RECONFIRMED: None,
        ConsentState.EXPIRED: None,
    }


def test_later_is_neither_a_yes_nor_a_no() -> None:
    assert set(Interest) - set(OF_INTEREST) == {Interest.LATER}
