"""Own words that mean a stop, or may: on phrasings that nothing was fitted to.

What is held back in `wishes/` was written by people who saw neither lists nor models.
`konfliktraad texts wish TEXT` tells what would be done with a text, and why.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from bot.catalogue import LOCALES
from bot.chat.wishes import PATTERNED, TRAINING, WEIGHTS, lines, trained_from, wishes
from flows.languages import CODES
from flows.words.wishes import Wish, is_pattern
from tests.support.asked_about import ASKED_ABOUT

HELD_BACK: Final = Path(__file__).parent / "wishes"
WISHES: Final = wishes()
MEANINGS: Final = ("stop", "may", "neither")
#: Of these at least so many are there, a third of them held back.
LEAST: Final = {"stop": 250, "may": 150, "neither": 600}
LISTS: Final = {
    "stop": ("stop", "stop_of_parents", "stop_unsure"),
    "may": ("may",),
    "neither": ("neither",),
}
#: A file of weights is no larger, in bytes.
LARGEST: Final = 1_000_000

PLAIN: Final = [
    "jeg trækker mit ja tilbage",
    "jeg trækker mit samtykke tilbage",
    "Jeg vil ikke være med længere",
    "JEG TRÆKKER MIT JA TILBAGE!!!",
    "Hej. Jeg trækker mit samtykke tilbage. Mvh Kim",
    "i withdraw my consent",
    "I don't want to take part anymore, thanks",
]
MAYBE: Final = [
    "nej tak",
    "jeg har ombestemt mig",
    "hold op med at kontakte mig",
    "call it off",
    "stpo",
    "cancel",
    "this feels wrong",
    "I do not want to",
]
NEITHER: Final = [
    "",
    "\U0001f5bc",
    "...",
    "ring ikke efter kl. 20",
    "kan jeg stoppe senere?",
    "jeg vil gerne være med",
    "don't call after 8 pm",
    "min mand hedder Hansen",
    "what happens if I say no?",
]


def held_back(meaning: str, language: str) -> list[str]:
    path = HELD_BACK / f"{meaning}.{language}.txt"
    return path.read_text(encoding="utf-8").splitlines()


def share(meaning: str, language: str, *wanted: Wish) -> float:
    """Tell how many of what is held back are followed so."""
    some = [WISHES.wish_of_parent(text) for text in held_back(meaning, language)]
    return sum(wish in wanted for wish in some) / len(some)


def learned(language: str) -> Iterator[str]:
    for name in TRAINING:
        if name != "kinds":
            yield from lines(LOCALES, language, name)


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_statement_acts_at_once(text: str) -> None:
    assert WISHES.wish(text) is Wish.STOPS


@pytest.mark.parametrize("text", MAYBE)
def test_what_may_mean_it_is_asked_about(text: str) -> None:
    assert WISHES.wish(text) in ASKED_ABOUT


@pytest.mark.parametrize("text", NEITHER)
def test_what_is_about_something_else_asks_nobody(text: str) -> None:
    assert WISHES.wish(text) is Wish.NEITHER


def test_only_a_parent_speaks_for_a_child() -> None:
    text = "Mit barn skal ikke være med alligevel"
    assert WISHES.wish_of_parent(text) is Wish.STOPS
    assert WISHES.wish(text) is not Wish.STOPS


@pytest.mark.parametrize("language", CODES)
def test_of_a_hundred_stops_at_least_95_are_followed_or_asked_about(
    language: str,
) -> None:
    assert share("stop", language, Wish.STOPS, *ASKED_ABOUT) >= 0.95


@pytest.mark.parametrize("language", CODES)
def test_of_a_hundred_others_at_most_5_are_asked_about(language: str) -> None:
    assert share("neither", language, *ASKED_ABOUT) <= 0.05


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("meaning", ["may", "neither"])
def test_nothing_acts_that_is_no_plain_stop(language: str, meaning: str) -> None:
    assert share(meaning, language, Wish.STOPS) == 0


@pytest.mark.parametrize("language", CODES)
def test_nothing_that_is_learned_from_acts_but_plain_stops(language: str) -> None:
    others = [*lines(LOCALES, language, "may"), *lines(LOCALES, language, "neither")]
    assert [x for x in others if WISHES.wish_of_parent(x) is Wish.STOPS] == []


@pytest.mark.parametrize("language", CODES)
def test_each_line_that_acts_is_heard_as_it_stands(language: str) -> None:
    listed = [x for n in PATTERNED for x in lines(LOCALES, language, n)]
    deaf = [x for x in listed if WISHES.wish_of_parent(x) is not Wish.STOPS]
    assert [x for x in deaf if not is_pattern(x)] == []


@pytest.mark.parametrize("language", CODES)
def test_nothing_that_is_held_back_was_learned_from(language: str) -> None:
    known = {WISHES.key(text) for text in learned(language)}
    again = [t for m in MEANINGS for t in held_back(m, language)]
    assert [text for text in again if WISHES.key(text) in known] == []


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("meaning", MEANINGS)
def test_there_are_enough_phrasings_of_each_meaning(
    language: str, meaning: str
) -> None:
    known = sum(len(lines(LOCALES, language, name)) for name in LISTS[meaning])
    assert known + len(held_back(meaning, language)) >= LEAST[meaning]
    assert len(held_back(meaning, language)) >= LEAST[meaning] / 3


@pytest.mark.parametrize("language", CODES)
def test_the_weights_were_fitted_to_the_phrasings_that_stand_there(
    language: str,
) -> None:
    """If the lists were changed on purpose, fit the models anew: make train."""
    path = LOCALES / language / "wishes" / WEIGHTS
    assert json.loads(path.read_text("utf-8"))["trained_from"] == trained_from()
    assert path.stat().st_size <= LARGEST
