"""Nobody can send a text that swells: what is read of one is short, and soon read."""

import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.words.characters import (
    BLANK,
    LONGEST_READ,
    asks,
    cleaned,
    normalised,
    seen,
    spoken,
)
from flows.words.red_flags import RedFlags, is_flagged

FLAGS = RedFlags(
    frozenset({"vil dø", "bange", "*kniv*"}), frozenset({"bange for regn"})
)

#: One text of any length each; what is worse than linear shows in one of them.
FAMILIES: dict[str, Callable[[int], str]] = {
    "a ligature that swells": lambda n: "\ufdfa" * n,
    "marks on one letter": lambda n: "a" + "\u0301\u0316" * (n // 2),
    "marks on each letter": lambda n: "a\u0301\u0316\u0301\u0316\u0323" * (n // 6),
    "capitals of a script without any": lambda n: "\u6f22" * n + "!",
    "capitals": lambda n: "\u00c9" * n + "!",
    "words of one letter": lambda n: "a " * (n // 2),
    "ends of sentences": lambda n: "vil . " * (n // 6),
    "a drawn-out letter": lambda n: "a" * n,
    "dots": lambda n: "." * n,
    "an everyday use again and again": lambda n: "bange for regn " * (n // 15),
    "half of a red flag": lambda n: "vil " * (n // 4),
    "joiners": lambda n: "\u0627\u200c" * (n // 2),
    "emoji": lambda n: "\U0001f469\u200d\U0001f9bd\ufe0f" * (n // 4),
    "digits": lambda n: "1-" * (n // 2),
}


def work(text: str) -> float:
    """Tell how long a text keeps the processor, at best."""
    spent = []
    for _ in range(7):
        began = time.thread_time()
        is_flagged(text, FLAGS, as_name=True)
        spoken(text)
        cleaned(text)
        spent.append(time.thread_time() - began)
    return min(spent)


@pytest.mark.parametrize("family", FAMILIES)
def test_four_times_as_long_a_text_is_about_four_times_as_much_work(
    family: str,
) -> None:
    """Squared it would be sixteen times; how fast the machine is changes nothing."""
    text = FAMILIES[family]
    work(text(64))
    ratios = (work(text(4096)) / max(work(text(1024)), 1e-5) for _ in range(3))
    assert min(ratios) < 10


def test_a_name_in_a_script_without_capitals_is_tried_in_one_way() -> None:
    """In every way it would be twice as much work for each letter more."""
    names = ["Kim " + "\u6f22" * letters + "!" for letters in (10, 22)]
    short, long = map(work, names)
    assert long < 20 * max(short, 1e-5)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_nothing_swells(text: str) -> None:
    assert len(seen(text)) <= 3 * len(text)


@pytest.mark.parametrize("family", FAMILIES)
def test_however_long_it_is_a_bounded_part_is_read(family: str) -> None:
    assert len(seen(FAMILIES[family](20_000))) <= 3 * LONGEST_READ


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Stop \U0001f6d1", "stop"),
        ("STOP \u203c\ufe0f", "stop"),
        ("stop\u2014", "stop"),
        ("\u00bbJa\u00ab", "ja"),
        ("1\ufe0f\u20e3", "1"),
        ("\uff53\uff54\uff4f\uff50", "stop"),
        ("s\u0337t\u0337o\u0337p\u0337", "stop"),
        ("\U0001f469\u200d\U0001f9bd nej", "nej"),
        ("Sprog / Language", "sprog language"),
        ("na\u030ar", "når"),
    ],
)
def test_words_are_heard_without_what_stands_around_them(text: str, heard: str) -> None:
    assert spoken(text) == heard


@pytest.mark.parametrize("text", ["?", "ja?", "\u00bf", "\u061f", "\u2049", "\u2754"])
def test_a_question_mark_is_seen_in_any_script(text: str) -> None:
    assert asks(text)
    assert not asks("ja!")


@pytest.mark.parametrize(
    "name",
    [
        "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627",
        "\u0dc1\u0dca\u200d\u0dbb\u0dd3",
        "\u0915\u094d\u200d\u0937",
        "Nguy\u1ec5n Th\u1ecb",
        "Ida \U0001f469\u200d\U0001f9bd",
    ],
)
def test_joiners_stay_where_a_name_needs_them(name: str) -> None:
    assert cleaned(name) == name


def test_joiners_go_where_nothing_needs_them() -> None:
    assert cleaned("A\u200cn\u200dna\u200b") == "Anna"
    assert cleaned("So\u00adfie") == "Sofie"


@given(st.text(alphabet="eo\u0301\u0316\u0323\u0308\u20dd"))
def test_no_letter_keeps_more_than_two_marks(text: str) -> None:
    assert most_marks(cleaned(f"Zoe{text}\u0301")) <= 2


@given(st.text())
def test_no_letter_of_any_script_keeps_more_than_four(text: str) -> None:
    assert most_marks(cleaned(text * 3)) <= 4


def most_marks(text: str) -> int:
    """Count the marks on the letter that bears most."""
    run = most = 0
    for character in unicodedata.normalize("NFD", text):
        run = run + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        most = max(most, run)
    return most


@pytest.mark.parametrize(
    "name",
    [
        "\u0f66\u0f92\u0fb2\u0f7c\u0f63\u0f0b\u0f58",
        "\u1019\u102d\u102f\u1037\u1019\u102d\u102f\u1037",
        "\u17a2\u17ca\u17bb\u17c6",
    ],
)
def test_a_vowel_that_is_a_mark_stays_in_its_name(name: str) -> None:
    """Tibetan, Burmese and Khmer put several of them on a letter."""
    assert cleaned(name) == name


@given(st.text(alphabet=st.sampled_from(f"{BLANK}\u202e\u2066\u200f\u0007 \u200b")))
def test_what_shows_nothing_is_nothing(text: str) -> None:
    assert cleaned(text) == ""
    assert normalised(text) == ""
