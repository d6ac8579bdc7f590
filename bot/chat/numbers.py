"""Phone numbers as people type them: found in a text, and written in one form."""

import re
import unicodedata
from functools import cache
from itertools import islice
from typing import Final

import phonenumbers

from flows.words.characters import plain_dashes, seen

#: Numbers without a country code are Danish.
_REGION: Final = "DK"
#: What may be a number: nothing else touches it, so that it is no part of an address.
_NUMBER: Final = re.compile(r"(?<![\w@+])\+?\(?\d[\d ()./-]*\d(?![\w@])")
_ABROAD: Final = re.compile(r"(?:\+|(?<![\d+])00)\d[\d ()./-]*\d")
#: So many digits a phone number has, with the code of its country before it.
_LEAST_DIGITS, _MOST_DIGITS = 5, 20
#: Nobody tells more numbers in one message; each takes a while to look at.
_MOST_NUMBERS: Final = 10
_ANY_DIGIT: Final = re.compile(r"\d")
#: No digit of any script stands beyond.
_BEYOND_DIGITS: Final = 0x20000
_GAPS: Final = re.compile(r"\s+")
#: Telegram sells such numbers, with which nobody can be called.
_ANONYMOUS: Final = re.compile(
    r"(?<!\d)(?:\+|00)? ?888[ ()./-]*\d(?:[ ()./-]*\d){6,8}(?!\d)"
)
#: Stands where a number stood; longer than what may part the digits of one.
_TAKEN_OUT: Final = " _____ "


def plain_digits(text: str) -> str:
    """Write a text with the digits, dashes and spaces of a Danish keyboard."""
    shown = plain_dashes(_GAPS.sub(" ", seen(text)))
    return shown if shown.isascii() else shown.translate(_digits())


def phone(text: str) -> str | None:
    """Write the one phone number of a text in its international form, or None."""
    plain = plain_digits(text)
    typed = islice(_NUMBER.finditer(plain), _MOST_NUMBERS)
    found = {number for one in typed if (number := _written(one[0]))}
    return found.pop() if len(found) == 1 else None


def is_anonymous(text: str) -> bool:
    """Tell whether a text holds a number of Telegram's own, which nobody can call."""
    return _ANONYMOUS.search(plain_digits(text)) is not None


def without_phones(plain: str) -> str:
    """Take out every phone number, where it may be of any kind."""
    return _NUMBER.sub(_taken_out, plain, count=_MOST_NUMBERS)


def without_phones_abroad(plain: str) -> str:
    """Take out the phone numbers that are written with the code of a country."""
    return _ABROAD.sub(_taken_out, plain, count=_MOST_NUMBERS)


def _taken_out(found: re.Match[str]) -> str:
    return _TAKEN_OUT if _written(found[0]) else found[0]


def _written(number: str) -> str | None:
    if not _LEAST_DIGITS <= sum(map(str.isdigit, number)) <= _MOST_DIGITS:
        return None
    try:
        parsed = phonenumbers.parse(number, _REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(
        parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )


@cache
def _digits() -> dict[int, str]:
    """Map the digits of all scripts to ours."""
    found = _ANY_DIGIT.findall("".join(map(chr, range(_BEYOND_DIGITS))))
    return {ord(digit): str(unicodedata.decimal(digit)) for digit in found}
