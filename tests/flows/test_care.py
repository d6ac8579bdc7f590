"""Words that tell of danger: help and a human are offered, and one tap goes on."""

import pytest

from flows.always import Always
from flows.effects import HumanRequested, Reason
from tests.flows.talk import PARENT, VICTIM, Talk


@pytest.mark.parametrize(
    "place", ["intake.ask_times", "child.ask_birth", "holder.ask_name", "human"]
)
def test_the_talk_stops_for_help_and_goes_on_with_one_tap(place: str) -> None:
    talk = Talk(PARENT if place.startswith("holder") else VICTIM, place)
    before = talk.position
    assert talk.writes_of_danger() == "care.explain_help"
    assert talk.choices == ["go_on", "human"]
    talk.says("go_on")
    assert talk.position == before
    assert talk.effects == [], "nothing is kept, and nobody is told"


def test_going_back_leads_to_the_question_too() -> None:
    talk = Talk(at="intake.ask_times")
    talk.writes_of_danger()
    assert talk.does(Always.BACK) == "intake.ask_times"


def test_a_human_is_asked_only_by_the_person() -> None:
    talk = Talk(at="intake.ask_times")
    talk.writes_of_danger()
    assert talk.says("human") == "human.explain_human"
    assert talk.effects == [HumanRequested(Reason.ASKED_FOR)]
    assert talk.says("go_on", "skip", "go_on") == "care.explain_help"
    assert talk.says("go_on") == "intake.ask_times"


def test_words_of_danger_twice_are_one_stop() -> None:
    talk = Talk(at="intake.ask_times")
    talk.writes_of_danger()
    talk.writes_of_danger()
    assert talk.says("go_on") == "intake.ask_times"


def test_whoever_is_held_is_held_afterwards_too() -> None:
    talk = Talk(at="consent.ask_take_part").knows(is_held=True)
    talk.says("talk_first", "go_on", "skip")
    talk.writes_of_danger()
    assert talk.says("go_on") == "human.awaiting_human"
    talk.writes_of_danger()
    talk.says("human")
    assert talk.does(*[Always.BACK] * 5) == "human.explain_human"
    assert talk.is_let_go_on() == "care.explain_help"
    assert talk.says("go_on") == "consent.ask_take_part"
