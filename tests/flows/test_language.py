"""The language can be changed in the middle of anything."""

import pytest

from flows.always import Always
from flows.effects import LanguageChosen
from flows.facts import Language
from tests.flows.talk import Talk


@pytest.mark.parametrize("language", Language)
def test_the_question_stays_the_same(language: Language) -> None:
    talk = Talk(at="consent.ask_take_part")
    talk.does(Always.LANGUAGE)
    assert talk.says(language.value) == "consent.ask_take_part"
    assert talk.effects == [LanguageChosen(language)]


def test_the_language_of_the_phone_comes_first() -> None:
    talk = Talk(at="language").knows(phone_language=Language.EN)
    assert talk.choices == ["en", "da"]
