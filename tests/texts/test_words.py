"""What every text must keep to, whoever changes it and in whichever language."""

import re
from collections.abc import Iterator
from itertools import combinations

import pytest

from bot.catalogue import load
from bot.chat.words import vocabulary
from flows import FLOWS
from flows.languages import CODES, FIRST
from flows.model import State
from flows.words.characters import normalised
from flows.words.reading import Asked, Question, read

CATALOGUE = load()
WORDS = vocabulary(CATALOGUE)
LONGEST_LABEL = 34
PRESSURE = re.compile(
    r"!|—|\b(snart|hurtigt|straks|soon|quickly|hurry)\b", re.IGNORECASE
)

#: Nothing that the programme says of itself answers these; a mediator does.
ONLY_A_MEDIATOR_KNOWS = (
    "Hvad hvis jeg kun har tilstået noget af det?",
    "What if I confessed only part?",
    "Hvor hurtigt hører jeg fra jer?",
    "When will the mediator call me?",
    "Må jeg have en ven eller bisidder med?",
    "May my lawyer come?",
    "Får den anden min adresse eller mit nummer?",
    "Will the other get my address or number?",
    "Får den anden at vide, hvorfor jeg siger nej?",
    "Must I forgive?",
    "Skal jeg sige undskyld?",
    "Skal begge mine forældre sige ja?",
    "Does it cost anything?",
    "Kan jeg få tolk, eller kan det være på engelsk?",
)
ANSWERED = {
    "Er det frivilligt?": "what",
    "Does it affect my sentence?": "what",
    "Hvad får jeg ud af det?": "why",
    "Can my kind of case be taken?": "offences",
    "Findes det i hele landet?": "where",
    "Må mine forældre tvinge mig?": "criteria",
    "Har den anden sagt ja?": "referral",
    "Where do we meet?": "practice",
    "Holder mægleren med nogen?": "mediator",
    "What are the police told?": "afterwards",
    "Hvem kan jeg kontakte?": "contact",
    "er det her fup?": "genuine",
    "Er det svindel?": "genuine",
    "is this a scam?": "genuine",
    "What is this, some kind of scam?": "genuine",
}


def texts(language: str) -> Iterator[tuple[str, str]]:
    for message_id in sorted(CATALOGUE.ids(language)):
        names = CATALOGUE.needs(message_id, language)
        yield message_id, CATALOGUE.text(message_id, language, **dict.fromkeys(names))


def states() -> Iterator[State]:
    for flow in FLOWS.values():
        yield from flow.states


def labels(state: State) -> dict[str, frozenset[str]]:
    """Give the answers of a state with their labels in every language."""
    return {a.name: WORDS.labels(a.label) for a in state.answers if a.label}


@pytest.mark.parametrize("language", CODES)
def test_every_language_says_the_same_things(language: str) -> None:
    first = CATALOGUE.ids(FIRST)
    assert CATALOGUE.ids(language) ^ first == frozenset()
    for message_id in first:
        needs = [CATALOGUE.needs(message_id, one) for one in (FIRST, language)]
        assert needs[0] == needs[1], message_id


@pytest.mark.parametrize("language", CODES)
def test_nobody_is_hurried(language: str) -> None:
    """No exclamation mark, and no word on how fast anybody answers.

    People themselves may type what they like: that is listed under ".words".
    """
    said = ((name, x) for name, x in texts(language) if not name.endswith(".words"))
    assert {name: text for name, text in said if PRESSURE.search(text)} == {}


@pytest.mark.parametrize("language", CODES)
def test_no_phone_number_but_112_and_114(language: str) -> None:
    """The other numbers are the secretariat's address and the year it began."""
    known = re.compile(r"\b(112|114|2010|Brogårdsvej 1|7500 Holstebro)\b")
    for name, text in texts(language):
        if not name.startswith("simulator."):
            assert not re.search(r"\d{3}", known.sub("", text)), name


@pytest.mark.parametrize("language", CODES)
def test_labels_fit_on_a_phone(language: str) -> None:
    said = {a.label for state in states() for a in state.answers if a.label}
    always = {i for i in CATALOGUE.ids(language) if re.match(r"always\..*\.label$", i)}
    for label in said | always:
        assert len(CATALOGUE.text(label, language)) <= LONGEST_LABEL, label


def test_a_label_means_one_answer_in_both_languages() -> None:
    """Someone may type the other language's label; it must not be another answer."""
    for state in states():
        for (one, said), (other, meant) in combinations(labels(state).items(), 2):
            assert not said & meant, (state.name, one, other)


def test_a_word_means_one_action_and_is_never_an_answer() -> None:
    typed = [
        (action, normalised(word))
        for action in set(WORDS.words.always.values())
        for language in CODES
        for word in CATALOGUE.text(f"always.{action}.words", language).split(",")
    ]
    for action, word in typed:
        assert WORDS.words.always[word] is action, word
    answers = {
        label for state in states() for of in labels(state).values() for label in of
    }
    answers |= WORDS.words.yes | WORDS.words.no | WORDS.take
    assert answers & WORDS.words.always.keys() == set()


@pytest.mark.parametrize("question", ONLY_A_MEDIATOR_KNOWS)
def test_what_only_a_mediator_knows_finds_no_topic(question: str) -> None:
    assert read(question, Asked(()), WORDS.words) == Question(None)


@pytest.mark.parametrize(("question", "topic"), ANSWERED.items())
def test_a_typed_question_finds_its_topic(question: str, topic: str) -> None:
    assert read(question, Asked(()), WORDS.words) == Question(topic)


@pytest.mark.parametrize("language", CODES)
def test_the_letter_question_and_the_hidden_chat_tell_nothing(language: str) -> None:
    """Whoever holds the letter or the phone may be the wrong one."""
    telling = re.compile(
        r"konfliktråd|mediat|mægl|polit|police|sag\b|case", re.IGNORECASE
    )
    silent = ("arrival.ask_letter", "hide.line", "common.you_have_message")
    for message_id in silent:
        assert not telling.search(CATALOGUE.text(message_id, language)), message_id
