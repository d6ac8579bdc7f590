"""What a text is about, told by a linear model of its letters and words.

A model is trained when the program is built (`make train`); here it is only asked, in
plain Python. It may tell several labels apart. Every feature belongs to the word where
it begins and every score is a sum of weights, so that any part of a text can be scored
in one pass, and explained.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from flows.words.characters import in_our_script

#: So much of a text is read: its beginning and its end, where people say what they
#: want.
LONGEST_READ: Final = 1000
_HALF: Final = LONGEST_READ // 2
_MOST_WORDS: Final = 200
#: Who says a word more often in a row means no more by it.
_MOST_TIMES: Final = 2

#: Danish letters as others type them.
_SPELT_OUT: Final = str.maketrans(
    {"æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "å": "aa", "ß": "ss"}
)
#: "don't", "dont": it is often left out.
_APOSTROPHES: Final = re.compile(r"(?<=\w)['\u2018\u2019\u00b4`](?=\w)")
_DRAWN_OUT: Final = re.compile(r"([^\W\d])\1{2,}")
_DIGITS: Final = re.compile(r"\d+")
_BEYOND_ALL: Final = 0x110000
_TOKEN: Final = re.compile(r"[^\W_]+|\n|[^\w\s]")
#: What ends a sentence, and what stands for it: at both ends of a text as well.
_ENDS: Final = frozenset(".!;\n")
_END, _ASKS = ".", "?"

#: Rows of so many letters, words and kinds of words are features.
_LETTERS, _WORDS, _KINDS = (3, 4), (1, 2), (1, 2, 3)
#: Two kinds are a pair across so many others at most.
_ACROSS: Final = 3
#: Kinds with a meaning here: what denies, and what begins a clause.
_DENIES: Final = "not"
_BREAKS: Final = frozenset({"break", _END})
#: A denial marks so many kinds behind it, and before it ("jeg deltager ikke").
_DENIED_BEHIND, _DENIED_BEFORE = 4, 2
#: A slip of the finger is forgiven in words of so many letters.
_SHORTEST_SLIPPED: Final = 5

#: A sentence is read in parts of so many words, each beginning so many words later.
_PART, _STEP = 20, 10
#: A text of more words is no part of its own: its many words would weigh too much.
_LONGEST_WHOLE: Final = 60
#: The more parts a text has, the surer one of them must be.
_DOUBT: Final = 0.25


class Kinds:
    """Words by their kind, as `plain` gives them; found with one slip in them too."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = dict(words)
        self._slips: dict[str, str] = {}
        for word, kind in words.items():
            if len(word) >= _SHORTEST_SLIPPED:
                for slipped in (*_one_less(word), *_swapped(word)):
                    self._slips.setdefault(slipped, kind)

    def kind(self, word: str) -> str:
        """Return the kind of a word, or nothing."""
        kind = self._words.get(word) or self._slips.get(word)
        if kind or len(word) <= _SHORTEST_SLIPPED:
            return kind or ""
        return next(filter(None, map(self._words.get, _one_less(word))), "")


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of one language, for each feature one per label."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    # What is shown of a model, in whatever log, tells its labels and not its thousands.
    weights: Mapping[str, tuple[float, ...]] = field(repr=False)
    kinds: Kinds


class ReadText(NamedTuple):
    """The words of a text, and the features of each that need no kinds of words."""

    words: list[str]
    features: list[list[str]]


class ScoredPart(NamedTuple):
    """The words from one place of a text to another, and their score for each label."""

    begin: int
    end: int
    features: int
    scores: tuple[float, ...]


def plain(text: str) -> str:
    """Take out what tells writers apart: case, accents, digits, drawn-out letters."""
    cut = text if len(text) <= LONGEST_READ else f"{text[:_HALF]}\n{text[-_HALF:]}"
    spelt = cut.casefold().translate(_SPELT_OUT)
    shown = spelt if spelt.isascii() else _unmarked(cut)
    joined = _APOSTROPHES.sub("", shown)
    return _DIGITS.sub("0", _DRAWN_OUT.sub(r"\1\1", joined))


def said(text: str) -> ReadText:
    """Split a text into words and signs; an end stands around every sentence."""
    words = [_END]
    for token in _shortened(_TOKEN.findall(in_our_script(plain(text)))):
        if words[-_MOST_TIMES:] == [token] * _MOST_TIMES:
            continue
        if token not in _ENDS:
            words += (token, _END) if token == _ASKS else (token,)
        elif words[-1] != _END:
            words.append(_END)
    if words[-1] != _END:
        words.append(_END)
    places = range(len(words))
    return ReadText(
        words, [[*_letters(words, at), *_rows("w", words, at, _WORDS)] for at in places]
    )


def features(text: ReadText, kinds: Kinds) -> list[list[str]]:
    """Return all features of each word: those rows that begin with it."""
    found = list(map(list, text.features))
    places, told = _told(text.words, kinds)
    for at, place in enumerate(places):
        far = told[at + 2 : at + 2 + _ACROSS]
        found[place] += _rows("k", told, at, _KINDS)
        found[place] += [f"p {told[at]} {other}" for other in far]
    return found


