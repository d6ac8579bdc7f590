"""A dialogue gets a new version while people stand in the old one."""

from dataclasses import replace

import pytest

from flows import FLOWS
from flows.check import problems
from flows.dialogues.consent import CONSENT
from flows.model import Frame, Into, Place, Position
from flows.versions import NoMove, exists, missing, renewed

SECOND = FLOWS | {
    "consent": replace(
        CONSENT,
        version=2,
        states=tuple(s for s in CONSENT.states if s.name != "paused"),
    )
}


def ask_again(place: Place) -> Into:
    """The text that is consented to has changed, so every yes is asked for anew."""
    kept = {"ask_summary", "declined"}
    return Into("consent", place.state if place.state in kept else "ask_data")


MOVES = {("consent", 1): ask_again}


@pytest.mark.parametrize("state", [state.name for state in CONSENT.states])
def test_nobody_is_stuck_in_a_state_of_the_old_version(state: str) -> None:
    stands = Position(Place("consent", state))
    goes_on = renewed(SECOND, stands, 1, MOVES).place
    assert exists(SECOND, goes_on)
    assert goes_on.state in {"ask_data", "ask_summary", "declined"}


def test_a_talk_of_the_present_version_stays_where_it_is() -> None:
    stands = Position(Place("consent", "consented"))
    assert renewed(SECOND, stands, 2, MOVES) == stands


def test_the_way_back_never_leads_into_a_state_that_is_gone() -> None:
    gone, there = Place("consent", "paused"), Place("consent", "ask_data")
    waiting = Frame(gone, (gone, there)), Frame(there, (gone,))
    stands = Position(Place("topics", "ask_topic"), (gone, there), waiting)
    goes_on = renewed(SECOND, stands, 1, MOVES)
    assert goes_on.trail == (there,)
    assert goes_on.returns == (Frame(Place("consent", "ask_summary")), Frame(there))


def test_a_version_without_a_word_about_the_old_one_is_refused() -> None:
    with pytest.raises(NoMove):
        renewed(SECOND, Position(Place("consent", "paused")), 1, {})
    complaint = "consent: version 1 has no move to version 2."
    assert missing(SECOND, {}) == (complaint,)
    assert complaint in problems(SECOND, {"da": set(), "en": set()})
    assert missing(SECOND, MOVES) == ()


def test_the_present_dialogues_leave_nobody_behind() -> None:
    assert missing(FLOWS) == ()
