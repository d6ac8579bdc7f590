"""Three plain questions before a yes; what is not clear is explained (req. 8)."""

import pytest

from flows.always import Always
from flows.effects import ConsentGiven, HumanRequested, Purpose, Reason, Understood
from flows.facts import Facts
from tests.flows.talk import CHILD, PARENT, VICTIM, Talk

#: Each question with its right answer and its wrong one.
QUESTIONS = [
    ("may_say_no", "yes", "no"),
    ("replaces_punishment", "no", "yes"),
    ("may_stop", "yes", "no"),
]
EACH = pytest.mark.parametrize(("question", "right", "wrong"), QUESTIONS)


@pytest.mark.parametrize(
    ("person", "asked"),
    [(VICTIM, "consent"), (CHILD, "consent"), (PARENT, "parental")],
    ids=["adult", "child", "parent"],
)
def test_everybody_answers_three_questions_before_the_one_that_counts(
    person: Facts, asked: str
) -> None:
    talk = Talk(person, f"{asked}.ask_data")
    assert talk.says("yes") == "understanding.ask_may_say_no"
    assert talk.says("yes", "no", "yes") == f"{asked}.ask_take_part"
    assert talk.effects == [ConsentGiven(Purpose.DATA_NOTICE), Understood()]


@EACH
def test_a_wrong_answer_is_explained_and_asked_again(
    question: str, right: str, wrong: str
) -> None:
    talk = Talk(at="consent.ask_data")
    talk.says("yes")
    straight = _after_right_answers(talk, question)
    assert talk.says(wrong) == f"understanding.explain_{question}"
    assert talk.says("go_on") == f"understanding.ask_{question}_again"
    assert talk.says(right) == straight
    assert HumanRequested(Reason.NOT_UNDERSTOOD) not in talk.effects


@EACH
def test_a_second_wrong_answer_goes_to_a_human_and_then_to_the_question(
    question: str, right: str, wrong: str
) -> None:
    talk = Talk(at="consent.ask_data").knows(is_held=True)
    talk.says("yes")
    straight = _after_right_answers(talk, question)
    talk.says(wrong, "go_on")
    assert talk.says(wrong) == "human.explain_human"
    assert talk.effects[-1] == HumanRequested(Reason.NOT_UNDERSTOOD)
    assert Understood() not in talk.effects
    assert talk.is_let_go_on() == f"understanding.ask_{question}_again"
    assert talk.says(right) == straight


@EACH
def test_no_answer_is_tried_again_by_going_back(
    question: str, right: str, wrong: str
) -> None:
    for answer in (right, wrong):
        talk = Talk(at="consent.ask_data")
        talk.says("yes")
        _after_right_answers(talk, question)
        there = talk.says(answer)
        assert talk.does(*[Always.BACK] * 3) == there


def test_an_excursion_keeps_the_question() -> None:
    talk = Talk(at="consent.ask_data")
    talk.says("yes", "yes")
    talk.does(Always.TOPICS)
    assert talk.says("go_on") == "understanding.ask_replaces_punishment"
    talk.writes_of_danger()
    assert talk.says("go_on", "no", "yes") == "consent.ask_take_part"


def _after_right_answers(talk: Talk, question: str) -> str:
    """Answer up to a question, and tell where its right answer leads."""
    names = [name for name, _, _ in QUESTIONS]
    for _, right, _ in QUESTIONS[: names.index(question)]:
        talk.says(right)
    assert talk.place == f"understanding.ask_{question}"
    after = [f"understanding.ask_{name}" for name in names[1:]]
    return [*after, "consent.ask_take_part"][names.index(question)]
