"""What a person types where a state asks for it: accepted in one form, or refused."""

import re
from collections.abc import Callable
from datetime import date

import phonenumbers

from bot.chat.months import month_in
from flows.model import Input

#: Numbers without a country code are Danish.
_REGION = "DK"
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")
_LONGEST_EMAIL = 254
_LONGEST_NAME = 60
_LONGEST_TEXT = 200
#: Six digits and four more, not behind a plus, two zeros or further digits.
_TEN_DIGITS = re.compile(
    r"(?<![\d+])(?<!\+ )(?<!00)"
    r"(\d{2})[ ./-]?(\d{2})[ ./-]?(\d{2})[ ./\u2013-]{0,3}\d{4}(?!\d)"
)
#: Replacement numbers have 60 added to the day.
_ADDED_TO_DAY = 60


def holds_cpr(text: str) -> bool:
    """Tell whether a text holds what looks like a Danish CPR number.

    A number that reads as a phone number with its country code is none.
    """
    return any(
        _is_day(int(day), int(month)) and phone(found.group()) is None
        for found in _TEN_DIGITS.finditer(text)
        for day, month in [found.group(1, 2)]
    )


def phone(text: str) -> str | None:
    """Write a phone number in its international form; None if it is none."""
    try:
        number = phonenumbers.parse(text, _REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number) or re.search("[^\\d\\s()+./-]", text):
        return None
    return phonenumbers.format_number(
        number, phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )


def email(text: str) -> str | None:
    """Accept an e-mail address; None if it is none."""
    address = text.strip()
    fits = _EMAIL.fullmatch(address) and len(address) <= _LONGEST_EMAIL
    return address if fits and not holds_cpr(address) else None


def contact(text: str) -> str | None:
    """Accept a phone number or an e-mail address."""
    return phone(text) or email(text)


def name(text: str) -> str | None:
    """Accept the name that somebody would like to be called; no questions, no CPR."""
    fits = 0 < len(text) <= _LONGEST_NAME and any(c.isalpha() for c in text)
    is_question = text.rstrip().endswith("?")
    return text if fits and not is_question and not re.search(r"\d{4}", text) else None


def short_text(text: str) -> str | None:
    """Accept a short text in the person's own words, without a CPR number."""
    fits = 0 < len(text) <= _LONGEST_TEXT and any(c.isalnum() for c in text)
    is_question = text.rstrip().endswith("?")
    return text if fits and not is_question and not holds_cpr(text) else None


ACCEPTS: dict[Input, Callable[[str], str | None]] = {
    Input.NAME: name,
    Input.PHONE: phone,
    Input.EMAIL: email,
    Input.CONTACT: contact,
    Input.TEXT: short_text,
    Input.BIRTH: month_in,
}


def _is_day(day: int, month: int) -> bool:
    plain = day - _ADDED_TO_DAY if day > _ADDED_TO_DAY else day
    try:
        # A leap year, so that the 29th of February passes.
        date(2000, month, plain)
    except ValueError:
        return False
    return True
