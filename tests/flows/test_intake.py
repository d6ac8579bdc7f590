"""Seven questions, one at a time; all but one way of contact can be skipped."""

import pytest

from flows import FLOWS
from flows.counting import count
from flows.effects import DetailGiven, DetailSkipped, SummaryShown
from flows.engine import NotOffered
from flows.facts import Detail, Facts
from tests.flows.talk import CHILD, VICTIM, Talk

QUESTIONS = ["name", "phone", "email", "times", "interpreter", "access", "support"]


def test_somebody_answers_all_seven() -> None:
    talk = Talk(at="intake")
    for value in ("Bo", "+4520123456", "bo@example.dk", "mornings", "Farsi", "lift"):
        talk.says("given", value=value)
    assert talk.says("yes") == "consent.ask_summary"
    assert talk.effects == [
        DetailGiven(Detail.NAME, "Bo"),
        DetailGiven(Detail.PHONE, "+4520123456"),
        DetailGiven(Detail.EMAIL, "bo@example.dk"),
        DetailGiven(Detail.TIMES, "mornings"),
        DetailGiven(Detail.INTERPRETER, "Farsi"),
        DetailGiven(Detail.ACCESS, "lift"),
        DetailGiven(Detail.SUPPORT, "yes"),
        SummaryShown(),
    ]


def test_somebody_gives_a_number_and_nothing_else() -> None:
    talk = Talk(at="intake")
    talk.says("skip")
    talk.says("given", value="+4520123456")
    talk.knows(has_phone=True)
    assert talk.says("skip", "skip", "no", "no", "skip") == "consent.ask_summary"
    skipped = [e.name for e in talk.effects if isinstance(e, DetailSkipped)]
    assert skipped == ["name", "email", "times", "support"]
    assert DetailGiven(Detail.INTERPRETER, "no") in talk.effects, "a no is no silence"
    assert DetailGiven(Detail.ACCESS, "no") in talk.effects


def test_without_a_number_the_address_cannot_be_skipped() -> None:
    talk = Talk(at="intake.ask_phone")
    talk.says("skip")
    assert talk.choices == ["phone"]
    assert talk.says("phone") == "intake.ask_phone"
    assert talk.effects == [DetailSkipped(Detail.PHONE)]


@pytest.mark.parametrize("answer", ["given", "skip"])
def test_under_15_neither_a_number_nor_an_address_is_asked_for(answer: str) -> None:
    talk = Talk(CHILD, "intake")
    assert talk.says(answer, value="Bo") == "intake.ask_times"
    assert talk.says("skip", "no", "no", "skip") == "consent.ask_summary"
    assert talk.says("name") == "intake.ask_name"
    talk.knows(is_reviewing=True)
    assert talk.says(answer, value="Bo") == "consent.ask_summary"


@pytest.mark.parametrize("wish", ["yes", "no"])
def test_a_wish_for_a_support_person_is_kept_as_it_was_said(wish: str) -> None:
    talk = Talk(at="intake.ask_support")
    assert talk.says(wish) == "consent.ask_summary"
    assert talk.effects == [DetailGiven(Detail.SUPPORT, wish), SummaryShown()]


@pytest.mark.parametrize("name", ["name", "email", "times", "interpreter", "access"])
def test_one_answer_changed_from_the_summary_leads_back_to_it(name: str) -> None:
    talk = Talk(at=f"intake.ask_{name}").knows(is_reviewing=True)
    assert talk.says("given", value="new") == "consent.ask_summary"
    assert talk.effects == [DetailGiven(Detail(name), "new")]


def test_a_number_taken_back_from_the_summary_asks_for_the_address() -> None:
    talk = Talk(at="consent.ask_summary").knows(is_reviewing=True)
    assert talk.says("contact") == "intake.ask_phone"
    assert talk.says("skip") == "intake.ask_email"
    assert talk.choices == ["phone"]
    assert talk.says("phone") == "intake.ask_phone"


def test_without_a_way_to_be_reached_no_summary_is_right() -> None:
    """Going back from the address leads here too; the yes would be nobody's."""
    talk = Talk(at="consent.ask_summary").knows(is_reviewing=True, has_contact=False)
    assert talk.says("right") == "intake.ask_phone"
    talk = Talk(at="consent.ask_summary").knows(has_contact=True)
    assert talk.says("right") == "consent.explain_before"


def test_not_even_from_the_summary_can_both_be_left_out() -> None:
    talk = Talk(at="intake.ask_email").knows(is_reviewing=True, has_phone=False)
    with pytest.raises(NotOffered):
        talk.says("skip")
    assert talk.knows(has_phone=True).says("skip") == "consent.ask_summary"


def test_the_questions_are_counted() -> None:
    steps = [(state.name, state.step) for state in FLOWS["intake"].states]
    assert steps == [(f"ask_{name}", n) for n, name in enumerate(QUESTIONS, 1)]
    assert FLOWS["intake"].steps == 7


@pytest.mark.parametrize(
    ("somebody", "asked"),
    [(VICTIM, QUESTIONS), (CHILD, [QUESTIONS[0], *QUESTIONS[3:]])],
    ids=["adult", "child"],
)
def test_only_what_is_asked_is_counted(somebody: Facts, asked: list[str]) -> None:
    flow = FLOWS["intake"]
    steps = [count(flow, flow.state(f"ask_{name}"), somebody) for name in asked]
    assert steps == [(n, len(asked)) for n in range(1, len(asked) + 1)]
