"""What can be seen of a text, in one form; each step is linear in its length.

The length is looked at first: a text is cut, signs that would swell are taken out, and
marks that are stacked on a letter are cut down, before anything is normalised.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Final, NamedTuple

#: Telegram sends no longer text in one message; what is beyond is not looked at.
LONGEST_READ: Final = 4096
#: A sign that is written out in more letters than these ("ﷺ") stands for no word here.
_MOST_LETTERS: Final = 2
#: Three dots end a sentence, however they are typed.
_ELLIPSIS: Final = "\u2026"
#: So many marks on a letter are sorted and put together with it.
_MOST_MARKS: Final = 4
#: Stands for any mark; nobody writes it, as it is for private use.
_MARK: Final = "\ue000"
_PILED: Final = re.compile(f"{_MARK}{{{_MOST_MARKS + 1},}}")
#: Beyond it stand only ideographs, which are themselves, and signs that are not shown.
_LAST: Final = 0x20000
_TAGS: Final = "\U000e0000-\U0010ffff"
#: They choose between two forms of the sign before them.
_SELECTORS: Final = "\ufe00-\ufe0f"

#: So many of those that take no room are kept on a letter of ours. Of other scripts,
#: as the Tibetan one, whose marks are vowels, as many as are put together with one.
_MOST_MARKS_KEPT: Final = 2
_ACCENTS: Final = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
#: Where joiners stand within a word, from Arabic and Persian to Khmer; and in an emoji.
_JOINING: Final = "[\u0620-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18af]"
_PICTURED: Final = "[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]"
_NEEDED: Final = (
    f"(?<={_JOINING})[\u200c\u200d](?={_JOINING})|(?<={_PICTURED})\u200d(?={_PICTURED})"
)
#: Of what is not shown, this may stand within a word: it leaves no gap.
_BETWEEN_LETTERS: Final = frozenset("\u00ad\u034f\u200b\u200c\u200d\u2060\ufeff")
#: Letters and signs that show nothing, though Unicode does not say so.
BLANK: Final = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U0001d159"
#: Signs that ask, in any script; those of full width are "?" once normalised.
_ASKS: Final = re.compile("[?\u00bf\u061f\u203d\u2753\u2754\u2e2e\u055e\u1367]")
_AROUND: Final = re.compile(r"\A[\W_]+|[\W_]+\Z")
_WORD: Final = re.compile(r"[^\W_]+")
#: What is calm holds these alone: an emoji may doubt what is said.
_CALM = re.compile(
    r"[\w\s.,!\"'*\u00ab\u00bb\u2010-\u2015\u2018-\u201f\u2026\u2039\u203a-]*"
)
#: A face of signs that are calm by themselves doubts it as well.
_FACE = re.compile(r"-_+-|\bx+D+\b")
#: Letters that are neither Latin ones nor digits, and what stands for a row of them.
_OTHER_SCRIPTS: Final = re.compile(r"[^\W\u0000-\u024f\u1e00-\u1eff]+")
_OF_OTHER_SCRIPTS: Final = "\u0436"
_DASHES: Final = re.compile("[\u00ad\u2010-\u2015\u2043\u207b\u2212\ufe58\ufe63\uff0d]")


class Seen(str):
    """A text that holds no more than can be seen of it; to see it again costs nothing.

    A part of it is a plain text again.
    """

    __slots__ = ("__dict__",)

    @cached_property
    def small(self) -> str:
        """The text in small letters."""
        return unicodedata.normalize("NFKC", self.casefold())

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words, without anything between them or upon them."""
        small = self.small
        if not small.isascii():
            small = _marked(small).replace(_MARK, "")
        return tuple(_WORD.findall(small))


class TypedText(str):
    """A text as somebody wrote it; what can be seen of it is worked out once."""

    __slots__ = ("__dict__",)

    @cached_property
    def shown(self) -> Seen:
        """What can be seen of the text."""
        return Seen(_normalised_once(self))


class _Patterns(NamedTuple):
    """Characters by what they are, worked out once for all of them."""

    disguises: re.Pattern[str]
    swelling: re.Pattern[str]
    unseen: re.Pattern[str]
    #: One sign for each of the marks: so many of them make a slow pattern.
    marks: dict[int, str]


def seen(text: str) -> Seen:
    """Give what can be seen of a text, composed, and no special forms of letters.

    What is given is at most three times as long as the longest text that is read.
    """
    if isinstance(text, Seen):
        return text
    return (text if isinstance(text, TypedText) else TypedText(text)).shown


def _normalised_once(text: str) -> str:
    patterns, cut = _patterns(), text[:LONGEST_READ]
    if not (cut.isascii() and cut.isprintable()):
        cut = _cut_down(patterns.unseen.sub("", patterns.swelling.sub(" ", cut)))
    return unicodedata.normalize("NFKC", cut)


