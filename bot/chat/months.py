"""Months and moments in words, as people type and read them in each language."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Final

from babel.dates import format_date, format_time, get_month_names

from bot.chat.numbers import plain_digits
from bot.clock import DANISH_TIME
from flows.languages import LANGUAGES
from flows.words.characters import normalised

_REGIONS: Final = {one.code: one.region for one in LANGUAGES}
#: A day may stand before the month, or behind it where the year stands first; it is
#: not kept.
_IN_DIGITS: Final = re.compile(
    r"(?<![\d./-])(?:[0-3]?\d[ ./-]{1,3})?(0?[1-9]|1[0-2])[ ./-]{1,3}(\d{4})(?![\d/-])"
)
_YEAR_FIRST: Final = re.compile(
    r"(?<![\d./-])(\d{4})[ ./-](0?[1-9]|1[0-2])(?:[./-][0-3]?\d)?(?![\d/-])"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
#: The year behind the name of a month, behind the day where that stands there too.
_YEAR: Final = re.compile(
    r"(?:[\s.,]{1,3}[0-3]?\d(?:st|nd|rd|th)?(?!\d))?"
    r"[\s.,/-]{0,3}(?:(?:i|in|of|år) )?(\d{4})(?!\d)"
)
#: The year before it.
_YEAR_BEFORE: Final = re.compile(r"(?<!\d)(\d{4})[\s.,/-]{1,3}\Z")
_LONGEST_BEFORE: Final = 8
_SHORTEST_NAME: Final = 3


def month_in(text: str) -> str | None:
    """Find the one month with its year in a text, as YYYY-MM; None if there is none."""
    said = plain_digits(normalised(text))
    found: set[str | None] = set()
    found |= {_written(int(one[2]), int(one[1])) for one in _IN_DIGITS.finditer(said)}
    found |= {_written(int(one[1]), int(one[2])) for one in _YEAR_FIRST.finditer(said)}
    found |= set(_in_words(said))
    return found.pop() if len(found) == 1 else None


def number_of_month(name: str) -> int:
    """Number a month by its name or what that begins with; 0 where it is none."""
    return _months().get(normalised(name), 0)


def _in_words(said: str) -> Iterator[str | None]:
    """Give each month that is named with its year; for one without a year, None.

    Such a one may be what was meant: no other month is taken for it then.
    """
    for word in _WORD.finditer(said):
        if number := _months().get(word[0]):
            before = said[max(0, word.start() - _LONGEST_BEFORE) : word.start()]
            year = _YEAR.match(said, word.end()) or _YEAR_BEFORE.search(before)
            yield _written(int(year[1]), number) if year else None


def month_in_words(month: str, language: str) -> str:
    """Write a month, kept as YYYY-MM, for somebody to read."""
    first = date.fromisoformat(f"{month}-01")
    return format_date(first, "LLLL yyyy", locale=_REGIONS[language])


def day_in_words(day: date, language: str) -> str:
    """Write a day for somebody to read."""
    return format_date(day, "long", locale=_REGIONS[language])


def moment_in_words(at: datetime, language: str) -> str:
    """Write a moment with the hour, on Danish clocks."""
    local, region = at.astimezone(DANISH_TIME), _REGIONS[language]
    hour = format_time(local.time(), "short", locale=region)
    return f"{day_in_words(local.date(), language)}, {hour}"


def _written(year: int, month: int) -> str:
    return f"{year:04}-{month:02}"


@cache
def _months() -> dict[str, int]:
    """Number the names of the months in every language, and what they begin with."""
    return {
        name[:letters]: number
        for number, name in _names()
        for letters in range(_SHORTEST_NAME, len(name) + 1)
    }


def _names() -> Iterator[tuple[int, str]]:
    for region in _REGIONS.values():
        names = get_month_names("wide", "stand-alone", region)
        for number, name in names.items():
            yield number, normalised(name)
