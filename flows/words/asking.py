"""Questions and calls for help, told from answers, also without a question mark."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from flows.words.characters import asks, spoken

#: Stand in the lists for the beginning and the end of a text.
BEGINNING, END = "^", "$"
#: A longer text than this, in words, is told by more than a phrase within it.
_SHORT = 14


class Asks(StrEnum):
    """How surely a text asks something instead of answering."""

    SURELY = "surely"
    REQUESTS = "requests"
    """It asks politely for something, which may be what is needed."""
    PERHAPS = "perhaps"


@dataclass(frozen=True, slots=True)
class Asking:
    """The words with which people ask in one language.

    A question without its mark begins with a question word and a verb ("what is"), or
    with a verb and its subject ("does it").
    """

    words: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    #: Subjects of which a plain sentence may speak as well ("can you call after four").
    maybe_subjects: frozenset[str] = frozenset()
    #: Wherever they stand; "^" is the beginning of the text and "$" its end.
    phrases: frozenset[str] = frozenset()
    maybe_phrases: frozenset[str] = frozenset()
    #: How one asks politely for what one needs: it may be an answer.
    requests: frozenset[str] = frozenset()
    #: As people write in a hurry, and how that is written in these lists.
    spellings: Mapping[str, str] = field(default_factory=dict)
    #: What may stand before a question and says nothing.
    fillers: frozenset[str] = frozenset()


def certainty(text: str, languages: Sequence[Asking]) -> Asks | None:
    """Tell how surely a text is a question or asks for help; None for an answer."""
    said = spoken(text)
    found = {_in_one(said, asking) for asking in languages}
    surest = next((one for one in Asks if one in found), None)
    return surest or (Asks.PERHAPS if asks(text) else None)


def _in_one(said: str, asking: Asking) -> Asks | None:
    words = _spelt(said, asking)
    said, begins = " ".join(words), _begins(words, asking)
    if _holds(said, asking.requests):
        return Asks.REQUESTS
    is_short = len(words) <= _SHORT
    if begins is Asks.SURELY or (is_short and _holds(said, asking.phrases)):
        return Asks.SURELY
    may_ask = _holds(said, asking.phrases) or _holds(said, asking.maybe_phrases)
    return Asks.PERHAPS if begins or may_ask else None


def _spelt(said: str, asking: Asking) -> list[str]:
    """Write a text as the lists do, without what says nothing before it."""
    heard = said.split()
    words = " ".join(map(asking.spellings.get, heard, heard)).split()
    while len(words) > 1 and words[0] in asking.fillers:
        del words[0]
    return words


def _begins(said: list[str], asking: Asking) -> Asks | None:
    if not said:
        return None
    first, *rest = said
    second = rest[0] if rest else ""
    if first in asking.words:
        return Asks.SURELY if not rest or second in asking.verbs else Asks.PERHAPS
    if first not in asking.verbs:
        return None
    if second in asking.subjects:
        return Asks.SURELY
    return Asks.PERHAPS if second in asking.maybe_subjects else None


def _holds(said: str, phrases: frozenset[str]) -> bool:
    return _pattern(phrases).search(f" {BEGINNING} {said} {END} ") is not None


@cache
def _pattern(phrases: frozenset[str]) -> re.Pattern[str]:
    """Find any of these phrases; each list is put together once."""
    listed = "|".join(map(re.escape, sorted(phrases)))
    return re.compile(f" (?:{listed}) " if phrases else "(?!)")
