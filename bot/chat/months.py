"""Months and moments in words, as people type and read them in each language."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Final

from babel.dates import format_date, format_time, get_month_names

from bot.catalogue import LANGUAGES
from bot.clock import DANISH_TIME
from flows.reading import normalised

#: English as it is written in Europe: the day before the month.
_REGIONS: Final = {"da": "da_DK", "en": "en_GB"}
#: A day may stand before the month; it is not kept.
_IN_DIGITS: Final = re.compile(r"(?:[0-3]?\d[ ./-]+)?(0?[1-9]|1[0-2])[ ./-]+(\d{4})")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[ ./-](0?[1-9]|1[0-2])")
_IN_WORDS: Final = re.compile(r"(?:[0-3]?\d\.? )?([^\W\d]+)\.? (\d{4})")
_SHORTEST_NAME: Final = 3


def month_in(text: str) -> str | None:
    """Read a month with its year, as YYYY-MM; None if it is none."""
    said = normalised(text)
    if found := _IN_DIGITS.fullmatch(said):
        return _written(int(found[2]), int(found[1]))
    if found := _YEAR_FIRST.fullmatch(said):
        return _written(int(found[1]), int(found[2]))
    found = _IN_WORDS.fullmatch(said)
    number = _months().get(found[1]) if found else None
    return _written(int(found[2]), number) if found and number else None


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
    for language in LANGUAGES:
        names = get_month_names("wide", "stand-alone", _REGIONS[language])
        for number, name in names.items():
            yield number, normalised(name)
