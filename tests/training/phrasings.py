"""What the models are trained from: phrasings, each with what it means.

The phrasings in `tests/texts/wishes/` are held back from this and never read here.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.catalogue import LANGUAGES
from bot.chat.wishes import PATTERNED, kinds, lines
from flows.classifier import Kinds
from flows.wishes import is_pattern

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
class Phrasings:
    """The phrasings of one language, their meanings, and what is foreign to it."""

    texts: list[str]
    meanings: list[str]
    #: What means neither in the other language.
    foreign: list[str]
    kinds: Kinds


def phrasings(folder: Path, language: str) -> Phrasings:
    """Read the phrasings of a language; lines that stand for many are left out."""
    known = [
        (line, meaning)
        for name, meaning in MEANINGS.items()
        for line in lines(folder, language, name)
        if name not in PATTERNED or not is_pattern(line)
    ]
    others = [other for other in LANGUAGES if other != language]
    return Phrasings(
        texts=[text for text, _ in known],
        meanings=[meaning for _, meaning in known],
        foreign=[line for other in others for line in lines(folder, other, "neither")],
        kinds=kinds(folder, language),
    )
