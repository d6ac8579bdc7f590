"""What Telegram does to a text on its way."""

from enum import StrEnum
from typing import Final

#: The longest message, in UTF-16 units: so the apps count.
LONGEST_TEXT: Final = 4096
#: So far back from the limit some apps look for a break, and for these, best first.
_NEAR: Final = 300
_BREAKS: Final = ("\n\n", "\n", ". ", " ")

#: Line and paragraph separators and the marks that turn the direction of writing.
_REMOVED: Final = dict.fromkeys([*range(0x2028, 0x202F), ord("\r")])
_BLANKED: Final = {code: " " for code in range(32) if chr(code) not in "\n\r"}


def cleaned(text: str) -> str:
    """Return a text as the server keeps it: trimmed and without control characters."""
    return text.translate(_REMOVED | _BLANKED).strip()


def length(text: str) -> int:
    """Return the length as Telegram counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


class Cut(StrEnum):
    """Where an app cuts what is too long for one message."""

    EXACT = "exact"
    """At the limit, as where nothing better is found."""
    NEAR = "near"
    """At a break shortly before the limit: a line, a sentence, a word."""
    SENTENCE = "sentence"
    """At the last end of a line or a sentence, however far from the limit."""


def pieces(text: str, cut: Cut = Cut.EXACT) -> list[str]:
    """Cut a long text into messages, as the apps do; each is trimmed on its way."""
    text, parts = cleaned(text), []
    while length(text) > LONGEST_TEXT:
        end = _end_of_first(text, cut)
        parts.append(cleaned(text[:end]))
        text = text[end:]
    return [part for part in (*parts, cleaned(text)) if part]


def utf16_offset(text: str, part: str) -> int:
    """Return where a part of a text begins, as Telegram counts."""
    return length(text[: text.index(part)])


def _end_of_first(text: str, cut: Cut) -> int:
    """Return how many characters of a text fit into one message."""
    most = _fitting(text)
    if cut is Cut.SENTENCE:
        found = max(text.rfind(mark, 0, most) for mark in ".\n")
        return found + 1 or most
    if cut is Cut.NEAR:
        for mark in _BREAKS:
            found = text.rfind(mark, max(most - _NEAR, 1), most)
            if found > 0:
                return found + len(mark)
    return most


def _fitting(text: str) -> int:
    """Count the characters up to the limit, none of them halved.

    The apps count in UTF-16 units, so of most emoji only half as many fit.
    """
    head = text[:LONGEST_TEXT].encode("utf-16-le")[: 2 * LONGEST_TEXT]
    return len(head.decode("utf-16-le", errors="ignore"))
