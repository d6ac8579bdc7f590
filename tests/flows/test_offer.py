"""Would you like to hear more? Yes, not now and no lead on without reproach."""

import pytest

from flows.always import Always
from flows.effects import ConfessionGiven, HumanRequested, InterestGiven, Reason
from flows.facts import AgeBand, Confession, Facts, Interest
from tests.flows.talk import CHILD, OFFENDER, VICTIM, YOUTH, Talk


@pytest.mark.parametrize("person", [VICTIM, CHILD, YOUTH], ids=["18", "12", "15"])
def test_somebody_who_was_harmed_says_yes_and_is_asked_about_safety(
    person: Facts,
) -> None:
    talk = Talk(person, "offer")
    assert talk.says("yes") == "safety.ask_tie"
    assert talk.effects == [InterestGiven(Interest.YES)]


def test_somebody_who_did_it_is_asked_only_for_the_status() -> None:
    talk = Talk(OFFENDER, "offer")
    assert talk.says("yes") == "offer.ask_confession"
    assert talk.says("yes") == "safety.ask_tie"
    assert talk.effects[1:] == [ConfessionGiven(Confession.YES)]


@pytest.mark.parametrize("status", ["partly", "no", "unsaid"])
def test_any_other_status_goes_to_a_human_and_then_on(status: str) -> None:
    talk = Talk(OFFENDER, "offer.ask_confession").knows(is_held=True)
    assert talk.says(status) == "human.explain_human"
    assert talk.effects == [
        ConfessionGiven(Confession(status)),
        HumanRequested(Reason.CONFESSION_UNCLEAR),
    ]
    assert talk.says("go_on", "skip") == "human.awaiting_human"
    assert talk.is_let_go_on() == "safety.ask_tie"


@pytest.mark.parametrize("person", [VICTIM, OFFENDER], ids=["victim", "offender"])
@pytest.mark.parametrize("is_close", [True, False], ids=["close", "other"])
def test_under_12_a_yes_goes_to_a_human(person: Facts, *, is_close: bool) -> None:
    talk = Talk(person, "offer")
    talk.knows(age_band=AgeBand.UNDER_12, is_information_only=is_close, is_held=True)
    assert talk.says("yes") == "human.explain_human"
    assert talk.effects == [
        InterestGiven(Interest.YES),
        HumanRequested(Reason.MINOR),
    ]
    assert talk.is_let_go_on() == "offer.awaiting_human"
    assert talk.choices == []


@pytest.mark.parametrize("band", [b for b in AgeBand if b is not AgeBand.UNDER_12])
def test_a_yes_between_people_who_are_close_goes_to_a_human(band: AgeBand) -> None:
    """What the coordinator knows is not asked again; all the rest is."""
    talk = Talk(VICTIM, "offer")
    talk.knows(age_band=band, is_information_only=True, is_held=True)
    assert talk.says("yes") == "human.explain_human"
    assert talk.effects[-1] == HumanRequested(Reason.CLOSE_RELATION)
    assert talk.is_let_go_on() == "safety.ask_orders"


def test_the_yes_to_hearing_more_is_not_taken_back_by_going_back() -> None:
    """So no age band is changed any more either."""
    talk = Talk(at="arrival.ask_age")
    talk.says("15_17", "go_on", "yes")
    assert talk.does(*[Always.BACK] * 5) == "safety.ask_tie"


@pytest.mark.parametrize(
    ("answer", "place", "way_back", "interest"),
    [
        ("later", "offer.paused", "go_on", Interest.LATER),
        ("no", "offer.declined", "change", Interest.NO),
    ],
)
def test_not_now_and_no_can_be_changed_until_the_case_ends(
    answer: str, place: str, way_back: str, interest: Interest
) -> None:
    talk = Talk(VICTIM, "offer")
    assert talk.says(answer) == place
    assert talk.effects == [InterestGiven(interest)]
    assert talk.choices == [way_back]
    assert talk.knows(is_case_open=False).choices == []
    assert talk.knows(is_case_open=True).says(way_back) == "offer.ask_interest"