def folded(text: str) -> str:
    """Give what can be seen of a text in small letters."""
    return seen(text).small


def normalised(text: str) -> str:
    """Bring a text into the form in which it is compared, without marks around it."""
    return _AROUND.sub("", " ".join(folded(text).split()))


def spoken(text: str) -> str:
    """Give the words of a text alone: no marks, no emoji, one space between two."""
    return " ".join(words_of(text))


def words_of(text: str) -> list[str]:
    """List the words of a text, without anything between them or upon them."""
    return list(seen(text).words)


def asks(text: str) -> bool:
    """Tell whether a question mark stands in a text, in any script."""
    return _ASKS.search(seen(text)) is not None


def is_calm(text: str) -> bool:
    """Tell whether nothing but words and plain marks can be seen of a text."""
    shown = seen(text)
    return _CALM.fullmatch(shown) is not None and _FACE.search(shown) is None


def in_our_script(text: str) -> str:
    """Write one letter for each row of letters of other scripts.

    No list of ours holds such a letter.
    """
    return text if text.isascii() else _OTHER_SCRIPTS.sub(_OF_OTHER_SCRIPTS, text)


def plain_dashes(text: str) -> str:
    """Write every kind of dash as the one that a keyboard has."""
    return _DASHES.sub("-", text)


def cleaned(text: str) -> str:
    """Take out of somebody's own words what shows nothing, or could disguise them.

    Joiners stay where a script or an emoji needs them. A letter keeps two marks.
    """
    shown = _patterns().disguises.sub(_undisguised, text[:LONGEST_READ])
    if shown.isascii():
        return " ".join(shown.split())
    apart = unicodedata.normalize("NFD", _cut_down(" ".join(shown.split())))
    return unicodedata.normalize("NFC", "".join(_bearable(apart)))


def _marked(text: str) -> str:
    """Write one sign for each mark of a text."""
    return text.translate(_patterns().marks)


def _cut_down(text: str) -> str:
    """Take away what is stacked on a letter beyond so many marks."""
    if text.isascii():
        return text
    piled, kept, at = _PILED.finditer(_marked(text)), [], 0
    for one in piled:
        kept.append(text[at : one.start() + _MOST_MARKS])
        at = one.end()
    return "".join([*kept, text[at:]])


def _undisguised(found: re.Match[str]) -> str:
    """Leave a joiner that is needed; for a mark of direction, a space."""
    if found.lastgroup == "needed":
        return found[0]
    return "" if found[0] in _BETWEEN_LETTERS else " "


def _bearable(text: str) -> Iterator[str]:
    marks = 0
    for character in text:
        is_mark = unicodedata.category(character) in {"Mn", "Me"}
        marks = marks + 1 if is_mark else 0
        most = _MOST_MARKS_KEPT if _ACCENTS.match(character) else _MOST_MARKS
        if marks <= most:
            yield character


@cache
def _patterns() -> _Patterns:
    """Sort all characters into those that matter here; some hundredths of a second."""
    swelling: list[int] = []
    unseen: list[int] = []
    marks: list[int] = []
    for code in range(_LAST):
        character = chr(code)
        category = unicodedata.category(character)
        if _swells(character):
            swelling.append(code)
        if category in {"Cf", "Co", "Cs"} or _is_control(category, character):
            unseen.append(code)
        elif category[0] == "M":
            marks.append(code)
    hidden = _class([*unseen, *map(ord, BLANK)]) + _TAGS
    return _Patterns(
        disguises=re.compile(f"(?P<needed>{_NEEDED})|[{hidden}]"),
        swelling=re.compile(f"[{_class(swelling)}]"),
        unseen=re.compile(f"[{hidden}{_SELECTORS}]"),
        marks=dict.fromkeys(marks, _MARK),
    )


def _swells(character: str) -> bool:
    is_special = unicodedata.decomposition(character).startswith("<")
    if not is_special or character == _ELLIPSIS:
        return False
    return len(unicodedata.normalize("NFKC", character)) > _MOST_LETTERS


def _is_control(category: str, character: str) -> bool:
    return category == "Cc" and not character.isspace()


def _class(codes: Iterable[int]) -> str:
    """Write characters as the inside of a class of a pattern."""
    pieces, first, last = [], -1, -1
    for code in (*sorted(set(codes)), -2):
        if code == last + 1 and first >= 0:
            last = code
            continue
        if first >= 0:
            pieces.append(f"{re.escape(chr(first))}-{re.escape(chr(last))}")
        first = last = code
    return "".join(pieces)
