"""Two yeses, apart from each other: to the notice on data, and to taking part."""

import pytest

from flows import FLOWS
from flows.effects import ConsentGiven, ConsentRefused, HumanRequested, Purpose, Reason
from tests.flows.talk import Talk


def test_somebody_says_yes_to_both() -> None:
    talk = Talk(at="consent").knows(has_contact=True)
    assert talk.says("right") == "consent.ask_data"
    assert talk.says("full", "go_on") == "consent.ask_data"
    assert talk.says("yes") == "consent.ask_take_part"
    assert talk.says("yes") == "consent.consented"
    assert talk.effects == [
        ConsentGiven(Purpose.DATA_NOTICE),
        ConsentGiven(Purpose.TAKE_PART),
    ]
    assert talk.choices == []


@pytest.mark.parametrize(
    ("answer", "question"),
    [
        ("name", "name"),
        ("contact", "phone"),
        ("times", "times"),
        ("interpreter", "interpreter"),
        ("access", "access"),
        ("support", "support"),
    ],
)
def test_everything_in_the_summary_can_be_changed(answer: str, question: str) -> None:
    assert Talk(at="consent").says(answer) == f"intake.ask_{question}"


def test_a_no_to_the_notice_goes_to_a_human_and_back_to_the_notice() -> None:
    talk = Talk(at="consent.ask_data").knows(is_held=True)
    assert talk.says("no") == "human.explain_human"
    assert talk.effects == [
        ConsentRefused(Purpose.DATA_NOTICE),
        HumanRequested(Reason.DATA_NOTICE_REFUSED),
    ]
    assert talk.is_let_go_on() == "consent.ask_data"


def test_whoever_wants_to_talk_first_is_asked_again_afterwards() -> None:
    talk = Talk(at="consent.ask_take_part").knows(is_held=True)
    assert talk.says("talk_first") == "human.explain_human"
    assert talk.effects == [HumanRequested(Reason.TALK_FIRST)]
    assert talk.is_let_go_on() == "consent.ask_take_part"


@pytest.mark.parametrize(
    ("answer", "place", "way_back"),
    [("later", "consent.paused", "go_on"), ("no", "consent.declined", "change")],
)
def test_not_now_and_no_can_be_changed_until_the_case_ends(
    answer: str, place: str, way_back: str
) -> None:
    talk = Talk(at="consent.ask_take_part")
    assert talk.says(answer) == place
    assert talk.knows(is_case_open=False).choices == []
    assert talk.knows(is_case_open=True).says(way_back) == "consent.ask_take_part"


def test_a_no_is_recorded_and_not_now_is_not() -> None:
    said_no, said_later = (Talk(at="consent.ask_take_part") for _ in range(2))
    said_no.says("no")
    said_later.says("later")
    assert said_no.effects == [ConsentRefused(Purpose.TAKE_PART)]
    assert said_later.effects == []


def test_no_one_answer_records_two_purposes() -> None:
    for state in FLOWS["consent"].states:
        for answer in state.answers:
            records = answer.records
            given = records if isinstance(records, tuple) else (records,)
            assert sum(isinstance(effect, ConsentGiven) for effect in given) <= 1
