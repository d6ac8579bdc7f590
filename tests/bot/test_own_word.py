"""What can be a word of one's own: nothing that means something here, or is guessed."""

import pytest

from bot.catalogue import load
from bot.chat.own_word import LONGEST, accepted, bare
from bot.chat.words import vocabulary
from flows import FLOWS
from flows.always import Always
from flows.languages import CODES

TEXTS = load()
accept = accepted(vocabulary(TEXTS))


@pytest.mark.parametrize(
    "text",
    [
        "Solsikke",
        "  solsikke. ",
        "SOL-SIKKE!",
        "sol sikke 🌻",
        "”solsikke”",
        "\uff33\uff2f\uff2csikke",
    ],
)
def test_case_spaces_and_marks_make_no_other_word(text: str) -> None:
    assert accept(text) == "solsikke"


@pytest.mark.parametrize(
    "text", ["øllebrød", "blå cykel 42", "Łódź", "подсолнух", "עץ לימון"]
)
def test_words_of_every_language_will_do(text: str) -> None:
    assert accept(text) == bare(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "…", "🌻🌻🌻🌻", "sol", "s o l", "aaaa", "haha haha", "1234", "20163847"),
        *("ab12", "1. 2. 3.", "a" * (LONGEST + 1), "solsikke?", "solsikke " * 20),
        *(
            "stop",
            "STOP!",
            "s-t-o-p",
            "skjul",
            "menu",
            "word",
            "menneske",
            "tal med et menneske",
        ),
        *("ja tak", "nej tak", "no thanks", "tag sagen", "Take the case"),
        *("Ja, det er til mig", "Ikke nu", "Fortsæt", "Vælg et ord", "Continue"),
        *(
            "hej",
            "Hej med dig",
            "hvad er det her",
            "hvad er det her?",
            "hello",
            "what is this",
        ),
        *(
            "test",
            "kodeord",
            "password",
            "Konfliktråd",
            "politiet",
            "qwerty",
            "not available",
        ),
        *("21WN-HKJR-ENWK", "21WNHKJRENWK", "KR-PHQD2M", "stop KR-PHQD2M"),
        *("han slår mig", "er det frivilligt", "who can i contact"),
    ],
)
def test_what_means_something_or_is_written_first_is_none(text: str) -> None:
    assert accept(text) is None


def test_no_courtesy_and_no_going_on_is_one() -> None:
    words = vocabulary(TEXTS).words
    for text in (*words.go_on, *words.around, *words.leading):
        assert accept(text) is None, text


def test_no_word_that_is_always_open_and_no_label_is_one() -> None:
    labels = {a.label for f in FLOWS.values() for s in f.states for a in s.answers}
    typed = [
        word
        for language in CODES
        for action in Always
        for word in TEXTS.text(f"always.{action}.words", language).split(",")
    ]
    typed += [TEXTS.text(label, la) for label in labels if label for la in CODES]
    assert [word for word in typed if accept(word) or accept(f"{word.upper()}.")] == []
