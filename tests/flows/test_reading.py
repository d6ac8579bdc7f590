"""A typed text counts as much as a button, and never as more than it says."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.always import Always
from flows.facts import AgeBand
from flows.words.characters import cleaned, normalised
from flows.words.reading import (
    LONGEST_TEXT,
    Asked,
    Chosen,
    Doubtful,
    Flagged,
    Given,
    Question,
    Reading,
    StopWish,
    TooLong,
    Unclear,
    Wanted,
    Words,
    read,
)
from flows.words.red_flags import RedFlags
from flows.words.wishes import Wish

WORDS = Words(
    always={"skjul": Always.HIDE, "stop": Always.WITHDRAW, "menu": Always.MENU},
    yes=frozenset({"ja", "yes"}),
    no=frozenset({"nej", "no"}),
    topics=(("mægler", "mediator"), ("hvor ", "where")),
    red_flags=RedFlags(frozenset({"truer", "ja vold"}), frozenset({"truer med regn"})),
    go_on=frozenset({"videre"}),
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


WISHES = {"jeg trækker mit ja": Wish.STOPS, "nej": Wish.MAY_STOP, "sur": Wish.MAY_STOP}
WISHING = replace(WORDS, wish=lambda text: WISHES.get(normalised(text), Wish.NEITHER))


def test_a_wish_to_stop_in_own_words_comes_before_what_is_asked_for() -> None:
    anything = Asked((), accepts=lambda text: text)
    assert read("Jeg trækker mit ja!", anything, WISHING) == StopWish(is_plain=True)
    assert read("Sur", anything, WISHING) == StopWish(is_plain=False)
    assert read("Kim", anything, WISHING) == Given("Kim")


def test_an_answer_comes_before_a_wish() -> None:
    """A bare "no" is the answer where there is one, and may be a stop elsewhere."""
    assert read("nej", INTEREST, WISHING) == Chosen("no")
    assert read("nej", TOPICS, WISHING) == StopWish(is_plain=False)


def test_staff_give_orders_and_are_asked_for_no_wish() -> None:
    asked = Asked((), is_of_staff=True)
    assert read("sur", asked, WISHING) == Unclear()


def test_a_wish_is_heard_in_a_text_that_is_too_long_to_be_an_answer() -> None:
    words = replace(WORDS, wish=lambda _: Wish.STOPS)
    assert read("bla " * LONGEST_TEXT, NAME, words) == StopWish(is_plain=True)


def test_words_of_danger_come_before_everything() -> None:
    flags = RedFlags(frozenset({"stop"}), frozenset())
    words = replace(WISHING, red_flags=flags)
    assert read("stop", INTEREST, words) == Flagged()


def test_what_goes_on_is_an_answer_where_going_on_is_one() -> None:
    care = Asked((("go_on", frozenset({"gå videre hvor jeg var"})),))
    assert said("Videre!", care) == Chosen("go_on")
    assert said("videre?", care) == Question(None)
    assert said("videre") == Unclear()
    assert said("videre", replace(care, strict=True)) == Unclear()


@pytest.mark.parametrize("text", ["ja?", "Ja tak?", "ja\uff1f", "ja \u2753", "ja!?"])
@pytest.mark.parametrize("is_strict", [True, False])
def test_a_yes_that_asks_is_none(text: str, *, is_strict: bool) -> None:
    assert said(text, replace(INTEREST, strict=is_strict)) == Question(None)


def test_only_where_it_does_not_count_an_emoji_may_stand_beside_a_yes() -> None:
    for text in ("Ja \U0001f44d", "ja \U0001f937", "ja :("):
        assert said(text) == Unclear()
    assert said("Ja \U0001f44d", replace(INTEREST, strict=False)) == Chosen("yes")


def test_a_no_said_twice_is_one_and_a_yes_said_twice_is_none() -> None:
    assert said("nej, nej") == Chosen("no")
    assert said("ja ja") == Unclear()


OWN = Asked((), accepts=lambda text: text)


def test_what_ends_with_an_open_word_is_asked_about() -> None:
    """It may be a way of speaking, or meant; a stop is asked about as a stop."""
    assert said("gerne menu", OWN) == Doubtful("gerne menu")
    assert said("stop det her", OWN) == StopWish(is_plain=False)
    assert said("det her er stop", OWN) == StopWish(is_plain=False)


def test_a_question_mark_leaves_a_doubt() -> None:
    assert said("tirsdag?", OWN) == Doubtful("tirsdag?")


def test_a_greeting_or_a_yes_alone_leaves_a_doubt() -> None:
    assert said("Ja", OWN) == Doubtful("Ja")


@pytest.mark.parametrize(
    "text", ["ja :\u2019(", "ja :,(", "Ja ):", "ja -_-", "ja ;", "~Ja~", "ja xD"]
)
def test_a_face_or_what_is_struck_out_doubts_a_yes_where_it_counts(text: str) -> None:
    assert not isinstance(said(text, INTEREST), Chosen)
