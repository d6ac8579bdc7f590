"""The first minutes: the letter, the language, what this is, the age."""

import pytest

from flows.always import Always
from flows.effects import AgeBandGiven, LanguageChosen, LetterAccepted, LetterRefused
from flows.facts import AgeBand
from tests.flows.talk import Talk


def test_somebody_with_a_letter_comes_to_the_programme() -> None:
    talk = Talk()
    assert talk.says("yes") == "arrival.ask_language"
    assert talk.says("en") == "arrival.explain_bot"
    assert talk.says("go_on") == "arrival.ask_age"
    assert talk.says("18") == "programme.explain_programme"
    assert talk.effects == [
        LetterAccepted(),
        LanguageChosen("en"),
        AgeBandGiven(AgeBand.ADULT),
    ]


def test_a_letter_for_somebody_else_binds_nobody() -> None:
    talk = Talk()
    assert talk.says("no") == "arrival.not_for_you"
    assert talk.effects == [LetterRefused()]
    assert talk.choices == []


def test_the_yes_to_the_letter_is_not_taken_back_by_going_back() -> None:
    talk = Talk()
    talk.says("yes")
    assert talk.does(Always.BACK) == "arrival.ask_language"


@pytest.mark.parametrize("band", AgeBand)
def test_everybody_may_read_the_programme(band: AgeBand) -> None:
    talk = Talk(at="arrival.ask_age")
    assert talk.says(band.value) == "programme.explain_programme"
    assert talk.effects == [AgeBandGiven(band)]
