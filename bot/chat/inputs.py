"""What a person types where a state asks for it: accepted in one form, or refused."""

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from bot.chat import numbers
from bot.chat.cpr import holds_cpr
from bot.chat.months import month_in
from flows.model import Input, MessageId, msg
from flows.words.characters import seen

_LONGEST_EMAIL: Final = 254
_LONGEST_NAME: Final = 60
_LONGEST_TEXT: Final = 200

#: What an address stands in, or ends with in a sentence.
_AROUND: Final = "<>()[]{}\"'«»‹›“”„‘’.,;:!?…*_`"  # noqa: RUF001 - quotes of phones
_EMAIL: Final = re.compile(r"[\w.!#$%&'*+=?^{|}~-]{1,64}@[\w-]+(?:\.[\w-]+)+")
#: Emoji and the like stand around it as well.
_SIGNS_AROUND: Final = re.compile(r"\A[^\w+]+|\W+\Z")
#: "mail:kim@eksempel.dk": the address begins behind the last of them.
_LABELLED: Final = re.compile(r"[^@]*:")
#: Telegram makes these into something that can be tapped.
_TAPPED: Final = re.compile(
    r"@|://|\bwww\.|(?<![\w/<>])/[^\W\d]|(?<!\w)[#$][^\W\d]|(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])"
    r"|\w\.(?:dk|com|net|org|info|me|io|eu|de|se|no|uk|fi|nl|fr|app|dev|biz|xyz|ru"
    r"|online|site|link|shop|chat|bot|gl|fo|is|pl|tv|co|to|cc|ai|gg|us|ly|be|рф|ch|it|es|at"
    r"|in|ca|au|jp|cn|kr|ua|lt|lv|ee|nu|ws|fm|club|store|page|blog|live|news|pro|one|top"
    r"|cloud|tech|space|website|fun|vip|gle|tel|mobi|name|edu|gov|int)(?!\w)",
    re.IGNORECASE,
)
_DIGIT: Final = re.compile(r"\d")
_INTRODUCED: Final = re.compile(
    r"\A(?:(?:hej|hi|hello)[\s,.!]+)?"
    r"(?:jeg hedder|mit navn er|(?:bare )?kald mig(?: bare)?"
    r"|(?:du|i) (?:kan|må)(?: gerne)? kalde mig|my name is|i am called|i['\u2019]m"
    r"|(?:you can |just )?call me)\s+(?=\S)",
    re.IGNORECASE,
)


def phone(text: str) -> str | None:
    """Accept the one phone number of a text, unless a CPR number stands there too."""
    number = numbers.phone(text)
    rest = numbers.without_phones(numbers.plain_digits(text))
    return number if number and not holds_cpr(rest) else None


def email(text: str) -> str | None:
    """Accept the one e-mail address of a text; None if there is none."""
    found = {address for word in text.split() if (address := _address(word))}
    return found.pop() if len(found) == 1 and not holds_cpr(text) else None


def _address(word: str) -> str | None:
    shown = _SIGNS_AROUND.sub("", word)
    address = _LABELLED.sub("", shown.strip(_AROUND)).strip(_AROUND)
    fits = _EMAIL.fullmatch(address) and len(address) <= _LONGEST_EMAIL
    return address if fits else None


def contact(text: str) -> str | None:
    """Accept a phone number or an e-mail address; of both, neither is chosen."""
    found = [way for way in (phone(text), email(text)) if way]
    return found[0] if len(found) == 1 else None


def name(text: str) -> str | None:
    """Accept the name that somebody would like to be called: letters, no address.

    "My name is" is taken off: the mediator calls nobody so.
    """
    text = _INTRODUCED.sub("", text)
    fits = 0 < len(text) <= _LONGEST_NAME and any(c.isalpha() for c in text)
    digits = numbers.plain_digits(text)
    is_other = _DIGIT.search(digits) or _leads_away(text)
    return text if fits and not is_other else None


def own_words(text: str, *, tells_hours: bool = False) -> str | None:
    """Accept a few words of the person's own: no CPR number and nothing to tap."""
    fits = 0 < len(text) <= _LONGEST_TEXT and any(c.isalnum() for c in text)
    is_other = _leads_away(text) or holds_cpr(text, tells_hours=tells_hours)
    return text if fits and not is_other else None


def month(text: str) -> str | None:
    """Accept a month with its year, unless a CPR number stands there too."""
    return None if holds_cpr(text) else month_in(text)


def refusal(wants: Input | None, text: str) -> MessageId | None:
    """Say why a text is not kept that this was asked for; None if nothing was."""
    if _is_refused_as_cpr(wants, text):
        return msg("common.cpr")
    if wants in {Input.PHONE, Input.CONTACT} and numbers.is_anonymous(text):
        return msg("input.refused.anonymous")
    return msg(f"input.refused.{wants}") if wants else None


def _is_refused_as_cpr(wants: Input | None, text: str) -> bool:
    """Tell whether it holds a CPR number; what is asked for is taken out before."""
    if wants in {Input.PHONE, Input.CONTACT}:
        return holds_cpr(numbers.without_phones(numbers.plain_digits(text)))
    return holds_cpr(text, tells_hours=wants is Input.TIMES)


def _leads_away(text: str) -> bool:
    return _TAPPED.search(seen(text)) is not None


ACCEPTS: dict[Input, Callable[[str], str | None]] = {
    Input.NAME: name,
    Input.PHONE: phone,
    Input.EMAIL: email,
    Input.CONTACT: contact,
    Input.TEXT: own_words,
    Input.TIMES: partial(own_words, tells_hours=True),
    Input.BIRTH: month,
}
