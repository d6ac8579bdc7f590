"""The words for the frightened, the young and parents keep to what was promised."""

import re

import pytest

from bot.catalogue import load
from flows.languages import CODES
from flows.rules.required import NAME_A_HUMAN

CATALOGUE = load()

#: Who is stopped, or has said something hard, is told whom to call.
STOPS = sorted(NAME_A_HUMAN)
HELP = ("care.explain_help", "safety.explain_help", "safety.stopped_help")
#: May be read by somebody who is not meant to know.
SILENT = (
    "child.forward",
    "child.forward_first",
    "child.forward_second",
    "holder.ask_letter",
    "holder.not_for_you",
    "notice.holder_reminder",
    "notice.frozen",
)
TELLING = re.compile(
    r"konfliktråd|mediat|mægl|skete|happened|gik ud over|harm|straf|sag\b|case\b"
    r"|den anden\b|the other person",
    re.IGNORECASE,
)
LABELLING = {
    "da": re.compile(
        r"\b(offer(et|ets)?|gerningsmand\w*|gerningsmænd\w*)\b", re.IGNORECASE
    ),
    # "Victim" and "offender" stand on the card of the staff alone.
    "en": re.compile(r"\b(victim|offender|perpetrator|culprit)s?\b", re.IGNORECASE),
}
BLAME = re.compile(
    r"\b(forkert|fejl|desværre|wrong|mistake|unfortunately)\b", re.IGNORECASE
)
CHEER = re.compile(
    r"\b(godt gået|super|perfekt|fantastisk|well done|great|perfect)\b", re.IGNORECASE
)

#: What must not be told as if it were sure, or done, or all; and the word that tells.
NOT_MORE_THAN_SO = (
    # What a child did is for a court to say.
    ("holder.harm.offender", {"da": "måske", "en": "may have"}),
    # The proof that somebody said yes, and then stop, stays.
    ("closing.withdrawn", {"da": "Vi gemmer", "en": "we keep"}),
    # A file shows by itself that it was altered, not that it was not.
    ("receipt.document", {"da": "Et menneske", "en": "A human"}),
)


def words(message_id: str, language: str) -> str:
    names = CATALOGUE.needs(message_id, language)
    return CATALOGUE.text(message_id, language, **dict.fromkeys(names, ""))


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("message_id", STOPS)
def test_no_stop_without_a_human_contact(message_id: str, language: str) -> None:
    assert "offices" in CATALOGUE.needs(message_id, language)


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("message_id", HELP)
def test_help_numbers_come_from_the_contacts(message_id: str, language: str) -> None:
    assert "help_numbers" in CATALOGUE.needs(message_id, language)


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("message_id", SILENT)
def test_what_others_may_read_tells_nothing(message_id: str, language: str) -> None:
    assert not TELLING.search(words(message_id, language))


@pytest.mark.parametrize("language", CODES)
def test_nobody_is_called_by_what_was_done_to_them_or_by_them(language: str) -> None:
    """An organisation is called what it calls itself."""
    spared = re.compile(
        r"(care\.(stems|everyday|not_in_names)|common\.asking|role|simulator)\b.*"
        r"|care\.help\.victim_support"
    )
    told = {i for i in CATALOGUE.ids(language) if not spared.fullmatch(i)}
    banned = LABELLING[language]
    assert {i for i in told if banned.search(words(i, language))} == set()


@pytest.mark.parametrize("language", CODES)
def test_an_explanation_says_what_is_right_and_never_what_was_wrong(
    language: str,
) -> None:
    told = {i for i in CATALOGUE.ids(language) if i.startswith("understanding.")}
    assert told
    assert {i for i in told if BLAME.search(words(i, language))} == set()


@pytest.mark.parametrize("language", CODES)
def test_no_answer_is_praised(language: str) -> None:
    everything = CATALOGUE.ids(language)
    assert {i for i in everything if CHEER.search(words(i, language))} == set()


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize(("message_id", "told_by"), NOT_MORE_THAN_SO)
def test_no_more_is_told_than_is_so(
    message_id: str, told_by: dict[str, str], language: str
) -> None:
    assert told_by[language] in words(message_id, language)


@pytest.mark.parametrize("language", CODES)
def test_the_words_of_a_parents_consent_hold_nothing_that_varies(
    language: str,
) -> None:
    """The exact words are kept as evidence, the same for every parent."""
    for message_id in ("parental.explain_take_part", "parental.ask_take_part"):
        assert CATALOGUE.needs(message_id, language) == frozenset()
