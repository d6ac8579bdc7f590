"""How a typed text is read: the first reading that fits wins."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flows.always import Always
from flows.facts import AgeBand
from flows.red_flags import RedFlags, is_flagged

#: A longer text is no answer to anything that is asked here.
LONGEST_TEXT = 500

_AGE = re.compile(r"([0-9]{1,2})(?: [^\W\d]+)?")
_AGES = re.compile(r"([0-9]{2}) ?[-\u2013] ?([0-9]{2})")

_TRIMMED = " \t\n\r.,;:!?\"'«»“”()…-/"


@dataclass(frozen=True, slots=True)
class Words:
    """What a person may type, in every language at once, already normalised."""

    always: Mapping[str, Always]
    yes: frozenset[str]
    no: frozenset[str]
    #: A word stem and the topic that it points to.
    topics: tuple[tuple[str, str], ...]
    red_flags: RedFlags


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked at this moment: the answers with their labels, and input."""

    answers: Sequence[tuple[str, frozenset[str]]]
    strict: bool = False
    #: A typed number is an age.
    by_age: bool = False
    #: Turns the typed text into the value that is kept, or refuses it with None.
    accepts: Callable[[str], str | None] | None = None
    #: A name is asked for, which may hold a word that elsewhere means danger.
    is_for_name: bool = False
    #: Staff give orders here; nobody reads danger into them.
    is_of_staff: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """One of the actions that are always open, perhaps for one case."""

    action: Always
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Flagged:
    """Words that may mean danger; it holds none of them, as they are never kept."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of the answers of the state."""

    answer: str


@dataclass(frozen=True, slots=True)
class Given:
    """What the state asks the person to type."""

    value: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question; without a topic the bot does not know the answer."""

    topic: str | None


@dataclass(frozen=True, slots=True)
class Unclear:
    """Nothing that can be used here."""


@dataclass(frozen=True, slots=True)
class TooLong:
    """More text than anything here asks for."""


Reading = Wanted | Flagged | Chosen | Given | Question | Unclear | TooLong


def normalised(text: str) -> str:
    """Bring a text into the form in which words are compared."""
    shown = "".join(c for c in unicodedata.normalize("NFKC", text) if _is_shown(c))
    return " ".join(shown.casefold().split()).strip(_TRIMMED)


def cleaned(text: str) -> str:
    """Take out control and direction characters, which could disguise a text."""
    shown = "".join(c if _is_shown(c) else " " for c in text)
    return " ".join(unicodedata.normalize("NFC", shown).split())


def read(text: str, asked: Asked, words: Words) -> Reading:
    """Read a text: always-word, red flag, answer, input, question, or unclear."""
    said = normalised(text)
    wanted = _wanted(text, said, words)
    if wanted is not None:
        return wanted
    flags, as_name = words.red_flags, asked.is_for_name
    if not asked.is_of_staff and is_flagged(text, flags, as_name=as_name):
        return Flagged()
    if len(text) > LONGEST_TEXT:
        return TooLong()
    answer = _answer(said, asked, words)
    if answer is not None:
        return Chosen(answer)
    value = asked.accepts(cleaned(text)) if asked.accepts else None
    if value is not None:
        return Given(value)
    return _question(text, said, words)


def _wanted(text: str, said: str, words: Words) -> Wanted | None:
    """Find an always-word: the whole message, or with a case reference behind."""
    if said in words.always:
        return Wanted(words.always[said])
    parts = text.split()
    if len(parts) > 1 and _is_reference(parts[-1]):
        action = words.always.get(normalised(" ".join(parts[:-1])))
        return Wanted(action, parts[-1].upper()) if action else None
    if len(parts) == 1 and _is_reference(text.strip()):
        return Wanted(Always.RESUME, text.strip().upper())
    return None


def _is_reference(word: str) -> bool:
    return word.upper().startswith("KR-")


def _answer(said: str, asked: Asked, words: Words) -> str | None:
    for name, labels in asked.answers:
        if said in labels:
            return name
    names = [name for name, _ in asked.answers]
    if said in words.yes and "yes" in names:
        return "yes"
    if said in words.no and "no" in names:
        return "no"
    if asked.by_age:
        return _band(said, names)
    is_number = said.isascii() and said.isdigit() and not asked.strict
    if is_number and asked.accepts is None and 1 <= int(said) <= len(names):
        return names[int(said) - 1]
    return None


def _band(said: str, names: Sequence[str]) -> str | None:
    """Find the age band of an age ("13", "13 years") or of two ages ("12-14")."""
    if found := _AGES.fullmatch(said):
        name = f"{found[1]}_{found[2]}"
        return name if name in names else None
    found = _AGE.fullmatch(said)
    bands = (band for band in AgeBand if found and int(found[1]) >= band.lowest)
    return max(bands, key=lambda band: band.lowest, default=None)


def _question(text: str, said: str, words: Words) -> Question | Unclear:
    spaced = f" {said} "
    found = [topic for stem, topic in words.topics if f" {stem}" in spaced]
    if found:
        return Question(found[0])
    return Question(None) if text.rstrip().endswith("?") else Unclear()


def _is_shown(character: str) -> bool:
    return character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cf"}
