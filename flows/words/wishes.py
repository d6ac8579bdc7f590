"""What somebody may wish who writes in their own words: to stop, perhaps, or not.

Only what stands in a list, alone or with courtesy around it, acts at once. What stands
in another list, and what the models believe, is asked about: a missed stop costs
trust, a needless question costs one tap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from flows.words.classifier import Model, plain, said, scores

#: The one label of the models. A score above nothing asks.
STOP: Final = "stop"

_SENTENCES: Final = re.compile(r"[.!;\n\u2026]+")
#: What parts the clauses of a text.
_CLAUSES: Final = re.compile(r"[.,!;\n]+")
#: Of so many clauses each is read by itself.
MOST_CLAUSES: Final = 20
_WORD: Final = re.compile(r"[^\W_]+")
#: Tones of skin, and what makes a man or a woman of a sign.
_SHADES: Final = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f]|\u200d[\u2640\u2642]")
_SIGN: Final = re.compile(r"[^\w\s.,:;!?]")
#: A question, a quotation, a smile: whoever writes it may mean something else.
_DOUBTS: Final = re.compile(
    '[?\u00bf"\u201c\u201d\u201e\u00ab\u00bb'
    "\U0001f600-\U0001f606\U0001f609\U0001f60b\U0001f60f\U0001f61b-\U0001f61d"
    "\U0001f643\U0001f644\U0001f914\U0001f923\U0001f928\U0001f92a]"
    "|[:;]-?[)dDpP](?!\\w)"
)
#: No text of a list has more letters than these.
_LONGEST_LISTED: Final = 400
#: So many sentences of a long text are looked for in the lists.
_MOST_SENTENCES: Final = 60
#: A sentence of fewer words in a long story says too little by itself ("No."), and one
#: of more letters is in no list as it stands.
_SHORTEST_SENTENCE: Final = 3
_LONGEST_SENTENCE: Final = 80
#: So many words a greeting has at most ("hej alle sammen").
_LONGEST_GREETING: Final = 3
#: So many words of a name stand behind a closing one ("Hilsen Inger").
_LONGEST_NAME: Final = 4


class Wish(StrEnum):
    """What a text in somebody's own words tells of wanting to stop."""

    STOPS = "stops"
    """A plain statement of taking back, which acts at once."""
    MAY_STOP = "may_stop"
    """It may mean that: the person is asked."""
    BELIEVED = "believed"
    """Only a model takes it for that: the person is asked as well."""
    NEITHER = "neither"
    """It is about something else."""


@dataclass(frozen=True, slots=True)
class Phrasings:
    """Texts as lists hold them, and patterns of texts, both without signs."""

    texts: frozenset[str]
    patterns: re.Pattern[str] = re.compile("(?!)")

    def __contains__(self, text: object) -> bool:
        if not isinstance(text, str):
            return False
        return text in self.texts or self.patterns.fullmatch(f" {text}") is not None


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

    def _holds_listed(self, text: str) -> bool:
        """Tell whether some plain sentence within a long text is listed."""
        told = {one for one in _SENTENCES.split(text) if _is_sentence(one)}
        return any(map(self.is_listed, sorted(told)[:_MOST_SENTENCES]))

    def key(self, text: str) -> str:
        """Give the form in which texts are compared: words alone, without courtesy."""
        return stripped(plain(text), self.polite, self.closing)

    def _wish(self, text: str, acts: Sequence[Phrasings]) -> Wish:
        is_short = len(text) <= _LONGEST_LISTED
        if is_short and self._is_plain(text, acts):
            return Wish.MAY_STOP if is_in_doubt(text) else Wish.STOPS
        if self.is_listed(text) if is_short else self._holds_listed(text):
            return Wish.MAY_STOP
        return Wish.BELIEVED if self._is_believed(text) else Wish.NEITHER

    def _is_believed(self, text: str) -> bool:
        """Tell whether a model believes it of a text that holds words at all."""
        if _WORD.search(text) is None:
            return False
        read = said(text)
        return any(scores(read, model)[0] > 0 for model in self.models)

    def _is_plain(self, text: str, acts: Sequence[Phrasings]) -> bool:
        """Tell whether each sentence is a plain statement, or nothing but courtesy."""
        sentences = {self.key(sentence) for sentence in _SENTENCES.split(text)} - {""}
        return bool(sentences) and any(
            all(any(key in some for some in acts) for key in keys)
            for keys in (sentences, {self.key(text)})
        )


def _is_sentence(text: str) -> bool:
    has_words = text.strip().count(" ") >= _SHORTEST_SENTENCE - 1
    return has_words and len(text) <= _LONGEST_SENTENCE


def clauses(text: str) -> list[str]:
    """List the clauses of a text, each once; of many those at both of its ends."""
    told = list(dict.fromkeys(filter(str.strip, _CLAUSES.split(text))))
    half = MOST_CLAUSES // 2
    return told if len(told) <= MOST_CLAUSES else [*told[:half], *told[-half:]]


def is_in_doubt(text: str) -> bool:
    """Tell whether somebody asks, quotes or smiles in a text."""
    return _DOUBTS.search(text) is not None


def stripped(text: str, polite: frozenset[str], closing: frozenset[str]) -> str:
    """Take courtesy, a closing with its name, and all signs from a plain text.

    What holds no word at all is compared by its signs.
    """
    words = _WORD.findall(text)
    for at, word in enumerate(words):
        if at and word in closing and len(words) - at - 1 <= _LONGEST_NAME:
            del words[at:]
            break
    while size := _courtesy(words, polite, from_end=True):
        del words[-size:]
    while size := _courtesy(words, polite, from_end=False):
        del words[:size]
    return " ".join(words) or "".join(dict.fromkeys(_signs(text)))


def _courtesy(words: list[str], polite: frozenset[str], *, from_end: bool) -> int:
    """Count the words of the longest greeting at one end; 0 where there is none."""
    for size in range(min(_LONGEST_GREETING, len(words)), 0, -1):
        near = words[-size:] if from_end else words[:size]
        if " ".join(near) in polite:
            return size
    return 0


def _signs(text: str) -> list[str]:
    return _SIGN.findall(_SHADES.sub("", text))


def pattern(lines: Iterable[str]) -> re.Pattern[str]:
    """Compile lines of a list of which each stands for many texts.

    Words in brackets may be missing; of words with a slash between them one stands
    there; an underscore joins several words. A space stands before every word.
    """
    return re.compile("|".join(map(_row, lines)) or "(?!)")


def _row(line: str) -> str:
    return "".join(map(_place, line.split()))


def _place(word: str) -> str:
    """Write one place of a row, and the words of which one stands there."""
    choices = word.strip("[]").replace("_", " ").split("/")
    place = f"(?: (?:{'|'.join(map(re.escape, choices))}))"
    return f"{place}?" if word.startswith("[") else place


def is_pattern(line: str) -> bool:
    """Tell whether a line of a list stands for many texts."""
    return any(sign in line for sign in "/[_")
