"""Words that may mean danger: found wherever they stand, whatever stands around them.

No negation silences one: "I am not afraid" is what somebody writes who was asked to. An
everyday use does ("bange for at komme for sent"), and only where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Final

from flows.words.characters import LONGEST_READ, Seen, folded, in_our_script, seen

#: Danish letters as others type them: with two letters, or with the plain one.
_TYPED: Final = {"æ": ("ae", "e"), "ø": ("oe", "o"), "å": ("aa", "a")}
#: Letters that are not to lose what stands upon them, as one that has nothing there.
_KEPT: Final = {"ä": "æ", "ö": "ø", "å": "\ua733"}
_SPELT_OUT: Final = {"æ": "ae", "ø": "oe", "\ua733": "aa"}
_MARKS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)

_SIGNS = re.compile(r"[^\w\s|]|_")
#: What ends a sentence. No everyday use goes on behind it: "I am afraid. Of flying ..."
_STOPS = re.compile(r"[.!?;:]+(?=\s|$)|\n")
_STOP = "|"
_STOPS_IN_A_ROW = re.compile(r"\|(?: \|)+")
#: What may stand between the words of an everyday use, and of a red flag.
_ADJOINING, _ANYHOW = " ?", "[ |]*"
_GAPS: Final = ("", " ", " | ")
_WORD = re.compile(r"\S+")
#: By so many letters entries are found; without it a long text would be read for each.
_KEY: Final = 4
#: So much of a piece is read with the next one too: more than any entry is long.
_OVERLAP: Final = 200
#: One word of a name, as in "Anne-Marie", "O'Neill" or "P.": capitals only begin it.
#: Nothing that was matched is tried in a second way: other scripts have no capitals.
_NAME = re.compile(r"(?:[^\W\d_a-zæøå](?:[^\W\d_A-ZÆØÅ]++|\.)['\u2019-]?)++")
#: So many words a name has at most.
_LONGEST_NAME = 5
_DRAWN_OUT = re.compile(r"(\w)\1{2,}")
#: "s l å r": the space between two letters that both stand alone.
_BETWEEN_LETTERS = re.compile(r"(?<=\b[^\W\d]) (?=[^\W\d]\b)")


@dataclass(frozen=True, slots=True)
class RedFlags:
    """Words and rows of words, in any language.

    A star at an end stands for the rest of a word: "kniv*" begins one, "*kniv*" may
    stand within one. Everything else is whole words.
    """

    stems: frozenset[str]
    everyday: frozenset[str]
    #: Words of a sentence: a text that holds one of them is not taken for a name.
    not_in_names: frozenset[str] = frozenset()


def is_flagged(text: str, flags: RedFlags, *, as_name: bool = False) -> bool:
    """Tell whether a text holds a red flag outside of every everyday use.

    With `as_name` a full name is asked for. What is written like one may hold a red
    flag as one of the names behind the first ("Lone Bange Holm").
    """
    is_name = as_name and _is_like_name(text, flags.not_in_names)
    return any(
        _is_flagged(one, flags, is_name=is_name)
        for piece in _pieces(text)
        for one in _readings(piece)
    )


def _pieces(text: str) -> Iterator[str]:
    """Part what is longer than any message, so that its end is heard too."""
    if len(text) <= LONGEST_READ:
        yield text
        return
    step = LONGEST_READ - _OVERLAP
    for start in range(0, max(1, len(text) - _OVERLAP), step):
        piece = text[start : start + LONGEST_READ]
        yield Seen(piece) if isinstance(text, Seen) else piece


def _is_like_name(text: str, not_in_names: frozenset[str]) -> bool:
    """Tell whether a text is several words with a capital each, and no sentence."""
    words = text.split()
    if not 1 < len(words) <= _LONGEST_NAME or not all(map(_NAME.fullmatch, words)):
        return False
    return not_in_names.isdisjoint(folded(word) for word in words)


def _is_flagged(text: str, flags: RedFlags, *, is_name: bool) -> bool:
    found = _spans(text, flags.stems, between=_ANYHOW)
    if not found:
        return False
    harmless = _spans(text, flags.everyday, between=_ADJOINING)
    if is_name:
        harmless += [word.span() for word in _WORD.finditer(text)][1:]
    return not _are_within(found, harmless)


def _are_within(found: list[tuple[int, int]], spans: list[tuple[int, int]]) -> bool:
    """Tell whether each span lies in one of the others; each list is read once."""
    ahead, reach = iter(sorted(spans)), -1
    span = next(ahead, None)
    for begin, end in sorted(found):
        while span is not None and span[0] <= begin:
            reach, span = max(reach, span[1]), next(ahead, None)
        if end > reach:
            return False
    return True


def _readings(text: str) -> Iterator[str]:
    """Read a text in two ways: signs part words, or are nothing.

    The second way also joins letters that stand alone and takes away all doubling of
    a letter that is drawn out; the first leaves two ("killlll").
    """
    plain = _without_accents(folded(Seen(in_our_script(seen(text)))))
    parted = " ".join(_SIGNS.sub(" ", _STOPS.sub(f" {_STOP} ", plain)).split())
    parted = _DRAWN_OUT.sub(r"\1\1", _STOPS_IN_A_ROW.sub(_STOP, parted))
    yield _spelt_out(parted)
    joined = _DRAWN_OUT.sub(r"\1", " ".join(_SIGNS.sub("", plain).split()))
    joined = _BETWEEN_LETTERS.sub("", joined)
    if joined != parted.replace(f" {_STOP} ", " "):
        yield _spelt_out(joined)


def _without_accents(text: str) -> str:
    """Take all marks off but those of the Danish letters."""
    plain = text.replace(_STOP, " ")
    if plain.isascii():
        return plain
    for letter, kept in _KEPT.items():
        plain = plain.replace(letter, kept)
    return _MARKS.sub("", unicodedata.normalize("NFD", plain))


def _spelt_out(text: str) -> str:
    for letter, letters in _SPELT_OUT.items():
        text = text.replace(letter, letters)
    return text


def _spans(
    text: str, entries: frozenset[str], *, between: str
) -> list[tuple[int, int]]:
    """Find where entries stand; of several that begin at one place, the longest."""
    entered = _entered(entries, between)
    found = []
    for word in entered.starts.finditer(text):
        begin = word.start()
        ends = [
            match.end()
            for length in entered.lengths
            if (pattern := entered.beginning.get(text[begin : begin + length]))
            if (match := pattern.match(text, begin))
        ]
        if ends:
            found.append((begin, max(ends)))
    if entered.within is not None:
        found += [one.span(1) for one in entered.within.finditer(text)]
    return found


@dataclass(frozen=True, slots=True)
class _Entered:
    """Entries as patterns: those that begin a word by its first letters, and others."""

    #: Finds where a word begins as an entry does, by fewer letters.
    starts: re.Pattern[str]
    beginning: dict[str, re.Pattern[str]]
    #: How many letters their keys have: those of short entries have fewer.
    lengths: tuple[int, ...]
    within: re.Pattern[str] | None


@cache
def _entered(entries: frozenset[str], between: str) -> _Entered:
    longest_first = sorted(entries, key=lambda entry: (-len(_bare(entry)), entry))
    by_key = defaultdict(list)
    for entry in (e for e in longest_first if not e.startswith("*")):
        for key in _keys(entry):
            by_key[key].append(_pattern(entry, between))
    within = [_pattern(e, between) for e in longest_first if e.startswith("*")]
    return _Entered(
        _starts(by_key),
        {key: re.compile("|".join(patterns)) for key, patterns in by_key.items()},
        tuple(sorted(set(map(len, by_key)))),
        re.compile(f"(?=({'|'.join(within)}))") if within else None,
    )


def _starts(keys: Iterable[str]) -> re.Pattern[str]:
    """Compile what finds the beginnings of words that are worth a second look."""
    seconds = defaultdict(set)
    for key in keys:
        seconds[key[0]].add(re.escape(key[1]))
    begin = (f"{one}[{''.join(sorted(two))}]" for one, two in sorted(seconds.items()))
    return re.compile(rf"\b(?:{'|'.join(begin) or '(?!)'})")


def _keys(entry: str) -> set[str]:
    """List what an entry can begin with, however it is typed."""
    spaced = " ".join(_SIGNS.sub(" ", folded(entry)).split())
    letters = [_GAPS if one == " " else _typed(one) for one in spaced[: _KEY * 2]]
    return {"".join(one)[:_KEY] for one in product(*letters)}


def _pattern(entry: str, between: str) -> str:
    """Write an entry as a pattern; the spaces between its words may be missing."""
    after = "" if entry.endswith("*") else r"\b"
    words = _SIGNS.sub(" ", folded(entry)).split()
    return between.join("".join(map(_letter, word)) for word in words) + after


def _letter(letter: str) -> str:
    typed = _typed(letter)
    return f"(?:{'|'.join(typed)})" if len(typed) > 1 else re.escape(typed[0])


def _typed(letter: str) -> tuple[str, ...]:
    return _TYPED.get(letter) or (_spelt_out(_without_accents(letter)),)


def _bare(entry: str) -> str:
    return re.sub(r"[* ]", "", entry)
