"""What the models are trained from: phrasings, each with what it means.

The phrasings in `tests/texts/wishes/` are held back from this and never read here.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.chat.wishes import PATTERNED, kinds, lines
from flows.languages import CODES
from flows.words.classifier import Kinds
from flows.words.wishes import is_pattern

#: The lists, and what each means.
MEANINGS: Final = {
    "stop": "stop",
    "stop_of_parents": "stop",
    "stop_unsure": "stop",
    "may": "may",
    "neither": "neither",
}
#: A missed stop weighs more than a needless question, a vague phrasing less.
WEIGHT: Final = {"stop": 2.0, "may": 0.5, "neither": 1.0}


@dataclass(frozen=True)
class Language:
    """The phrasings of one language, what each means, and its kinds of words."""

    texts: list[str]
    meanings: list[str]
    kinds: Kinds


@dataclass(frozen=True)
class Phrasings(Language):
    """The phrasings of one language, and those of the others."""

    foreign: tuple[Language, ...]


def phrasings(folder: Path, language: str) -> Phrasings:
    """Read the phrasings of a language; lines that stand for many are left out."""
    own = _language(folder, language)
    others = tuple(_language(folder, other) for other in CODES if other != language)
    return Phrasings(own.texts, own.meanings, own.kinds, others)


def _language(folder: Path, language: str) -> Language:
    known = [
        (line, meaning)
        for name, meaning in MEANINGS.items()
        for line in lines(folder, language, name)
        if name not in PATTERNED or not is_pattern(line)
    ]
    return Language(
        [text for text, _ in known],
        [meaning for _, meaning in known],
        kinds(folder, language),
    )
