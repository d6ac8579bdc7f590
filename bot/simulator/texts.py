"""What Telegram does to a text on its way."""

from typing import Final

#: The longest message, in characters.
LONGEST_TEXT: Final = 4096

#: Line and paragraph separators and the marks that turn the direction of writing.
_REMOVED: Final = dict.fromkeys([*range(0x2028, 0x202F), ord("\r")])
_BLANKED: Final = {code: " " for code in range(32) if chr(code) not in "\n\r"}


def cleaned(text: str) -> str:
    """Return a text as the server keeps it: trimmed and without control characters."""
    return text.translate(_REMOVED | _BLANKED).strip()


def length(text: str) -> int:
    """Return the length as Telegram counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def pieces(text: str) -> list[str]:
    """Cut a long text into messages, as the apps do."""
    text = cleaned(text)
    starts = range(0, len(text), LONGEST_TEXT)
    return [text[start : start + LONGEST_TEXT] for start in starts]
