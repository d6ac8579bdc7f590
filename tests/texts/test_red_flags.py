"""What counts as a red flag, on sentences as people may write them here.

`red_flags/flagged.*` and `red_flags/everyday.*` hold one sentence a line.
"""

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue import load
from bot.chat.inputs import ACCEPTS
from bot.chat.words import vocabulary
from flows import FLOWS
from flows.languages import CODES
from flows.model import Input
from flows.words.reading import (
    LONGEST_TEXT,
    Asked,
    Chosen,
    Flagged,
    TooLong,
    Unclear,
    read,
)
from flows.words.red_flags import is_flagged

SENTENCES = Path(__file__).parent / "red_flags"
WORDS = vocabulary(load())
FLAGS = WORDS.words.red_flags
STEMS = sorted(FLAGS.stems)
EVERYDAY = sorted(FLAGS.everyday)
#: As they stand; no everyday use begins or ends with one of them.
AROUND = st.lists(
    st.sampled_from(
        ["nej", "jeg", "er", "slet", "aldrig", "never", "Ida", "😀", "kl.", "10", "\n"]
    )
)


def sentences(kind: str) -> list[str]:
    return [
        line
        for language in CODES
        for line in (SENTENCES / f"{kind}.{language}.txt")
        .read_text("utf-8")
        .split("\n")
        if line
    ]


def typed(entry: str) -> str:
    return entry.replace("*", "")


@pytest.mark.parametrize("sentence", sentences("flagged"))
def test_danger_is_heard(sentence: str) -> None:
    assert is_flagged(sentence, FLAGS)


@pytest.mark.parametrize("sentence", sentences("everyday"))
def test_the_everyday_is_not_taken_for_danger(sentence: str) -> None:
    assert not is_flagged(sentence, FLAGS)


def test_there_are_enough_examples() -> None:
    for kind, language in product(("flagged", "everyday"), CODES):
        lines = (SENTENCES / f"{kind}.{language}.txt").read_text("utf-8").splitlines()
        assert len(set(lines)) == len(lines) >= 60, (kind, language)


@pytest.mark.parametrize(
    "disguise",
    [
        str.upper,
        lambda stem: stem.replace(" ", ""),
        lambda stem: stem.replace(" ", "😢"),
        lambda stem: stem.replace(" ", ".\n"),
        "\u200b".join,
        "😢".join,
        lambda stem: stem.replace("æ", "ae").replace("ø", "oe").replace("å", "aa"),
        lambda stem: stem.replace("æ", "e").replace("ø", "o").replace("å", "a"),
        lambda stem: stem[:-1] + stem[-1] * 5,
        lambda stem: f"ikke {stem}",
        lambda stem: f"I was never {stem} at all",
    ],
)
def test_every_stem_is_found_however_it_is_typed(
    disguise: Callable[[str], str],
) -> None:
    missed = [stem for stem in STEMS if not is_flagged(disguise(typed(stem)), FLAGS)]
    assert missed == []


def test_every_everyday_use_is_silent_and_holds_a_stem_to_be_silent_about() -> None:
    loud = [entry for entry in EVERYDAY if is_flagged(typed(entry), FLAGS)]
    alone = type(FLAGS)(FLAGS.stems, frozenset())
    idle = [entry for entry in EVERYDAY if not is_flagged(typed(entry), alone)]
    assert (loud, idle) == ([], [])


@given(AROUND, st.sampled_from(STEMS), st.text())
def test_nothing_around_a_stem_hides_it(
    before: list[str], stem: str, after: str
) -> None:
    assert is_flagged(f"{' '.join(before)} {typed(stem)}. {after}", FLAGS)


@given(st.sampled_from(EVERYDAY), AROUND, st.sampled_from(STEMS))
def test_an_everyday_use_hides_no_other_stem(
    everyday: str, between: list[str], stem: str
) -> None:
    text = f"{typed(everyday)}, {' '.join(between)} {typed(stem)}."
    assert is_flagged(text, FLAGS)


@pytest.mark.parametrize("kind", ACCEPTS)
def test_free_text_of_every_kind_is_scanned_before_it_is_taken(kind: Input) -> None:
    asked = Asked((), accepts=ACCEPTS[kind])
    assert read("jeg er bange", asked, WORDS.words) == Flagged()


@pytest.mark.parametrize("strict", [True, False])
def test_an_answer_with_a_red_flag_in_it_is_no_answer(strict: bool) -> None:  # noqa: FBT001 # pytest gives it
    asked = Asked((("yes", frozenset({"ja"})),), strict=strict)
    assert read("ja", asked, WORDS.words) == Chosen("yes")
    assert read("ja, han slår mig", asked, WORDS.words) == Flagged()


def test_a_text_that_is_too_long_is_scanned_too() -> None:
    filling = "ord " * LONGEST_TEXT
    assert read(filling, Asked(()), WORDS.words) == TooLong()
    assert read(f"{filling} kniv {filling}", Asked(()), WORDS.words) == Flagged()


def test_orders_of_staff_are_not_scanned() -> None:
    """They write about cases; help numbers would only stand in the way."""
    asked = Asked((), is_of_staff=True)
    assert read("han truer", asked, WORDS.words) == Unclear()


def test_no_label_that_may_be_typed_is_flagged() -> None:
    labels = {
        (answer.label, label)
        for flow in FLOWS.values()
        for state in flow.states
        for answer in state.answers
        if answer.label
        for label in WORDS.labels(answer.label)
    }
    assert {pair for pair in labels if is_flagged(pair[1], FLAGS)} == set()


NAMES = (
    "Lone Bange Holm",
    "Jonas Vold",
    "Anne-Marie Kniv-Holm",
    "Ole P. Banke",
    "Åse Bange",
    "Maria Fear",
)
NO_NAMES = (
    "Bange",
    "Bange Holm",
    "Lone bange",
    "LONE BANGE",
    "Han Truer Mig",
    "Hjælp Mig",
    "Jeg Er Bange",
    "Min Far Slår Mig",
    "Lone Slår Mig Ihjel",
    "Lone Bange, Han Slår",
    "I Am Afraid",
    "Sofie Vold 112",
    "Lone Vold Vold Vold Vold Vold Vold",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_full_name_may_hold_a_word_of_danger_where_a_name_is_asked_for(
    name: str,
) -> None:
    assert is_flagged(name, FLAGS)
    assert not is_flagged(name, FLAGS, as_name=True)


@pytest.mark.parametrize("text", NO_NAMES)
def test_what_is_not_written_as_a_full_name_is_heard_there_too(text: str) -> None:
    assert is_flagged(text, FLAGS, as_name=True)


@pytest.mark.parametrize("sentence", sentences("flagged"))
def test_danger_is_heard_where_a_name_is_asked_for(sentence: str) -> None:
    assert is_flagged(sentence, FLAGS, as_name=True)
