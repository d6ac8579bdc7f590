"""Before anything links the two: tie, orders, fear (requirements 27-30)."""

import pytest

from flows.always import Always
from flows.effects import FearGiven, HumanRequested, OrdersGiven, Reason, TieGiven
from flows.facts import Facts, Fear, Orders, Tie
from flows.rules import gate
from tests.flows.talk import CHILD, OFFENDER, VICTIM, YOUTH, Talk

CLOSE = [Tie.FAMILY, Tie.PARTNER, Tie.SAME_HOME]
HARMLESS = [Tie.STRANGER, Tie.ACQUAINTED, Tie.SCHOOL_OR_WORK, Tie.NEIGHBOUR]
BOTH_SIDES = pytest.mark.parametrize(
    "person", [VICTIM, OFFENDER], ids=["victim", "offender"]
)


@BOTH_SIDES
@pytest.mark.parametrize("tie", HARMLESS)
def test_two_who_are_not_close_are_asked_on(person: Facts, tie: Tie) -> None:
    talk = Talk(person, "safety")
    assert talk.says(tie.value) == "safety.ask_orders"
    assert talk.says("no") == "safety.ask_fear"
    assert talk.says("no") == "safety.explain_next"
    assert talk.says("go_on") == "intake.ask_name"
    assert talk.effects == [
        TieGiven(tie),
        OrdersGiven(Orders.NO),
        FearGiven(Fear.NO),
    ]


@BOTH_SIDES
@pytest.mark.parametrize("tie", Tie)
def test_everybody_may_answer_everything(person: Facts, tie: Tie) -> None:
    talk = Talk(person, "safety")
    assert talk.choices == [each.value for each in Tie]
    talk.says(tie.value)
    assert TieGiven(tie) in talk.effects


@pytest.mark.parametrize("tie", CLOSE)
def test_who_caused_harm_to_somebody_close_is_stopped_calmly(tie: Tie) -> None:
    talk = Talk(OFFENDER, "safety").knows(is_held=True)
    assert talk.says(tie.value) == "safety.stopped"
    assert talk.effects == [TieGiven(tie), HumanRequested(Reason.CLOSE_RELATION)]
    assert talk.choices == []
    assert talk.does(Always.BACK) == "safety.stopped", "no other answer is tried"
    assert talk.does(Always.HUMAN) == "human.explain_human"
    assert talk.does(Always.BACK) == "human.explain_human", "held, so no way past"


def test_once_a_human_has_cleared_it_the_other_questions_are_asked() -> None:
    talk = Talk(OFFENDER, "safety.stopped").knows(is_held=False)
    assert talk.says("go_on") == "safety.ask_orders"


@pytest.mark.parametrize("tie", CLOSE)
def test_who_was_harmed_by_somebody_close_decides_alone(tie: Tie) -> None:
    """Information, and a human only on their own wish: nobody is told anything."""
    talk = Talk(VICTIM, "safety")
    assert talk.says(tie.value) == "safety.ask_wish"
    assert talk.says("no") == "safety.informed"
    assert talk.effects == [TieGiven(tie)]
    assert talk.knows(is_case_open=False).choices == []
    assert talk.knows(is_case_open=True).says("change") == "safety.ask_wish"
    talk.knows(is_held=True)
    assert talk.says("yes") == "human.explain_human"
    assert talk.effects[1:] == [HumanRequested(Reason.CLOSE_RELATION)]
    assert talk.is_let_go_on() == "safety.ask_orders"


def test_a_close_tie_is_not_undone_by_going_back() -> None:
    talk = Talk(VICTIM, "safety")
    talk.says("partner")
    assert talk.does(Always.BACK) == "safety.ask_wish"


def test_another_tie_may_still_be_corrected_to_a_close_one() -> None:
    talk = Talk(VICTIM, "safety")
    talk.says("stranger")
    assert talk.does(Always.BACK) == "safety.ask_tie"
    assert talk.says("same_home") == "safety.ask_wish"


@BOTH_SIDES
def test_who_would_rather_not_say_talks_to_a_human(person: Facts) -> None:
    talk = Talk(person, "safety").knows(is_held=True)
    assert talk.says("unsaid") == "human.explain_human"
    assert talk.effects == [
        TieGiven(Tie.UNSAID),
        HumanRequested(Reason.RELATION_UNKNOWN),
    ]
    assert talk.is_let_go_on() == "safety.ask_orders"


@pytest.mark.parametrize("orders", [Orders.YES, Orders.UNSURE])
def test_orders_against_contact_go_to_a_human(orders: Orders) -> None:
    talk = Talk(at="safety.ask_orders").knows(is_held=True)
    assert talk.says(orders.value) == "human.explain_human"
    assert talk.effects == [OrdersGiven(orders), HumanRequested(Reason.ORDERS)]
    assert talk.is_let_go_on() == "safety.ask_fear"


@pytest.mark.parametrize("fear", [Fear.YES, Fear.UNSAID])
def test_fear_is_answered_with_help_first_and_then_a_human(fear: Fear) -> None:
    talk = Talk(at="safety.ask_fear").knows(is_held=True)
    assert talk.says(fear.value) == "safety.explain_help"
    assert talk.effects == [FearGiven(fear), HumanRequested(Reason.FEAR)]
    assert talk.does(Always.BACK) == "safety.explain_help", "no other answer is tried"
    assert talk.says("go_on") == "human.explain_human"
    assert talk.is_let_go_on() == "safety.explain_next"


@pytest.mark.parametrize("person", [CHILD, YOUTH], ids=["12-14", "15-17"])
def test_a_minor_goes_on_as_a_child_and_an_adult_as_an_adult(person: Facts) -> None:
    assert Talk(person, "safety.explain_next").says("go_on") == "child.explain_child"
    assert Talk(VICTIM, "safety.explain_next").says("go_on") == "intake.ask_name"


def test_the_gate_is_passed_when_everything_is_told() -> None:
    told = (Tie.FAMILY, Orders.UNSURE, Fear.YES)
    assert gate.is_passed(*told, is_information_only=False)
    for n in range(3):
        lacks = [None if n == m else answer for m, answer in enumerate(told)]
        tie, orders, fear = lacks
        assert not gate.is_passed(tie, orders, fear, is_information_only=False)  # type: ignore[arg-type] # each at its place
    assert gate.is_passed(None, Orders.NO, Fear.NO, is_information_only=True)
