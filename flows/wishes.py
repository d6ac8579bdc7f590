"""What somebody may wish who writes in their own words: to stop, perhaps, or not.

Only what stands in a list, alone or with courtesy around it, acts at once. What stands
in another list, and what the models believe, is asked about: a missed stop costs
trust, a needless question costs one tap.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from flows.classifier import Model, plain, said, scores

#: The one label of the models. A score above nothing asks.
STOP: Final = "stop"

_SENTENCES: Final = re.compile(r"[.!;\n\u2026]+")
_WORD: Final = re.compile(r"[^\W_]+")
_SIGN: Final = re.compile(r"[^\w\s.,:;!?\ufe0f]")
#: A question, a quotation, a smile: whoever writes it may mean something else.
_DOUBTS: Final = re.compile(
    '[?\u00bf"\u201c\u201d\u201e\u00ab\u00bb'
    "\U0001f600-\U0001f606\U0001f609\U0001f60b\U0001f60f\U0001f61b-\U0001f61d"
    "\U0001f643\U0001f644\U0001f914\U0001f923\U0001f928\U0001f92a]"
    "|[:;]-?[)dDpP](?!\\w)"
)
#: No text of a list has more letters than these, no pattern more words.
_LONGEST_LISTED: Final = 400
_LONGEST_PATTERN: Final = 20
#: So many words of a name stand behind a closing one ("Hilsen Inger").
_LONGEST_NAME: Final = 4


class Wish(StrEnum):
    """What a text in somebody's own words tells of wanting to stop."""

    STOPS = "stops"
    """A plain statement of taking back, which acts at once."""
    MAY_STOP = "may_stop"
    """It may mean that: the person is asked."""
    NEITHER = "neither"
    """It is about something else."""


@dataclass(frozen=True, slots=True)
class Phrasings:
    """Texts as lists hold them, and patterns of texts, both without signs."""

    texts: frozenset[str]
    #: For each place in a row, the words of which one stands there: none, perhaps.
    patterns: tuple[tuple[tuple[tuple[str, ...], ...], ...], ...] = ()

    def __contains__(self, text: object) -> bool:
        if not isinstance(text, str):
            return False
        words = tuple(text.split())
        return text in self.texts or (
            len(words) <= _LONGEST_PATTERN
            and any(_fits(words, pattern) for pattern in self.patterns)
        )


@dataclass(frozen=True, slots=True)
class Wishes:
    """How people say that they want to stop, in every language at once."""

    #: What acts at once whoever says it, and what does so where a parent says it.
    acts: Phrasings
    acts_of_parents: Phrasings
    #: What is asked about.
    asks: Phrasings
    #: What changes nothing at both ends of a sentence, and what a name stands behind.
    polite: frozenset[str]
    closing: frozenset[str]
    models: tuple[Model, ...]

    def wish(self, text: str) -> Wish:
        """Tell what a text of a party says of wanting to stop."""
        return self._wish(text, (self.acts,))

    def wish_of_parent(self, text: str) -> Wish:
        """Tell what a text of a parent says of it, who may speak of the child."""
        return self._wish(text, (self.acts, self.acts_of_parents))

    def is_listed(self, text: str) -> bool:
        """Tell whether a whole text stands in one of the lists."""
        key = self.key(text)
        return any(key in some for some in (self.acts, self.acts_of_parents, self.asks))

    def key(self, text: str) -> str:
        """Give the form in which texts are compared: words alone, without courtesy."""
        return stripped(plain(text), self.polite, self.closing)

    def _wish(self, text: str, acts: Sequence[Phrasings]) -> Wish:
        is_short = len(text) <= _LONGEST_LISTED
        if is_short and self._is_plain(text, acts):
            return Wish.MAY_STOP if _DOUBTS.search(text) else Wish.STOPS
        if is_short and self.is_listed(text):
            return Wish.MAY_STOP
        read = said(text)
        believed = any(scores(read, model)[0] > 0 for model in self.models)
        return Wish.MAY_STOP if believed else Wish.NEITHER

    def _is_plain(self, text: str, acts: Sequence[Phrasings]) -> bool:
        """Tell whether each sentence is a plain statement, or nothing but courtesy."""
        sentences = {self.key(sentence) for sentence in _SENTENCES.split(text)} - {""}
        return bool(sentences) and any(
            all(any(key in some for some in acts) for key in keys)
            for keys in (sentences, {self.key(text)})
        )


def stripped(text: str, polite: frozenset[str], closing: frozenset[str]) -> str:
    """Take courtesy, a closing with its name, and all signs from a plain text.

    What holds no word at all is compared by its signs.
    """
    words = _WORD.findall(text)
    for at, word in enumerate(words):
        if at and word in closing and len(words) - at - 1 <= _LONGEST_NAME:
            del words[at:]
            break
    while words and words[-1] in polite:
        words.pop()
    begin = next((at for at, word in enumerate(words) if word not in polite), 0)
    return " ".join(words[begin:]) or "".join(dict.fromkeys(_SIGN.findall(text)))


def pattern(line: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Read a line of a list that stands for many texts.

    Words in brackets may be missing; of words with a slash between them one stands
    there; an underscore joins several words.
    """
    return tuple(
        tuple(tuple(choice.split("_")) for choice in word.strip("[]").split("/"))
        + (((),) if word.startswith("[") else ())
        for word in line.split()
    )


def is_pattern(line: str) -> bool:
    """Tell whether a line of a list stands for many texts."""
    return any(sign in line for sign in "/[_")


def _fits(
    words: tuple[str, ...], places: tuple[tuple[tuple[str, ...], ...], ...]
) -> bool:
    """Go through a pattern with every number of words that may have been passed."""
    passed = {0}
    for choices in places:
        passed = {
            at + len(choice)
            for at in passed
            for choice in choices
            if words[at : at + len(choice)] == choice
        }
        if not passed:
            return False
    return len(words) in passed
