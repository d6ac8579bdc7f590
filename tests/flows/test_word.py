"""A word of one's own is chosen in the menu, and leads back to where one was."""

import pytest

from flows.always import Always
from flows.model import GIVEN
from flows.ways_back import OwnWordChosen, OwnWordRemoved
from tests.flows.talk import Talk


def test_a_word_is_chosen_and_one_goes_on_where_one_was() -> None:
    talk = Talk(at="offer.ask_interest")
    assert talk.does(Always.WORD) == "word.explain_word"
    assert talk.choices == ["choose", "go_on"]
    assert talk.says("choose") == "word.ask_word"
    assert talk.says(GIVEN, value="solsikke") == "word.explain_kept"
    assert talk.effects == [OwnWordChosen("solsikke")]
    assert talk.says("go_on") == "offer.ask_interest"


def test_it_is_changed_and_removed() -> None:
    talk = Talk(at="offer.ask_interest").knows(has_own_word=True)
    talk.does(Always.WORD)
    assert talk.choices == ["change", "remove", "go_on"]
    assert talk.says("change") == "word.ask_word"
    assert talk.does(Always.BACK) == "word.explain_word"
    assert talk.says("remove") == "word.explain_removed"
    assert talk.effects == [OwnWordRemoved()]
    assert talk.says("go_on") == "offer.ask_interest"


@pytest.mark.parametrize("way", [("go_on",), ("choose", "leave")])
def test_who_chooses_none_goes_on_without(way: tuple[str, ...]) -> None:
    talk = Talk(at="consent.ask_take_part")
    talk.does(Always.WORD)
    assert talk.says(*way) == "consent.ask_take_part"
    assert talk.effects == []
