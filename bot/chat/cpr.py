"""Danish CPR numbers, found on the digits of a text, however they are written."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import accumulate, product
from typing import Final

from bot.chat.numbers import plain_digits, without_phones_abroad

_DIGITS: Final = re.compile(r"\d+")
#: So much may stand between two digits of one number, gaps left out: "og", ") -".
_MOST_BETWEEN: Final = 3
#: Day, month, two digits of the year, and four more.
_SHORT: Final = 10
#: As that, with the year written out.
_LONG: Final = 12
_CENTURIES: Final = frozenset({"18", "19", "20"})
_MONTHS: Final = frozenset(f"{month:02}" for month in range(1, 13))
#: Replacement numbers have 60 added to the day.
_ADDED_TO_DAY: Final = 60

_BEFORE_MINUTES: Final = frozenset({".", ":"})
_UNTIL: Final = frozenset({"-", "til", "to"})
#: Stand within one number or one date, and part no hours.
_TIGHT: Final = re.compile(r"[-./:()]?")
_MIDNIGHT, _MINUTES = 24, 60

Groups = Sequence[re.Match[str]]


def holds_cpr(text: str, *, tells_hours: bool = False) -> bool:
    """Tell whether a text holds what looks like a CPR number; in doubt it does.

    A phone number with the code of its country is none. Nor are hours ("10-12 and
    13-15.30") where the text answers to a question about times.
    """
    plain = without_phones_abroad(plain_digits(text))
    return any(
        _is_cpr(number)
        for row in _rows(plain)
        if not (tells_hours and _are_hours(plain, row))
        for number in _numbers(row)
    )


def _rows(text: str) -> Iterator[Groups]:
    """Collect groups of digits that stand so close that they can be one number."""
    row: list[re.Match[str]] = []
    for group in _DIGITS.finditer(text):
        if row and len(_between(text, row[-1], group)) > _MOST_BETWEEN:
            yield row
            row = []
        row.append(group)
    yield row


def _between(text: str, one: re.Match[str], next_one: re.Match[str]) -> str:
    """Give what parts two groups of digits, without gaps."""
    return "".join(text[one.end() : next_one.start()].split())


def _numbers(row: Groups) -> Iterator[str]:
    """Give what begins and ends with a group and is as long as a CPR number."""
    digits = "".join(group[0] for group in row)
    borders = [0, *accumulate(len(group[0]) for group in row)]
    ends = frozenset(borders)
    for begin, length in product(borders, (_SHORT, _LONG)):
        if begin + length in ends:
            yield digits[begin : begin + length]


def _is_cpr(digits: str) -> bool:
    if len(digits) == _LONG and digits[4:6] not in _CENTURIES:
        return False
    return digits[2:4] in _MONTHS and _is_day(int(digits[:2]), int(digits[2:4]))


def _is_day(day: int, month: int) -> bool:
    plain = day - _ADDED_TO_DAY if day > _ADDED_TO_DAY else day
    try:
        # A leap year, so that the 29th of February passes.
        date(2000, month, plain)
    except ValueError:
        return False
    return True


def _are_hours(text: str, row: Groups) -> bool:
    """Tell whether a whole row is hours, and at least two of them a time from and to.

    Hours are parted by a gap or a comma; within a CPR number written so stands what
    is no hour, or none of it is a time from and to.
    """
    at, has_span = 0, False
    while at < len(row):
        if at and _TIGHT.fullmatch(text[row[at - 1].end() : row[at].start()]):
            return False
        first = len(row[at][0])
        begin, at = _hour(text, row, at)
        if begin is None:
            return False
        if at < len(row) and _between(text, row[at - 1], row[at]).lower() in _UNTIL:
            is_alike = (len(row[at][0]) == len("1530")) is (first == len("1530"))
            end, at = _hour(text, row, at)
            if not is_alike or end is None or end <= begin:
                return False
            has_span = True
    return has_span


def _hour(text: str, row: Groups, at: int) -> tuple[int | None, int]:
    """Read an hour, in minutes of the day, and tell which group comes behind it."""
    group = row[at][0]
    if len(group) == len("1530"):
        hours, minutes, at = int(group[:2]), int(group[2:]), at + 1
    elif len(group) > len("15"):
        return None, at
    else:
        hours, minutes, at = int(group), 0, at + 1
        if at < len(row) and _is_minutes(text, row[at - 1], row[at]):
            minutes, at = int(row[at][0]), at + 1
    is_hour = hours <= _MIDNIGHT and minutes < _MINUTES
    return (hours * _MINUTES + minutes if is_hour else None), at


def _is_minutes(text: str, hour: re.Match[str], group: re.Match[str]) -> bool:
    parts = text[hour.end() : group.start()]
    return parts in _BEFORE_MINUTES and len(group[0]) == len("30")
