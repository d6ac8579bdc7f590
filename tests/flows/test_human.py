"""A human is asked for; the person tells how they may be reached, or does not."""

import pytest

from flows.always import Always
from flows.effects import DetailGiven, DetailSkipped, HumanRequested, Reason
from flows.facts import AgeBand, Detail
from tests.flows.talk import CHILD, Talk


def test_somebody_asks_for_a_human_and_leaves_a_number() -> None:
    talk = Talk(at="offer")
    assert talk.does(Always.HUMAN) == "human.explain_human"
    assert talk.says("go_on") == "human.ask_contact"
    assert talk.says("given", value="+4520123456") == "human.ask_times"
    assert talk.says("given", value="after four") == "human.awaiting_human"
    assert talk.effects == [
        HumanRequested(Reason.ASKED_FOR),
        DetailGiven(Detail.HUMAN_CONTACT, "+4520123456"),
        DetailGiven(Detail.HUMAN_TIMES, "after four"),
    ]


def test_whoever_only_asked_goes_on_at_once() -> None:
    talk = Talk(at="offer")
    talk.does(Always.HUMAN)
    talk.says("go_on", "skip")
    assert talk.choices == ["go_on", "contact"]
    assert talk.says("go_on") == "offer.ask_interest"


def test_whoever_is_held_waits_and_may_still_leave_a_number() -> None:
    talk = Talk(at="human.awaiting_human").knows(is_held=True)
    assert talk.choices == ["contact"]
    assert talk.says("contact") == "human.ask_contact"


def test_a_number_that_we_have_is_not_asked_for_again() -> None:
    talk = Talk(at="human.ask_contact").knows(has_contact=True)
    assert talk.choices == ["same", "skip"]
    assert talk.says("same", "skip") == "human.awaiting_human"
    assert talk.effects == [
        DetailGiven(Detail.HUMAN_CONTACT, "same"),
        DetailSkipped(Detail.HUMAN_TIMES),
    ]


def test_nothing_is_offered_that_we_do_not_have() -> None:
    assert Talk(at="human.ask_contact").choices == ["skip"]


def test_a_child_is_asked_for_no_number() -> None:
    talk = Talk(CHILD, "offer")
    talk.does(Always.HUMAN)
    assert talk.says("go_on") == "human.awaiting_call"
    assert talk.choices == ["go_on"]


@pytest.mark.parametrize(
    ("is_15", "leads_to"), [("yes", "ask_contact"), ("no", "awaiting_call")]
)
def test_somebody_whose_age_we_do_not_know_is_asked_for_no_number_under_15(
    is_15: str, leads_to: str
) -> None:
    talk = Talk(at="arrival.ask_language").knows(is_age_known=False, age_band=None)
    talk.does(Always.HUMAN)
    assert talk.says("go_on") == "human.ask_if_15"
    assert talk.says(is_15) == f"human.{leads_to}"


@pytest.mark.parametrize("band", [AgeBand.FROM_15_TO_17, AgeBand.ADULT])
def test_from_15_a_number_may_be_asked_for(band: AgeBand) -> None:
    talk = Talk(at="human").knows(age_band=band)
    assert talk.says("go_on") == "human.ask_contact"
