"""The language can be changed in the middle of anything."""

import pytest

from flows.always import Always
from flows.effects import LanguageChosen
from flows.languages import CODES
from tests.flows.talk import Talk


@pytest.mark.parametrize("language", CODES)
def test_the_question_stays_the_same(language: str) -> None:
    talk = Talk(at="consent.ask_take_part")
    talk.does(Always.LANGUAGE)
    assert talk.says(language) == "consent.ask_take_part"
    assert talk.effects == [LanguageChosen(language)]


def test_the_language_of_the_phone_comes_first() -> None:
    talk = Talk(at="language").knows(phone_language="en")
    assert talk.choices == ["en", "da"]
