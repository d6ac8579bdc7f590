"""Two yeses, apart from each other: to the notice on data, and to taking part."""

import pytest

from flows import FLOWS
from flows.effects import (
    ConsentGiven,
    ConsentRefused,
    HoldersInvited,
    HumanRequested,
    Purpose,
    Reason,
    Understood,
)
from flows.facts import Facts, Majority
from tests.flows.talk import CHILD, VICTIM, YOUTH, Talk


def test_somebody_says_yes_to_both() -> None:
    talk = Talk(at="consent").knows(has_contact=True)
    assert talk.says("right") == "consent.explain_before"
    assert talk.says("go_on") == "consent.ask_data"
    assert talk.says("full", "go_on") == "consent.ask_data"
    assert talk.says("yes") == "understanding.ask_may_say_no"
    assert talk.says("yes", "no", "yes") == "consent.ask_take_part"
    assert talk.says("yes") == "consent.consented"
    assert talk.effects == [
        ConsentGiven(Purpose.DATA_NOTICE),
        Understood(),
        ConsentGiven(Purpose.TAKE_PART),
    ]
    assert talk.choices == ["number"]


def test_under_15_a_parent_is_the_way_to_be_reached() -> None:
    talk = Talk(CHILD, "consent")
    assert "contact" not in talk.choices
    assert talk.says("right") == "consent.explain_before"


@pytest.mark.parametrize(
    ("lacks", "leads_to"),
    [
        ("is_informed", "programme.explain_programme"),
        ("has_understood", "understanding.ask_may_say_no"),
        ("is_gate_passed", "safety.ask_tie"),
    ],
)
@pytest.mark.parametrize("person", [VICTIM, CHILD], ids=["adult", "minor"])
def test_a_yes_before_all_is_told_understood_and_safe_is_not_kept(
    person: Facts, lacks: str, leads_to: str
) -> None:
    talk = Talk(person, "consent.ask_take_part").knows(**{lacks: False})
    assert talk.says("yes") == leads_to
    assert talk.effects == []


def test_who_was_not_told_everything_reads_it_before_the_question_is_put() -> None:
    talk = Talk(at="consent.ask_data").knows(is_informed=False)
    assert talk.says("yes") == "programme.explain_programme"
    assert talk.effects == [ConsentGiven(Purpose.DATA_NOTICE)]


@pytest.mark.parametrize("person", [CHILD, YOUTH], ids=["12-14", "15-17"])
def test_after_the_yes_of_a_minor_the_parents_are_asked(person: Facts) -> None:
    talk = Talk(person, "consent.ask_take_part")
    assert talk.says("yes") == "child.awaiting_parents"
    assert talk.effects == [ConsentGiven(Purpose.TAKE_PART), HoldersInvited()]


def test_no_parent_is_asked_whom_the_child_has_not_allowed_to_be_asked() -> None:
    talk = Talk(YOUTH, "consent.ask_take_part").knows(may_ask_holders=False)
    assert talk.says("yes") == "child.explain_child"
    assert talk.effects == []


def test_in_the_month_of_the_18th_birthday_a_human_settles_whose_yes_counts() -> None:
    talk = Talk(YOUTH, "consent.ask_take_part")
    talk.knows(majority=Majority.TURNING_18, is_held=True)
    assert talk.says("yes") == "human.explain_human"
    assert talk.effects == [
        ConsentGiven(Purpose.TAKE_PART),
        HumanRequested(Reason.TURNING_18),
    ]
    assert talk.is_let_go_on() == "child.awaiting_parents"


def test_after_the_month_of_the_18th_birthday_the_own_yes_is_enough() -> None:
    talk = Talk(YOUTH, "consent.ask_take_part").knows(majority=Majority.ADULT)
    assert talk.says("yes") == "consent.consented"


def test_a_yes_that_is_too_old_can_be_said_again() -> None:
    for person, place in (
        (VICTIM, "consent.consented"),
        (YOUTH, "child.awaiting_parents"),
    ):
        talk = Talk(person, place)
        assert "again" not in talk.choices
        talk.knows(has_live_yes=False)
        assert "again" in talk.choices
        assert talk.says("again") == "consent.ask_data"
        assert "again" not in Talk(person, place).knows(is_case_open=False).choices


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
