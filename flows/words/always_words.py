"""Words that are always open, found whatever courtesy or marks stand around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from flows.always import Always
from flows.words.characters import Seen, plain_dashes, seen, words_of

#: "/stop@the_bot", "@the_bot stop": the name of a bot, and never an address.
_MENTION: Final = re.compile(r"@\w+(?![\w.@-])")
_REFERENCE: Final = re.compile(r"(?<![\w-])(KR-\w+)", re.IGNORECASE)
_DRAWN_OUT: Final = re.compile(r"(\w)\1{2,}")
#: No word or phrase of ours has more words.
_LONGEST: Final = 9
#: Whoever fills a message with one word is understood from both of its ends.
_LONGEST_END: Final = 500
#: So many letters a word has that may be written again and again in one.
_SHORTEST_REPEATED: Final = 3
_TWICE: Final = 2 * _SHORTEST_REPEATED
#: In a shorter word one slip makes too many other words.
_SHORTEST_SLIPPED: Final = 4
#: No word of ours is longer, whatever marks stand around it.
_LONGEST_WORD: Final = 40
#: Of two actions in one text; what cannot be made good where it is missed comes first.
_FIRST: Final = (Always.WITHDRAW, Always.HIDE)


@dataclass(frozen=True, slots=True)
class Open:
    """What is always open, and the words that change nothing around it."""

    always: Mapping[str, Always]
    #: "Please", "now": before it or behind it.
    around: frozenset[str] = frozenset()
    #: Of those, what changes nothing either where something is denied: not "now".
    polite: frozenset[str] = frozenset()
    #: "Not": here something is denied.
    denying: frozenset[str] = frozenset()
    #: "No", "but": only before it.
    leading: frozenset[str] = frozenset()


def wanted(text: str, words: Open) -> tuple[Always, str] | None:
    """Find the action that a whole text names, and the reference of a case in it."""
    said, reference = _without_reference(text)
    for row in _written(words_of(said)):
        action = _action(row, words)
        if action is not None:
            return action, reference
    if reference and not words_of(said):
        return Always.RESUME, reference
    return None


def at_an_end(text: str, words: Open) -> frozenset[Always]:
    """Tell which actions the words name with which a text begins or ends."""
    said, _ = _without_reference(text)
    return frozenset(
        action
        for row in _written(words_of(said))
        for turned in (False, True)
        if (action := _at_beginning(row, words, from_end=turned)) is not None
    )


def is_only(text: str, meant: frozenset[str], around: frozenset[str]) -> bool:
    """Tell whether a text is such a phrase, or several, and courtesy around them."""
    if len(text) > _LONGEST_END:
        return False
    known = dict.fromkeys(meant, Always.MENU)
    return _action(words_of(text), Open(known, around)) is not None


def slip(text: str, words: Open, meant: frozenset[str]) -> str | None:
    """Find the word for stopping or hiding that the one word of a text misses by one.

    What is `meant` as it stands is no slip.
    """
    said = words_of(text) if len(text) <= _LONGEST_WORD else []
    if len(said) != 1 or said[0] in meant:
        return None
    missed = {word: action for word, action in words.always.items() if action in _FIRST}
    slips = [word for word in missed if _is_slip(said[0], word)]
    return min(slips, key=lambda word: (_FIRST.index(missed[word]), word), default=None)


def _is_slip(typed: str, word: str) -> bool:
    """Tell whether one letter is wrong, missing or too many, or two have changed."""
    more = len(typed) - len(word)
    if " " in word or len(word) < _SHORTEST_SLIPPED or abs(more) > 1:
        return False
    pairs = enumerate(zip(typed, word, strict=False))
    same = next(
        (at for at, (one, other) in pairs if one != other), min(len(typed), len(word))
    )
    rest, due = typed[same:], word[same:]
    if more:
        return rest[more > 0 :] == due[more < 0 :]
    return rest[1:] == due[1:] or rest == due[1::-1] + due[2:]


def _without_reference(text: str) -> tuple[Seen, str]:
    shown = _MENTION.sub(" ", plain_dashes(_ends(text)))
    found = {one.upper() for one in _REFERENCE.findall(shown)}
    if len(found) != 1:
        return Seen(shown), ""
    return Seen(_REFERENCE.sub(" ", shown)), found.pop()


def _ends(text: str) -> Seen:
    """Give what can be seen of a text, and of a long one that of both its ends."""
    if len(text) <= 2 * _LONGEST_END:
        return seen(text)
    ends = f"{text[:_LONGEST_END]} {text[-_LONGEST_END:]}"
    return Seen(ends) if isinstance(text, Seen) else seen(ends)


def _written(said: Sequence[str]) -> Iterator[Sequence[str]]:
    """Give the words as they stand, and as they were meant: "s t o p", "stoooop"."""
    yield said
    joined = list(_joined(said))
    if joined != said:
        yield joined
    for drawn_in in (r"\1", r"\1\1"):
        drawn = _DRAWN_OUT.sub(drawn_in, " ".join(joined)).split()
        row = [_once(word) if len(word) >= _TWICE else word for word in drawn]
        if row != joined:
            yield row


def _joined(said: Sequence[str]) -> Iterator[str]:
    """Join letters that stand alone one after the other."""
    for is_letter, row in groupby(said, key=lambda word: len(word) == 1):
        letters = list(row)
        if is_letter and len(letters) >= _SHORTEST_REPEATED:
            yield "".join(letters)
        else:
            yield from letters


def _once(word: str) -> str:
    """Give what is repeated in a word: "stop" for "stopstop"."""
    period = (word + word).find(word, 1)
    return word[:period] if period >= _SHORTEST_REPEATED else word


def _action(said: Sequence[str], words: Open) -> Always | None:
    """Find the one action of a row of words that holds nothing else but courtesy."""
    is_denied = not words.denying.isdisjoint(said)
    courtesy = words.polite if is_denied else words.around
    before = courtesy | words.leading
    found: set[Always] = set()
    at = 0
    while at < len(said):
        ahead = said[at : at + _LONGEST]
        size, action = _next(ahead, words.always, courtesy if found else before)
        if size == 0:
            return None
        found |= {action} if action else set()
        at += size
    return _foremost(found)


def _foremost(found: set[Always]) -> Always | None:
    if len(found) == 1:
        return found.pop()
    return next((action for action in _FIRST if action in found), None)


def _next(
    ahead: Sequence[str], always: Mapping[str, Always], courtesy: frozenset[str]
) -> tuple[int, Always | None]:
    """Find the longest phrase with which these words begin; 0 where there is none."""
    for size in range(len(ahead), 0, -1):
        phrase = " ".join(ahead[:size])
        if phrase in always:
            return size, always[phrase]
        if phrase in courtesy:
            return size, None
    return 0, None


def _at_beginning(said: Sequence[str], words: Open, *, from_end: bool) -> Always | None:
    """Find the action with which a row of words begins, or ends, behind courtesy."""
    left = list(said)
    courtesy = words.around if from_end else words.around | words.leading
    while left:
        near = left[-_LONGEST:] if from_end else left[:_LONGEST]
        sizes = range(len(near), 0, -1)
        phrases = [
            (size, " ".join(near[-size:] if from_end else near[:size]))
            for size in sizes
        ]
        for _, phrase in phrases:
            if phrase in words.always:
                return words.always[phrase]
        size = next((size for size, phrase in phrases if phrase in courtesy), 0)
        if size == 0:
            return None
        left = left[:-size] if from_end else left[size:]
    return None