def parts(text: ReadText, model: Model) -> list[ScoredPart]:
    """Score each sentence of a text, and the whole where it is not long."""
    found = features(text, model.kinds)
    sizes = list(accumulate(map(len, found), initial=0))
    nothing = (0.0,) * len(model.labels)
    known = [list(filter(None, map(model.weights.get, row))) for row in found]
    by_word = [tuple(map(sum, zip(*row, strict=True))) or nothing for row in known]
    sums = [
        list(accumulate(column, initial=0.0)) for column in zip(*by_word, strict=True)
    ]
    spans = [(*span, sizes[span[1]] - sizes[span[0]]) for span in _spans(text.words)]
    return [ScoredPart(*span, _scores(sums, span, model)) for span in spans]


def scores(text: ReadText, model: Model) -> tuple[float, ...]:
    """Return for each label the score of the part of a text that speaks most for it."""
    by_label = zip(*(part.scores for part in parts(text, model)), strict=True)
    return tuple(max(column) - _doubt(len(column)) for column in by_label)


def reasons(text: ReadText, model: Model, label: str) -> list[tuple[str, float]]:
    """Return what each feature adds to the score of a label, heaviest first.

    With the bias, and what several parts take off, they add up to the score.
    """
    at = model.labels.index(label)
    scored = parts(text, model)
    best = max(scored, key=lambda part: part.scores[at])
    rows = features(text, model.kinds)[best.begin : best.end]
    added = Counter({"(every text)": model.bias[at], "(parts)": -_doubt(len(scored))})
    for feature in (one for row in rows for one in row if one in model.weights):
        added[feature] += model.weights[feature][at] / best.features**0.5
    return sorted(added.items(), key=lambda one: (-abs(one[1]), one[0]))


def _unmarked(cut: str) -> str:
    """Write letters of other kinds as plain ones, without marks; cut what swells."""
    spelt = unicodedata.normalize("NFKC", cut)[: 2 * LONGEST_READ].casefold()
    letters = unicodedata.normalize("NFD", spelt.translate(_SPELT_OUT))
    return letters.translate(_upon_letters())[: LONGEST_READ + 1]


@cache
def _upon_letters() -> dict[int, None]:
    """Map marks that take no room, and signs that are not shown, to nothing."""
    codes = range(_BEYOND_ALL)
    return {c: None for c in codes if unicodedata.category(chr(c)) in {"Mn", "Cf"}}


def _shortened(tokens: list[str]) -> list[str]:
    if len(tokens) <= _MOST_WORDS:
        return tokens
    half = _MOST_WORDS // 2
    return [*tokens[:half], _END, *tokens[-half:]]


def _letters(words: Sequence[str], at: int) -> list[str]:
    """List the rows of letters that begin in a word, or in the space before it."""
    word = words[at]
    following = words[at + 1][:3] if at + 1 < len(words) else ""
    text = f" {word} {following}"
    return [
        text[begin : begin + size]
        for size in _LETTERS
        for begin in range(min(len(word) + 1, len(text) - size + 1))
    ]


def _rows(mark: str, row: Sequence[str], at: int, sizes: Sequence[int]) -> list[str]:
    return [
        f"{mark} {' '.join(row[at : at + size])}"
        for size in sizes
        if at + size <= len(row)
    ]


def _told(words: Sequence[str], kinds: Kinds) -> tuple[list[int], list[str]]:
    """List which words are of a kind, and of which, marked where it is denied."""
    known = {word: kinds.kind(word) for word in {*words} - {_END, _ASKS}}
    found = [known.get(word, word) for word in words]
    places = [at for at, kind in enumerate(found) if kind]
    return places, _denied([found[at] for at in places])


def _denied(told: Sequence[str]) -> list[str]:
    marked, behind = list(told), 0
    for at, kind in enumerate(told):
        if kind == _DENIES:
            behind = _DENIED_BEHIND
            _deny_before(marked, at)
        elif kind in _BREAKS:
            behind = 0
        elif behind:
            marked[at] = f"!{kind}"
            behind -= 1
    return marked


def _deny_before(marked: list[str], at: int) -> None:
    for before in range(at - 1, max(-1, at - 1 - _DENIED_BEFORE), -1):
        if marked[before] == _DENIES or marked[before] in _BREAKS:
            return
        if not marked[before].startswith("!"):
            marked[before] = f"!{marked[before]}"


def _spans(words: Sequence[str]) -> list[tuple[int, int]]:
    """List where parts begin and end: the whole, and each sentence, a long one cut."""
    spans = {(0, len(words))} if len(words) <= _LONGEST_WHOLE else set()
    ends = [at for at, word in enumerate(words) if word == _END]
    for begin, end in pairwise(ends):
        last = max(begin + 1, end - _PART + _STEP)
        spans |= {(at, min(at + _PART, end + 1)) for at in range(begin, last, _STEP)}
    return sorted(spans)


def _scores(
    sums: Sequence[Sequence[float]], span: tuple[int, int, int], model: Model
) -> tuple[float, ...]:
    begin, end, size = span
    return tuple(
        bias + (column[end] - column[begin]) / size**0.5
        for bias, column in zip(model.bias, sums, strict=True)
    )


def _doubt(parts_scored: int) -> float:
    root: float = parts_scored**0.5
    return _DOUBT * (root - 1)


def _one_less(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _swapped(word: str) -> Iterator[str]:
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
