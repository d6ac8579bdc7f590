"""Words that may mean danger: found wherever they stand, whatever stands around them.

No negation silences one: "I am not afraid" is what somebody writes who was asked to. An
everyday use does ("bange for at komme for sent"), and only where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

#: Danish letters as others type them: with two letters, or with the plain one.
_TYPED = {"æ": "a?e", "ø": "oe?", "å": "aa?"}
#: The letters that such a one may begin with, then.
_FIRST = {"æ": "ae", "ø": "o", "å": "a"}
_SPELT_OUT = str.maketrans({"æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "å": "aa"})

_SIGNS = re.compile(r"[^\w\s]|_")
#: What ends a sentence. No everyday use goes on behind it: "I am afraid. Of flying ..."
_STOPS = re.compile(r"[.!?;:]+(?=\s|$)|\n")
_STOP = "|"
#: What may stand between the words of an everyday use, and of a red flag.
_ADJOINING, _ANYHOW = " ?", "[ |]*"
_WORD = re.compile(r"\S+")
#: One word of a name, as in "Anne-Marie", "O'Neill" or "P.": capitals only begin it.
_NAME = re.compile(r"(?:[^\W\d_a-zæøå](?:[^\W\d_A-ZÆØÅ]+|\.)['\u2019-]?)+")
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
    return any(_is_flagged(one, flags, is_name=is_name) for one in _readings(text))


def _is_like_name(text: str, not_in_names: frozenset[str]) -> bool:
    """Tell whether a text is several words with a capital each, and no sentence."""
    words = text.split()
    if not 1 < len(words) <= _LONGEST_NAME or not all(map(_NAME.fullmatch, words)):
        return False
    return not_in_names.isdisjoint(_plain(word) for word in words)


def _is_flagged(text: str, flags: RedFlags, *, is_name: bool) -> bool:
    harmless = list(_spans(text, flags.everyday, between=_ADJOINING))
    if is_name:
        harmless += [word.span() for word in _WORD.finditer(text)][1:]
    return any(
        not any(first <= begin and end <= last for first, last in harmless)
        for begin, end in _spans(text, flags.stems, between=_ANYHOW)
    )


def _readings(text: str) -> tuple[str, str]:
    """Read a text in two ways: signs part words, or are nothing.

    The second way also joins letters that stand alone and takes away all doubling of
    a letter that is drawn out; the first leaves two ("killlll").
    """
    plain = _plain(text)
    sentences = (_SIGNS.sub(" ", sentence) for sentence in _STOPS.split(plain))
    parted = " ".join(f" {_STOP} ".join(sentences).split())
    joined = " ".join(_SIGNS.sub("", plain).split())
    joined = _BETWEEN_LETTERS.sub("", _DRAWN_OUT.sub(r"\1", joined))
    return (
        _unaccented(_DRAWN_OUT.sub(r"\1\1", parted)),
        _unaccented(joined),
    )


def _plain(text: str) -> str:
    """Take out what cannot be seen, letter case, and letters that only look special."""
    composed = unicodedata.normalize("NFKC", text)
    seen = "".join(c for c in composed if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFKC", seen.casefold())


def _unaccented(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.translate(_SPELT_OUT))
    return "".join(c for c in letters if unicodedata.category(c) != "Mn")


def _spans(
    text: str, entries: frozenset[str], *, between: str
) -> Iterator[tuple[int, int]]:
    """Find where entries stand; of several that begin at one place, the longest."""
    for pattern in _patterns(entries, between):
        for found in pattern.finditer(text):
            yield found.span(1)


@cache
def _patterns(entries: frozenset[str], between: str) -> tuple[re.Pattern[str], ...]:
    """Compile what begins a word, and what may stand within one."""
    longest_first = sorted(entries, key=lambda entry: (-len(_bare(entry)), entry))
    within = [e for e in longest_first if e.startswith("*")]
    begin = [e for e in longest_first if not e.startswith("*")]
    return tuple(
        re.compile(f"{before}(?=({_any_of(some, between)}))")
        for before, some in ((r"\b", begin), ("", within))
        if some
    )


def _any_of(entries: list[str], between: str) -> str:
    """Ask for the first letter first: with a thousand entries six times as fast."""
    by_letter = defaultdict(list)
    for entry in entries:
        for letter in _FIRST.get(_bare(entry)[0], _bare(entry)[0]):
            by_letter[letter].append(_pattern(entry, between))
    return "|".join(
        f"(?={re.escape(letter)})(?:{'|'.join(patterns)})"
        for letter, patterns in by_letter.items()
    )


def _pattern(entry: str, between: str) -> str:
    """Write an entry as a pattern; the spaces between its words may be missing."""
    after = "" if entry.endswith("*") else r"\b"
    words = _SIGNS.sub(" ", _plain(entry)).split()
    return between.join("".join(map(_letter, word)) for word in words) + after


def _letter(letter: str) -> str:
    return _TYPED.get(letter) or re.escape(_unaccented(letter))


def _bare(entry: str) -> str:
    return re.sub(r"[* ]", "", entry)
