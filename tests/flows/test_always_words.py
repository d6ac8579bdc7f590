"""What is always open is found whatever courtesy, marks or haste stand around it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.always import Always
from flows.words.always_words import Open, at_an_end, slip, wanted

WORDS = Open(
    always={
        "stop": Always.WITHDRAW,
        "stop nu": Always.WITHDRAW,
        "skjul": Always.HIDE,
        "tilbage": Always.BACK,
        "menu": Always.MENU,
    },
    around=frozenset({"tak", "nu", "hej", "please", "for pokker"}),
    polite=frozenset({"tak", "hej", "please", "for pokker"}),
    denying=frozenset({"ikke"}),
    leading=frozenset({"nej"}),
)


def found(text: str) -> Always | None:
    action = wanted(text, WORDS)
    return action[0] if action else None


@pytest.mark.parametrize(
    "text",
    [
        "stop",
        "stop \u2757",
        "STOP \u203c\ufe0f",
        "Stop tak",
        "stop stop",
        "STOP STOP STOP",
        "stop\u2014",
        "/stop",
        "/stop@bot",
        "/stop@the_bot please",
        "@the_bot stop",
        "Hej, stop tak",
        "nej stop",
        "stop nu for pokker!!!",
        "s t o p",
        "S.T.O.P.",
        "stooooop",
        "STOPPPP",
        "stopstopstop",
        "\u201estop\u201d",
        "stop \U0001f64f\U0001f3fd\u200d\u2642\ufe0f",
        "stop. Stop! STOP NU",
        "stop " * 800,
    ],
)
def test_a_stop_is_heard(text: str) -> None:
    assert found(text) is Always.WITHDRAW


@pytest.mark.parametrize(
    "text",
    ["", "tak", "nej", "stop ikke", "ikke stop", "stopur", "stop det", "stop nej"],
)
def test_other_words_are_none(text: str) -> None:
    assert found(text) is None


def test_of_two_actions_the_one_that_cannot_be_made_good_comes_first() -> None:
    assert found("menu, stop") is Always.WITHDRAW
    assert found("menu skjul") is Always.HIDE
    assert found("menu tilbage") is None


@pytest.mark.parametrize(
    "text", ["stop KR-abc1", "Stop, KR\u2013ABC1 tak!", "KR-abc1 stop"]
)
def test_a_case_can_be_named_with_it(text: str) -> None:
    assert wanted(text, WORDS) == (Always.WITHDRAW, "KR-ABC1")


def test_two_cases_are_none_that_is_meant() -> None:
    assert wanted("stop KR-abc1 KR-abc2", WORDS) is None


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("stop det her nu", {Always.WITHDRAW}),
        ("jeg ringer gerne tilbage, tak", {Always.BACK}),
        ("hej, skjul det her og stop", {Always.HIDE, Always.WITHDRAW}),
        ("der er et stop her", set()),
    ],
)
def test_with_what_a_text_begins_or_ends_is_told(text: str, ends: set[Always]) -> None:
    assert at_an_end(text, WORDS) == ends


@given(
    st.sampled_from(sorted(WORDS.always)),
    st.lists(
        st.sampled_from(["tak", "nu", "\u2757\ufe0f", "\U0001f6d1", "-", "\n", "!!"])
    ),
    st.lists(st.sampled_from(["hej", "nej", "\u00ab", "\U0001f620", "please", "..."])),
)
def test_courtesy_and_marks_hide_none(
    word: str, behind: list[str], before: list[str]
) -> None:
    text = " ".join([*before, word.upper(), *behind])
    assert found(text) is WORDS.always[word]


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("jeg vil ikke tak", Always.WITHDRAW),
        ("hej, jeg vil ikke", Always.WITHDRAW),
        ("jeg vil ikke nu", None),
        ("nu, jeg vil ikke", None),
        ("stop nu", Always.WITHDRAW),
    ],
)
def test_haste_means_much_where_something_is_denied(
    text: str, action: Always | None
) -> None:
    """ "I do not want to now" is a wish to wait, perhaps; "stop now" is none."""
    always = {**WORDS.always, "jeg vil ikke": Always.WITHDRAW}
    found = wanted(text, replace(WORDS, always=always))
    assert (found[0] if found else None) is action


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("stpo", "stop"),
        ("Stip!", "stop"),
        ("srop", "stop"),
        ("stopl", "stop"),
        ("sstop", "stop"),
        ("sto", "stop"),
        ("skjuk", "skjul"),
        ("sjkul", "skjul"),
        ("stop", "stop"),
        ("step", None),
        ("spot", None),
        ("stpo mig", None),
        ("op", None),
        ("tilbaeg", None),
    ],
)
def test_a_slip_in_a_word_of_safety_is_known(text: str, word: str | None) -> None:
    assert slip(text, WORDS, frozenset({"step"})) == word
