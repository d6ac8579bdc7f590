"""A linear model: which features a text has, and what its score is made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.words.classifier import (
    LONGEST_READ,
    Kinds,
    Model,
    features,
    parts,
    plain,
    reasons,
    said,
    scores,
)

KINDS = Kinds(
    {"ikke": "not", "deltager": "join", "men": "break", "gerne": "still", "jeg": "me"}
)
MODEL = Model(
    labels=("leave", "stay"),
    bias=(-1.0, -2.0),
    weights={
        "k join": (0.0, 3.0),
        "k !join": (6.0, 0.0),
        "w gerne": (-1.0, 2.0),
        "mig": (0.5, 0.0),
    },
    kinds=KINDS,
)
#: What makes one text slow to read must not make a long one any slower.
HOSTILE = [
    "\ufdfa",
    "e\u0301",
    "a b ",
    "\U0001f600",
    "don't. ",
    "ikke ",
    "?",
    "\n",
    "x",
]


def kinds_of(text: str) -> set[str]:
    rows = features(said(text), KINDS)
    return {one.removeprefix("k ") for row in rows for one in row if one[:2] == "k "}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Jeg VIL", "jeg vil"),
        ("vær så går", "vaer saa gaar"),
        ("don\u2019t", "dont"),
        ("stooooop", "stoop"),
        ("22 33 14 90", "0 0 0 0"),
        ("st\u200bop", "stop"),
        ("café", "cafe"),
    ],
)
def test_what_tells_writers_apart_is_taken_out(typed: str, read: str) -> None:
    assert plain(typed) == read


def test_a_sentence_in_a_text_reads_as_it_does_alone() -> None:
    alone = said("jeg deltager").words
    assert said("hej. jeg deltager! tak").words[2:6] == alone


@pytest.mark.parametrize("slip", ["deltger", "detlager", "deltaager", "deltager"])
def test_a_kind_is_found_with_a_slip_in_its_word(slip: str) -> None:
    assert KINDS.kind(slip) == "join"


def test_no_slip_is_forgiven_in_a_short_word() -> None:
    assert KINDS.kind("jge") == ""


@pytest.mark.parametrize(
    "text", ["jeg deltager ikke", "ikke deltager", "jeg ikke gerne deltager"]
)
def test_a_denial_marks_what_stands_around_it(text: str) -> None:
    assert "!join" in kinds_of(text)


@pytest.mark.parametrize(
    "text", ["ikke. jeg deltager", "ikke, men jeg deltager", "deltager men ikke jeg"]
)
def test_a_denial_ends_where_a_clause_begins(text: str) -> None:
    assert "!join" not in kinds_of(text)
    assert "join" in kinds_of(text)


def test_the_part_that_speaks_most_for_a_label_gives_its_score() -> None:
    story = "Det regner i dag og bussen er fuld. Jeg deltager ikke. Hunden sover nu"
    whole, *sentences = parts(said(story), MODEL)
    assert max(part.scores[0] for part in sentences) > whole.scores[0]
    assert scores(said(story), MODEL)[0] > MODEL.bias[0]


@pytest.mark.parametrize("word", ["deltager ikke, ", "ikke deltager. ", "bla "])
def test_saying_it_again_and_again_says_no_more(word: str) -> None:
    once, often = (scores(said(word * times), MODEL)[0] for times in (6, 200))
    assert often <= once + 1


@given(st.text(alphabet="jegdltarik.,?! nm\n", max_size=200))
def test_reasons_add_up_to_the_score(text: str) -> None:
    for at, label in enumerate(MODEL.labels):
        added = sum(weight for _, weight in reasons(said(text), MODEL, label))
        assert added == pytest.approx(scores(said(text), MODEL)[at])


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_longer_text_is_no_more_work(unit: str) -> None:
    def work(times: int) -> int:
        rows = said(unit * times).features
        return sum(map(len, rows))

    assert work(40 * LONGEST_READ) <= 1.1 * work(LONGEST_READ) + 100
    assert work(40 * LONGEST_READ) <= 4 * LONGEST_READ
