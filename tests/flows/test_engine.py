"""A talk moves by what the person says, and goes back where it was."""

from dataclasses import replace

import pytest

from flows import FLOWS
from flows.always import Always
from flows.effects import (
    AgeBandGiven,
    ConsentGiven,
    DetailGiven,
    HumanRequested,
    LanguageChosen,
    LetterAccepted,
    Purpose,
    Reason,
    Withdrew,
)
from flows.engine import (
    NotOffered,
    advance,
    asks_for_text,
    start,
    state_at,
)
from flows.facts import AgeBand, Detail, FactMissing, Facts
from flows.model import Into, Place
from tests.flows.talk import VICTIM, Talk


def test_a_new_person_is_asked_about_the_letter() -> None:
    assert Talk().place == "arrival.ask_letter"


def test_what_is_answered_is_told_as_facts() -> None:
    talk = Talk()
    assert talk.says("yes", "da", "go_on", "18") == "programme.explain_programme"
    assert talk.effects == [
        LetterAccepted(),
        LanguageChosen("da"),
        AgeBandGiven(AgeBand.ADULT),
    ]


def test_what_was_typed_is_part_of_the_fact() -> None:
    talk = Talk(at="intake")
    assert talk.says("given", value="Bo") == "intake.ask_phone"
    assert talk.effects == [DetailGiven(Detail.NAME, "Bo")]


@pytest.mark.parametrize("answer", ["maybe", "da", ""])
def test_what_is_not_asked_here_cannot_be_answered(answer: str) -> None:
    """Not even if another question of the same dialogue knows the answer."""
    talk = Talk()
    with pytest.raises(NotOffered):
        talk.says(answer)
    assert talk.place == "arrival.ask_letter"


def test_what_is_not_open_for_this_person_cannot_be_answered() -> None:
    talk = Talk(VICTIM, "intake.ask_email").knows(has_phone=False)
    with pytest.raises(NotOffered):
        talk.says("skip")
    assert talk.knows(has_phone=True).says("skip") == "intake.ask_times"


def test_an_answer_is_not_guessed_when_a_fact_is_missing() -> None:
    with pytest.raises(FactMissing):
        advance(FLOWS, start(FLOWS, Into("offer")), "yes", Facts())


def test_the_language_of_the_phone_comes_first() -> None:
    talk = Talk(at="arrival.ask_language")
    assert talk.choices == ["da", "en"]
    assert talk.knows(phone_language="en").choices == ["en", "da"]


def test_a_text_is_an_answer_only_where_one_is_asked_for() -> None:
    name = state_at(FLOWS, Place("intake", "ask_name"))
    support = state_at(FLOWS, Place("intake", "ask_support"))
    assert asks_for_text(name, VICTIM)
    assert not asks_for_text(support, VICTIM)


def test_an_unknown_place_is_an_error() -> None:
    with pytest.raises(KeyError):
        state_at(FLOWS, Place("intake", "ask_shoes"))
    with pytest.raises(KeyError):
        start(FLOWS, Into("offer", "ask_shoes"))


def test_back_goes_to_the_question_before() -> None:
    talk = Talk()
    talk.says("yes", "da", "go_on")
    assert talk.does(Always.BACK) == "arrival.explain_bot"
    assert talk.does(Always.BACK) == "arrival.ask_language"
    assert talk.does(Always.BACK) == "arrival.ask_language", "the letter is settled"


def test_back_crosses_from_one_dialogue_into_the_one_before() -> None:
    talk = Talk(at="arrival.ask_age")
    talk.says("18", "go_on")
    assert talk.place == "offer.ask_interest"
    assert talk.does(Always.BACK, Always.BACK) == "arrival.ask_age"


def test_a_long_way_back_is_forgotten_at_its_far_end() -> None:
    talk = Talk(at="topics")
    for _ in range(30):
        talk.says("what", "more")
    assert len(talk.position.trail) == 20
    assert talk.does(*[Always.BACK] * 40) == "topics.ask_topic"


@pytest.mark.parametrize(
    ("action", "there"),
    [
        (Always.TOPICS, "topics.ask_topic"),
        (Always.LANGUAGE, "language.ask_language"),
        (Always.HUMAN, "human.explain_human"),
    ],
)
def test_an_excursion_comes_back_to_the_same_question(
    action: Always, there: str
) -> None:
    talk = Talk(at="intake.ask_name")
    talk.says("skip")
    before = talk.position
    assert talk.does(action) == there
    assert talk.does(Always.BACK) == "intake.ask_phone"
    assert talk.position == before


def test_an_excursion_from_an_excursion_comes_back_step_by_step() -> None:
    talk = Talk(at="intake.ask_times")
    talk.does(Always.TOPICS)
    talk.says("what")
    talk.does(Always.LANGUAGE)
    assert talk.says("en") == "topics.explain_what"
    assert talk.says("go_on") == "intake.ask_times"
    assert talk.position.returns == ()


def test_the_same_excursion_twice_is_one() -> None:
    talk = Talk(at="intake.ask_times")
    talk.does(Always.TOPICS)
    talk.says("what")
    assert talk.does(Always.TOPICS) == "topics.ask_topic"
    assert talk.says("go_on") == "intake.ask_times"


def test_round_and_round_through_excursions_keeps_one_way_home() -> None:
    talk = Talk(at="intake.ask_times")
    for _ in range(5):
        talk.does(Always.TOPICS, Always.LANGUAGE)
    assert len(talk.position.returns) <= 3
    assert talk.does(*[Always.BACK] * 10) == "intake.ask_times"


def test_asking_for_a_human_is_told_once_per_time_asked() -> None:
    talk = Talk(at="intake.ask_times")
    talk.does(Always.HUMAN, Always.HUMAN)
    assert talk.effects == [HumanRequested(Reason.ASKED_FOR)] * 2
    assert talk.place == "human.explain_human"


@pytest.mark.parametrize(
    "action",
    [
        Always.MENU,
        Always.HELP,
        Always.STATUS,
        Always.PAUSE,
        Always.RESUME,
        Always.SHOW,
        Always.HIDE,
    ],
)
def test_what_only_shows_something_moves_nothing(action: Always) -> None:
    talk = Talk(at="consent.ask_data")
    before = talk.position
    talk.does(action)
    assert (talk.position, talk.effects) == (before, [])


def test_withdrawing_leaves_no_way_back() -> None:
    talk = Talk(at="consent.ask_take_part")
    talk.does(Always.TOPICS, Always.WITHDRAW)
    assert talk.effects == [Withdrew()]
    assert talk.does(Always.BACK) == "closing.withdrawn"


def test_a_yes_that_counts_is_not_undone_by_going_back() -> None:
    talk = Talk(at="consent.ask_summary").knows(has_contact=True)
    talk.says("right", "go_on", "yes")
    assert talk.effects == [ConsentGiven(Purpose.DATA_NOTICE)]
    assert talk.does(Always.BACK) == "understanding.ask_may_say_no"
    talk.says("yes", "no", "yes")
    assert talk.does(Always.BACK) == "consent.ask_take_part"


def test_after_a_human_has_cleared_it_the_person_goes_on() -> None:
    talk = Talk(at="consent.ask_take_part").knows(is_held=True)
    talk.says("talk_first", "go_on", "skip")
    assert talk.choices == ["contact"]
    assert talk.is_let_go_on() == "consent.ask_take_part"


def test_the_talk_of_one_person_is_not_moved_by_another() -> None:
    """One machine serves every talk of a dialogue."""
    victim, offender = Talk(), Talk(replace(VICTIM, has_link=True))
    victim.says("yes")
    assert offender.place == "arrival.ask_letter"
