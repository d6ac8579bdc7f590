"""Texts as people send them, read with the words that the catalogue has."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalogue import load
from bot.chat.inputs import ACCEPTS
from bot.chat.words import vocabulary
from flows.always import Always
from flows.model import Input
from flows.words.reading import (
    Asked,
    Chosen,
    Doubtful,
    Flagged,
    Given,
    Question,
    Reading,
    StopWish,
    Unclear,
    Wanted,
    read,
)

WORDS = vocabulary(load()).words
CARE = Asked((("go_on", frozenset()), ("human", frozenset())))
INPUTS = sorted(ACCEPTS)


def asked_for(wants: Input) -> Asked:
    return Asked((), accepts=ACCEPTS[wants], is_for_name=wants is Input.NAME)


def said(text: str, wants: Input) -> Reading:
    return read(text, asked_for(wants), WORDS)


STOPS = [
    "stop \u2757",
    "STOP \u203c\ufe0f",
    "Stop tak",
    "stop stop",
    "stop\u2014",
    "/stop@bot",
    "Stop \U0001f6d1",
    "hej, stop tak",
    "stop please",
    "please stop now",
    "Stop! Now!",
    "stop venligst",
    "no, stop",
    "nej stop nu",
]
HIDES = ["Skjul \u2757\ufe0f", "skjul nu", "hide please", "HIDE HIDE", "/hide@the_bot"]


@pytest.mark.parametrize("wants", INPUTS)
@pytest.mark.parametrize("text", STOPS)
def test_a_stop_is_heard_wherever_something_is_asked_for(
    text: str, wants: Input
) -> None:
    assert said(text, wants) == Wanted(Always.WITHDRAW)


@pytest.mark.parametrize("wants", INPUTS)
@pytest.mark.parametrize("text", HIDES)
def test_so_is_hide(text: str, wants: Input) -> None:
    assert said(text, wants) == Wanted(Always.HIDE)


@pytest.mark.parametrize("wants", INPUTS)
@settings(deadline=None)
@given(
    word=st.sampled_from(sorted(WORDS.always)),
    rest=st.text(max_size=40),
    before=st.booleans(),
)
def test_nothing_is_taken_that_begins_or_ends_with_a_word_that_is_always_open(
    wants: Input, word: str, rest: str, *, before: bool
) -> None:
    text = f"{word} {rest}" if before else f"{rest} {word}"
    assert not isinstance(said(text, wants), Given)


@pytest.mark.parametrize(
    "text",
    [
        "koster det noget",
        "jeg forstår ikke det her",
        "what is an interpreter",
        "hvad er en tolk",
        "does it cost anything",
        "i don't understand this",
        "hvor længe varer det",
        "how long does it take",
        "jeg har et spørgsmål",
        "I have a question",
        "hvad mener I",
        "what do you mean",
        "er tolken gratis",
        "har tolken tavshedspligt",
        "varer mødet længe",
        "får skolen besked",
        "kan ikke forstå det",
        "har ikke forstået det",
        "I didn't understand",
        "hvis jeg trækker mit ja tilbage, hvad sker der så",
        "hvaffor en tolk",
        "en gang til",
    ],
)
@pytest.mark.parametrize("wants", [Input.NAME, Input.TEXT, Input.TIMES])
def test_no_question_is_taken_for_own_words(text: str, wants: Input) -> None:
    assert isinstance(said(text, wants), Question)


@pytest.mark.parametrize(
    "text",
    [
        "kan jeg få en tolk?",
        "må jeg have min mor med",
        "kan jeg få det på skrift",
        "can I bring my dog",
    ],
)
def test_who_asks_politely_for_what_they_need_may_have_answered(text: str) -> None:
    assert isinstance(said(text, Input.NAME), Question)
    assert said(text, Input.TEXT) == Doubtful(text)


@pytest.mark.parametrize("text", sorted(WORDS.go_on))
def test_who_goes_on_where_nothing_is_asked_does_not_stop(text: str) -> None:
    """The button that leads on may have been answered already, or the intake closed."""
    assert not isinstance(read(text, Asked(()), WORDS), StopWish)


@pytest.mark.parametrize("text", ["hjælp mig", "help me"])
def test_a_call_for_help_is_heard_as_one(text: str) -> None:
    """In Danish the words may mean danger; in English they ask what can be typed."""
    assert said(text, Input.TEXT) in {Flagged(), Wanted(Always.HELP)}


@pytest.mark.parametrize(
    "text",
    [
        "ring ikke efter kl. 20",
        "hverdage 10-12 og 13-15.30",
        "jeg har brug for en tolk",
        "er døv og bruger tegnsprog",
        "har fri om tirsdagen",
        "do not call before 10",
        "can be reached after four",
        "whenever it suits you",
        "is fine after 5",
        "kan kun om aftenen",
        "skal bruge kørestol",
    ],
)
def test_an_answer_that_begins_like_a_question_is_taken(text: str) -> None:
    assert said(text, Input.TIMES) == Given(text)


@pytest.mark.parametrize(
    "text",
    [
        "Jeg ringer gerne tilbage",
        "you may call me back",
        "kan I ringe efter 16",
        "can you call after four",
        "hvornår som helst",
        "jeg forstår ikke dansk",
        "I don't understand Danish",
        "tirsdag?",
        "when I am off work",
    ],
)
def test_where_it_is_in_doubt_it_is_asked(text: str) -> None:
    assert said(text, Input.TIMES) == Doubtful(text)


@pytest.mark.parametrize(
    "text",
    [
        "stop det her nu",
        "I want this to stop",
        "nej",
        "nej tak",
        "No",
        "cancel",
        "Mette Marie Stop",
        "Ali Hassan stop",
    ],
)
def test_what_sounds_like_a_stop_is_asked_about_as_one(text: str) -> None:
    wish = said(text, Input.NAME)
    assert isinstance(wish, StopWish)
    assert not wish.is_plain


@pytest.mark.parametrize("text", ["hej", "Ja", "ok tak", "Hello"])
def test_a_greeting_is_no_name_yet(text: str) -> None:
    assert said(text, Input.NAME) == Doubtful(text)


@pytest.mark.parametrize(
    "text",
    ["fortsæt", "Videre", "gå videre tak", "go on", "Continue!", "go on please"],
)
def test_after_the_words_of_help_one_goes_on(text: str) -> None:
    assert read(text, CARE, WORDS) == Chosen("go_on")


def test_a_yes_there_means_nothing() -> None:
    assert read("ja", CARE, WORDS) == Unclear()


@pytest.mark.parametrize("wants", INPUTS)
@settings(deadline=None)
@given(text=st.text(max_size=500))
def test_no_text_is_an_error_for_any_input(wants: Input, text: str) -> None:
    assert isinstance(said(text, wants), Reading)
