"""Words that may be an answer are asked about, and the question waits meanwhile."""

import pytest

from flows.always import Always
from flows.effects import DetailGiven
from flows.facts import Detail, Facts
from tests.flows.talk import CHILD, PARENT, VICTIM, YOUTH, Talk


@pytest.mark.parametrize(
    "place", ["intake.ask_times", "intake.ask_name", "human.ask_times"]
)
@pytest.mark.parametrize("answer", ["yes", "no"])
def test_both_answers_lead_to_the_question_that_stands_open(
    place: str, answer: str
) -> None:
    talk = Talk(at=place)
    before = talk.position
    assert talk.writes_in_doubt() == "doubt.ask_if_answer"
    assert talk.choices == ["yes", "no"]
    talk.says(answer)
    assert talk.position == before
    assert talk.effects == []


def test_going_back_leads_there_too() -> None:
    talk = Talk(at="intake.ask_times")
    talk.writes_in_doubt()
    assert talk.does(Always.BACK) == "intake.ask_times"


@pytest.mark.parametrize(
    ("somebody", "rest"),
    [
        (VICTIM, "consent.consented"),
        (YOUTH, "child.awaiting_parents"),
        (PARENT, "parental.stated"),
    ],
)
def test_after_the_yes_a_number_is_changed_and_the_yes_stands(
    somebody: Facts, rest: str
) -> None:
    talk = Talk(somebody, rest)
    assert talk.says("number") == "number.ask_phone"
    assert talk.says("given", value="20163847") == rest
    assert talk.effects == [DetailGiven(Detail.PHONE, "20163847")]
    assert talk.says("number", "keep") == rest
    assert len(talk.effects) == 1


def test_nobody_is_asked_for_one_who_is_under_15_or_whose_case_is_over() -> None:
    assert Talk(CHILD, "child.awaiting_parents").choices == ["new_link_1", "new_link_2"]
    talk = Talk(at="consent.consented").knows(is_case_open=False)
    assert talk.choices == []


@pytest.mark.parametrize("dialogue", ["intake", "holder"])
def test_a_number_that_was_given_stays_where_the_question_is_skipped(
    dialogue: str,
) -> None:
    somebody = PARENT if dialogue == "holder" else VICTIM
    talk = Talk(somebody, f"{dialogue}.ask_phone").knows(has_phone=True)
    talk.says("skip")
    assert talk.effects == []


def test_nor_is_the_number_for_a_human_taken_back_so() -> None:
    talk = Talk(at="human.ask_contact")
    assert talk.says("skip") == "human.awaiting_human"
    assert talk.effects == []
