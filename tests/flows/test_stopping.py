"""Words that may mean a stop: one question, two equal ways, and one to a human."""

import pytest

from flows.always import Always
from flows.effects import HumanRequested, Reason, Withdrew
from flows.facts import AgeBand, Facts
from tests.flows.talk import PARENT, VICTIM, Talk

#: Somebody of whom there is no number.
CHILD = Facts(age_band=AgeBand.FROM_12_TO_14, is_age_known=True)


@pytest.mark.parametrize(
    "place",
    ["intake.ask_name", "consent.consented", "holder.ask_name", "human", "topics"],
)
def test_a_no_leads_back_and_changes_nothing(place: str) -> None:
    talk = Talk(PARENT if place.startswith("holder") else VICTIM, place)
    before = talk.position
    assert talk.writes_what_may_mean_a_stop() == "stopping.ask_stop"
    assert talk.choices == ["yes", "no", "human"]
    talk.says("no")
    assert talk.position == before
    assert talk.effects == [], "nothing is kept, and nobody is told"


@pytest.mark.parametrize("place", ["intake.ask_name", "parental.ask_take_part"])
def test_a_yes_is_the_stop_itself(place: str) -> None:
    talk = Talk(PARENT if place.startswith("parental") else VICTIM, place)
    talk.writes_what_may_mean_a_stop()
    assert talk.says("yes") == "closing.withdrawn"
    assert talk.effects == [Withdrew()]
    stopped = Talk(talk.facts, place)
    stopped.does(Always.WITHDRAW)
    assert talk.position == stopped.position
    assert talk.effects == stopped.effects


def test_the_way_to_a_human_leads_back_to_the_question() -> None:
    talk = Talk(at="intake.ask_times")
    talk.writes_what_may_mean_a_stop()
    assert talk.says("human") == "human.explain_human"
    assert talk.effects == [HumanRequested(Reason.ASKED_FOR)]
    assert talk.says("go_on", "skip", "go_on") == "stopping.ask_stop"
    assert talk.says("no") == "intake.ask_times"


def test_whoever_has_no_number_reads_whom_to_call() -> None:
    talk = Talk(CHILD, "child.ask_birth")
    talk.writes_what_may_mean_a_stop()
    assert talk.says("human") == "human.awaiting_call"


def test_asked_twice_it_is_one_question() -> None:
    talk = Talk(at="intake.ask_times")
    talk.writes_what_may_mean_a_stop()
    talk.writes_what_may_mean_a_stop()
    assert talk.says("no") == "intake.ask_times"


def test_words_of_danger_at_the_question_lead_back_to_it() -> None:
    talk = Talk(at="intake.ask_times")
    talk.writes_what_may_mean_a_stop()
    talk.writes_of_danger()
    assert talk.says("go_on") == "stopping.ask_stop"
    assert talk.does(Always.BACK) == "intake.ask_times"


def test_whoever_is_held_is_held_afterwards_too() -> None:
    talk = Talk(at="consent.ask_take_part").knows(is_held=True)
    talk.says("talk_first", "go_on", "skip")
    talk.writes_what_may_mean_a_stop()
    assert talk.says("no") == "human.awaiting_human"
    talk.writes_what_may_mean_a_stop()
    talk.says("human")
    assert talk.does(*[Always.BACK] * 5) == "human.explain_human"
