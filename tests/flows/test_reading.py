"""A typed text counts as much as a button, and never as more than it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.always import Always
from flows.characters import cleaned, normalised
from flows.facts import AgeBand
from flows.reading import (
    LONGEST_TEXT,
    Asked,
    Chosen,
    Given,
    Question,
    Reading,
    TooLong,
    Unclear,
    Wanted,
    Words,
    read,
)
from flows.red_flags import RedFlags

WORDS = Words(
    always={"skjul": Always.HIDE, "stop": Always.WITHDRAW, "menu": Always.MENU},
    yes=frozenset({"ja", "yes"}),
    no=frozenset({"nej", "no"}),
    topics=(("mægler", "mediator"), ("hvor ", "where")),
    red_flags=RedFlags(frozenset({"truer", "ja vold"}), frozenset({"truer med regn"})),
)
ANSWERS = (
    ("yes", frozenset({"ja tak", "yes please"})),
    ("later", frozenset({"ikke nu", "not now"})),
    ("no", frozenset({"nej"})),
)
INTEREST = Asked(ANSWERS, strict=True)
TOPICS = Asked((("what", frozenset({"hvad er det"})), ("why", frozenset({"hvorfor"}))))
NAME = Asked(
    (("skip", frozenset({"spring over"})),),
    accepts=lambda text: text if text.isalpha() else None,
)


def said(text: str, asked: Asked = INTEREST) -> Reading:
    return read(text, asked, WORDS)


@pytest.mark.parametrize("text", ["Ja tak", "JA", "  ja. ", "Yes!", "ja\u200b", "»Ja«"])
def test_a_yes_is_read_however_it_is_written(text: str) -> None:
    assert said(text) == Chosen("yes")


@pytest.mark.parametrize("text", ["nej", "No.", "NEJ"])
def test_so_is_a_no(text: str) -> None:
    assert said(text) == Chosen("no")


@pytest.mark.parametrize(
    "text", ["1", "ok", "👍", "ja men ikke nu", "ja ja", "måske", "", "   ", "😀😀"]
)
def test_where_it_counts_nothing_else_is_a_yes(text: str) -> None:
    assert said(text) == Unclear()


def test_elsewhere_the_number_of_an_answer_will_do() -> None:
    assert said("2", TOPICS) == Chosen("why")
    assert said("3", TOPICS) == Unclear()
    assert said("0", TOPICS) == Unclear()
    assert said("٢", TOPICS) == Unclear()


def test_a_yes_means_nothing_where_none_is_asked_for() -> None:
    assert said("ja", TOPICS) == Unclear()


@pytest.mark.parametrize("asked", [INTEREST, TOPICS, NAME])
def test_hiding_and_stopping_work_everywhere(asked: Asked) -> None:
    assert said("Skjul", asked) == Wanted(Always.HIDE)
    assert said("STOP!", asked) == Wanted(Always.WITHDRAW)


def test_only_the_whole_message_is_such_a_word() -> None:
    assert said("stop ikke") == Unclear()


def test_a_case_can_be_named() -> None:
    assert said("stop KR-abc1") == Wanted(Always.WITHDRAW, "KR-ABC1")
    assert said("kr-abc1") == Wanted(Always.RESUME, "KR-ABC1")
    assert said("noget KR-abc1") == Unclear()


def test_what_was_asked_for_is_taken_as_it_was_typed() -> None:
    assert said(" Bo ", NAME) == Given("Bo")
    assert said("Spring over", NAME) == Chosen("skip")
    assert said("1", NAME) == Unclear()


def test_a_question_finds_its_topic() -> None:
    assert said("Hvem er mægleren?") == Question("mediator")
    assert said("hvor er det") == Question("where")


def test_a_question_that_we_cannot_answer_is_still_a_question() -> None:
    assert said("Koster det noget? ") == Question(None)


def test_a_very_long_text_is_not_read() -> None:
    assert said("ja" * LONGEST_TEXT) == TooLong()
    assert said("a" * 10_000, NAME) == TooLong()


def test_characters_that_disguise_a_text_are_taken_out() -> None:
    assert cleaned("B\u202eo\x00 \t Li\u0301") == "B o L\u00ed"
    assert normalised("J\u00adA.") == "ja"


@given(st.text(max_size=80))
def test_a_text_counts_as_yes_only_if_it_is_one(text: str) -> None:
    if said(text) == Chosen("yes"):
        assert normalised(text) in {"ja", "yes", "ja tak", "yes please"}


@given(st.text(max_size=600), st.sampled_from([INTEREST, TOPICS, NAME]))
def test_no_text_is_an_error(text: str, asked: Asked) -> None:
    assert isinstance(said(text, asked), Reading)


@given(st.text(max_size=80))
def test_reading_twice_changes_nothing(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)
    assert cleaned(cleaned(text)) == cleaned(text)


@pytest.mark.parametrize(
    ("typed", "band"),
    [
        ("9", "under_12"),
        ("12", "12_14"),
        ("13", "12_14"),
        ("13 år", "12_14"),
        ("15", "15_17"),
        ("12-14", "12_14"),
        ("17 years", "15_17"),
        ("18", "18"),
        ("71", "18"),
        ("under 18", None),
        ("ikke 18", None),
        ("3-4", None),
    ],
)
def test_a_typed_age_is_an_age_and_not_the_number_of_an_answer(
    typed: str, band: str | None
) -> None:
    answers = [(band.value, frozenset({f"label {band}"})) for band in AgeBand]
    found = read(typed, Asked(answers, by_age=True), WORDS)
    assert found == (Chosen(band) if band else Unclear())
