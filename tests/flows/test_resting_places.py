"""Where people rest, and where they go on when the case moves beneath them."""

import pytest

from flows import FLOWS
from flows.engine import state_at
from flows.meanwhile import Meanwhile
from flows.model import Frame, Place, Position
from flows.resting_places import frozen, frozen_place, moved, said_since

FROZEN = frozen_place(FLOWS)
#: Where somebody rests on a yes, and where its question stands.
QUESTIONS = {
    Place("consent", "consented"): Place("consent", "ask_take_part"),
    Place("child", "awaiting_parents"): Place("consent", "ask_take_part"),
    Place("parental", "stated"): Place("parental", "ask_take_part"),
}

WAITS = Place("child", "awaiting_parents")
RESTS = Place("consent", "consented")
MENU = Place("topics", "ask_topic")
ELSEWHERE = Place("closing", "withdrawn")


def test_a_child_who_waited_rests_like_everybody_who_said_yes() -> None:
    waiting = Position(WAITS, trail=(Place("consent", "ask_take_part"),))
    assert moved(FLOWS, waiting, Meanwhile.CLAIMED) == Position(RESTS)


def test_what_is_open_above_stays_open_and_leads_there() -> None:
    reading = Position(MENU, returns=(Frame(WAITS),))
    assert moved(FLOWS, reading, Meanwhile.CLAIMED) == Position(
        MENU, returns=(Frame(RESTS),)
    )


@pytest.mark.parametrize("place", [RESTS, ELSEWHERE, MENU])
def test_whoever_did_not_wait_stays(place: Place) -> None:
    assert moved(FLOWS, Position(place), Meanwhile.CLAIMED) is None


@pytest.mark.parametrize("rest", QUESTIONS)
def test_the_question_stands_where_somebody_rested_on_a_yes(rest: Place) -> None:
    before = Place("offer", "ask_interest")
    assert moved(FLOWS, Position(rest, (before,)), Meanwhile.YES_LAPSED) == Position(
        QUESTIONS[rest]
    )


def test_what_is_open_above_a_yes_stays_open_and_leads_to_the_question() -> None:
    topics, rest = Place("topics", "ask_topic"), Place("parental", "stated")
    before = Place("consent", "ask_data")
    again = moved(
        FLOWS,
        Position(topics, (before,), (Frame(rest, (before,)),)),
        Meanwhile.YES_LAPSED,
    )
    question = Frame(Place("parental", "ask_take_part"))
    assert again == Position(topics, (before,), (question,))


def test_nobody_is_asked_again_who_rests_elsewhere() -> None:
    assert (
        moved(FLOWS, Position(Place("closing", "withdrawn")), Meanwhile.YES_LAPSED)
        is None
    )


ASKED = Place("parental", "ask_take_part")


def test_a_parent_who_was_asked_rests_and_nothing_leads_back() -> None:
    assert frozen(FLOWS, Position(ASKED, trail=(MENU,))) == Position(FROZEN)


def test_what_a_parent_has_opened_stays_open_and_leads_to_the_rest() -> None:
    reading = Position(MENU, (ASKED,), (Frame(ASKED, (MENU,)),))
    assert frozen(FLOWS, reading) == Position(MENU, returns=(Frame(FROZEN),))


@pytest.mark.parametrize("place", [FROZEN, ELSEWHERE])
def test_who_rests_already_or_has_stopped_is_moved_nowhere(place: Place) -> None:
    assert frozen(FLOWS, Position(place)) is None
    assert frozen(FLOWS, Position(MENU, returns=(Frame(place),))) is None


AWAITS = Place("human", "awaiting_human")


@pytest.mark.parametrize("state", ["explain_human", "ask_contact", "ask_times"])
def test_nobody_is_asked_how_to_be_reached_once_a_human_has_looked(state: str) -> None:
    held = Position(Place("human", state), returns=(Frame(ASKED),))
    assert moved(FLOWS, held, Meanwhile.LOOKED_AT) == Position(
        AWAITS, returns=(Frame(ASKED),)
    )
    assert moved(FLOWS, Position(AWAITS), Meanwhile.LOOKED_AT) is None


def test_an_adult_is_asked_nothing_of_parents() -> None:
    with_human = Position(AWAITS, returns=(Frame(Place("child", "ask_allowed")),))
    next_question = Frame(Place("intake", "ask_name"))
    assert moved(FLOWS, with_human, Meanwhile.OF_AGE) == Position(
        AWAITS, returns=(next_question,)
    )
    assert moved(FLOWS, Position(WAITS), Meanwhile.OF_AGE) is None


def test_who_may_not_be_asked_for_a_number_is_never_told_to_wait_for_a_call() -> None:
    for place in (AWAITS, Place("human", "awaiting_call")):
        state = state_at(FLOWS, place)
        young = frozenset({Meanwhile.NO_NUMBER})
        assert said_since(state, young) == ("human.awaiting_call",)
        looked = said_since(state, young | {Meanwhile.LOOKED_AT})
        assert looked == ("human.looked_at", "human.offices")
