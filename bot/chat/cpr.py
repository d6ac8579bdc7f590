"""Danish CPR numbers, found on the digits of a text, however they are written."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from itertools import accumulate, product
from typing import Final

from bot.chat.months import number_of_month
from bot.chat.numbers import plain_digits, without_phones_abroad

_DIGITS: Final = re.compile(r"\d+")
_GAP: Final = re.compile(r"(?<=\d)\D{2,}(?=\d)")
#: So much may stand between two digits of one number, gaps left out: "og", ") -".
_MOST_BETWEEN: Final = 3
#: Day, month, two digits of the year, and four more.
_SHORT: Final = 10
#: As that, with the year written out.
_LONG: Final = 12
#: One digit of the day, the month as a word, two of the year, and four more.
_FEWEST: Final = 7
#: So many digits one sign is written out in at most, as that of a number in a circle.
_MOST_IN_ONE: Final = 2
_CENTURIES: Final = frozenset({"18", "19", "20"})
#: Replacement numbers have 60 added to the day.
_ADDED_TO_DAY: Final = (0, 60)
_LEAP_YEAR: Final = 2000
#: Each day and month with which a number may begin.
_DAYS: Final = frozenset(
    f"{day + added:02}{month:02}"
    for month in range(1, 13)
    for day in range(1, monthrange(_LEAP_YEAR, month)[1] + 1)
    for added in _ADDED_TO_DAY
)

_BEFORE_MINUTES: Final = frozenset({".", ":"})
_UNTIL: Final = frozenset({"-", "til", "to"})
#: Stand within one number or one date, and part no hours.
_TIGHT: Final = re.compile(r"[-./:()]?")
_MIDNIGHT, _MINUTES = 24, 60
#: Who writes four digits for an hour gives its minutes so.
_FIVE: Final = 5
#: Stand before an hour, and never within a number.
_AN_HOUR_FOLLOWS: Final = re.compile(r"\bkl(?:okken)?\b", re.IGNORECASE)
_TOLD_BEFORE: Final = 10
_LISTED: Final = re.compile(r",|\bog\b|\band\b", re.IGNORECASE)
#: A year in which somebody may be called.
_TO_COME: Final = re.compile(r"20(?:2[6-9]|[3-9]\d)")
_HOUR: Final = r"(?:[01]?\d|2[0-4])(?:[.:][0-5][05])?"
_FOUR: Final = r"(?:[01]\d|2[0-3])[0-5][05]"
_SPAN: Final = (
    rf"(?:{_HOUR}\s?(?:-|til|to)\s?{_HOUR}|{_FOUR}\s?(?:-|til|to)\s?{_FOUR})(?!\d)"
)
#: "10/12" before hours from and to.
_DATE: Final = re.compile(
    rf"(?<![\d/.-])\d{{1,2}}/\d{{1,2}}(?:[/-]{_TO_COME.pattern})?"
    rf"(?=:?\s+(?:kl\.?|fra)?\s*{_SPAN})",
    re.IGNORECASE,
)
#: What stands between the digits of one number again and again, or as a word.
_REPEATED: Final = re.compile(r"([^\w\s])\1+")
_SAYS_NOTHING: Final = re.compile(r"^(?:og|and)?(?:så|then)?$", re.IGNORECASE)
#: Before a number, as before one of a phone.
_OF_DENMARK: Final = re.compile(r"(?<!\d)(?:\+|00)45")
#: "1.1.1990-1234", "1. januar 1990 1234".
_SPELT: Final = re.compile(
    r"(?<!\d)(\d{1,2})[. /-]{1,3}(\d{1,2}|[^\W\d_]{3,9})[. /-]{1,3}"
    r"(18|19|20)?(\d\d)[ ,/.-]{0,3}(\d{4})(?!\d)"
)

Groups = Sequence[re.Match[str]]


def holds_cpr(text: str, *, tells_hours: bool = False) -> bool:
    """Tell whether a text holds what looks like a CPR number; in doubt it does.

    A phone number with the code of its country is none. Nor are hours ("10-12 and
    13-15.30") where the text answers to a question about times.
    """
    if _MOST_IN_ONE * sum(map(str.isnumeric, text)) < _FEWEST:
        return False
    once = _REPEATED.sub(r"\1", plain_digits(text))
    plain = _OF_DENMARK.sub(" ", without_phones_abroad(once))
    if any(_is_spelt(one, tells_hours=tells_hours) for one in _SPELT.finditer(plain)):
        return True
    if tells_hours:
        plain = _DATE.sub(" _____ ", plain)
    return any(
        _is_cpr(number)
        for begin, end in _rows(plain, tells_hours=tells_hours)
        if not (tells_hours and _are_hours(plain, _groups(plain, begin, end)))
        for number in _numbers(plain[begin:end])
    )


def _rows(text: str, *, tells_hours: bool) -> Iterator[tuple[int, int]]:
    """Part a text where too much stands between two digits for one number."""
    begin = 0
    for gap in _GAP.finditer(text):
        if _parts(gap[0], tells_hours=tells_hours):
            yield begin, gap.start()
            begin = gap.end()
    yield begin, len(text)


def _parts(between: str, *, tells_hours: bool) -> bool:
    if len(between) <= _MOST_BETWEEN and not tells_hours:
        return False  # as most: a text may be nothing but digits and gaps
    shown = _ungapped(between)
    if tells_hours and _AN_HOUR_FOLLOWS.search(shown):
        return True
    return len(_SAYS_NOTHING.sub("", shown)) > _MOST_BETWEEN


def _is_spelt(found: re.Match[str], *, tells_hours: bool) -> bool:
    """Tell whether a day and its month come first, and no hour of four digits last."""
    month = int(found[2]) if found[2].isdigit() else number_of_month(found[2])
    is_date = f"{int(found[1]):02}{month:02}" in _DAYS
    year, last = f"{found[3] or ''}{found[4]}", found[5]
    is_hour = int(last[:2]) <= _MIDNIGHT and int(last[2:]) % _FIVE == 0
    return is_date and not (tells_hours and is_hour and _TO_COME.fullmatch(year))


def _between(text: str, one: re.Match[str], next_one: re.Match[str]) -> str:
    """Give what parts two groups of digits, without gaps."""
    return _ungapped(text[one.end() : next_one.start()])


def _ungapped(text: str) -> str:
    return "".join(text.split())


def _numbers(row: str) -> Iterator[str]:
    """Give what begins and ends with a group and is as long as a CPR number."""
    groups = _DIGITS.findall(row)
    digits, borders = "".join(groups), [0, *accumulate(map(len, groups))]
    ends = frozenset(borders)
    for begin, length in product(borders, (_SHORT, _LONG)):
        if begin + length in ends:
            number = digits[begin : begin + length]
            yield number
            if length == _LONG:
                # The year may stand first.
                yield f"{number[6:8]}{number[4:6]}{number[:4]}{number[8:]}"


def _is_cpr(digits: str) -> bool:
    if len(digits) == _LONG and digits[4:6] not in _CENTURIES:
        return False
    return digits[:4] in _DAYS


def _groups(text: str, begin: int, end: int) -> Groups:
    return list(_DIGITS.finditer(text, begin, end))


def _are_hours(text: str, row: Groups) -> bool:
    """Tell whether a row is hours: with a time from and to, or a list of them.

    Hours are parted by a gap or a comma; within a CPR number written so stands what
    is no hour, or none of it is a time from and to, nor a list of later and later ones.
    """
    at, has_span, last = 0, False, -1
    is_list = bool(row) and _is_list(text, row)
    while at < len(row):
        if at and _TIGHT.fullmatch(text[row[at - 1].end() : row[at].start()]):
            return False
        first = len(row[at][0])
        begin, at = _hour(text, row, at)
        if begin is None:
            return False
        is_list, last = is_list and begin > last, begin
        if at < len(row) and _between(text, row[at - 1], row[at]).lower() in _UNTIL:
            is_alike = (len(row[at][0]) == len("1530")) is (first == len("1530"))
            end, at = _hour(text, row, at)
            if not is_alike or end is None or end <= begin:
                return False
            has_span = True
    return has_span or is_list


def _is_list(text: str, row: Groups) -> bool:
    """Tell whether a row is told to be hours, or parted as one parts a list."""
    is_told = _AN_HOUR_FOLLOWS.search(text[: row[0].start()][-_TOLD_BEFORE:])
    return bool(is_told or _LISTED.search(text[row[0].start() : row[-1].end()]))


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
    is_odd = len(group) > len("15") and minutes % _FIVE
    is_hour = hours <= _MIDNIGHT and minutes < _MINUTES and not is_odd
    return (hours * _MINUTES + minutes if is_hour else None), at


def _is_minutes(text: str, hour: re.Match[str], group: re.Match[str]) -> bool:
    parts = text[hour.end() : group.start()]
    return parts in _BEFORE_MINUTES and len(group[0]) == len("30")
