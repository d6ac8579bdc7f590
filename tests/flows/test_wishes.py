"""What acts, what is asked about, and what is neither, whatever a model believes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.words.classifier import Kinds, Model
from flows.words.wishes import (
    MOST_CLAUSES,
    STOP,
    Phrasings,
    Wish,
    Wishes,
    clauses,
    is_pattern,
    pattern,
)
from tests.support.asked_about import ASKED_ABOUT

#: It believes in a stop where "farvel" stands, and nowhere else.
BELIEVES = Model((STOP,), (-1.0,), {"w farvel": (9.0,)}, Kinds({}))
PATTERN = "jeg vil/ønsker ikke [at] være_med [mere]"
WISHES = Wishes(
    acts=Phrasings(
        frozenset({"jeg traekker mit ja", "ring ikke mere"}),
        pattern([PATTERN.replace("ø", "oe").replace("æ", "ae")]),
    ),
    acts_of_parents=Phrasings(frozenset({"min soen skal ikke med"})),
    asks=Phrasings(frozenset({"nej", "\U0001f44e"})),
    polite=frozenset({"hej", "tak"}),
    closing=frozenset({"mvh"}),
    models=(BELIEVES,),
)


@pytest.mark.parametrize(
    "text",
    [
        "jeg trækker mit ja",
        "JEG TRÆKKER MIT JA!!!",
        "Hej, jeg traekker mit ja. Tak",
        "jeg trækker mit ja \U0001f622",
        "Jeg trækker mit ja. Ring ikke mere.",
        "Jeg trækker mit ja. Mvh Jens Peter Holm",
        "jeg vil ikke være med",
        "jeg ønsker ikke at være med mere",
    ],
)
def test_a_plain_statement_acts_with_courtesy_around_it(text: str) -> None:
    assert WISHES.wish(text) is Wish.STOPS


@pytest.mark.parametrize(
    "text",
    [
        "jeg trækker mit ja?",
        "jeg trækker mit ja \U0001f602",
        "jeg trækker mit ja ;)",
        'Hvem skrev "jeg trækker mit ja"? farvel',
        "\u201djeg trækker mit ja\u201d",
    ],
)
def test_a_question_a_quotation_or_a_smile_makes_it_doubtful(text: str) -> None:
    assert WISHES.wish(text) in ASKED_ABOUT


@pytest.mark.parametrize(
    "text", ["jeg trækker mit ja. nej vent farvel", "farvel", "nej tak", "\U0001f44e"]
)
def test_what_a_list_or_a_model_believes_is_asked_about(text: str) -> None:
    assert WISHES.wish(text) in ASKED_ABOUT


def test_it_is_told_what_a_model_alone_believes() -> None:
    assert WISHES.wish("farvel") is Wish.BELIEVED
    assert WISHES.wish("nej tak") is Wish.MAY_STOP


@pytest.mark.parametrize("text", ["", "hej", "tak", "jeg vil være med", "nejsum"])
def test_anything_else_is_neither(text: str) -> None:
    assert WISHES.wish(text) is Wish.NEITHER


def test_only_a_parent_speaks_for_a_child() -> None:
    assert WISHES.wish_of_parent("Min søn skal ikke med") is Wish.STOPS
    assert WISHES.wish("Min søn skal ikke med") in ASKED_ABOUT


@given(st.text(max_size=60))
def test_what_a_model_alone_believes_never_acts(around: str) -> None:
    assert WISHES.wish(f"{around} farvel {around}") is not Wish.STOPS


def test_a_pattern_stands_for_its_texts_and_no_others() -> None:
    row = Phrasings(frozenset(), pattern(["a/b [c_d] e"]))
    assert is_pattern("a/b [c_d] e")
    for text in ("a e", "b e", "a c d e", "b c d e"):
        assert text in row
    for text in ("a", "e", "a b e", "a c e", "a e e", "", "a c d"):
        assert text not in row


@given(st.integers(min_value=0, max_value=2000))
def test_of_many_clauses_those_at_both_ends_are_read(many: int) -> None:
    told = ["Han truer mig", *map(str, range(many)), " jeg vil stoppe"]
    found = clauses(". ".join(told) + ".\n.")
    assert len(found) <= MOST_CLAUSES
    assert (found[0], found[-1].strip()) == (told[0], told[-1].strip())


def test_a_clause_that_comes_again_is_read_once() -> None:
    assert clauses("nej, nej! nej\nnej") == ["nej", " nej"]
