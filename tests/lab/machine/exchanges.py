"""Of which question a word about consent is the answer: told by phones and calls alone.

Neither the program's reading of a message nor its notes are asked, only what Telegram
was sent, and what people did.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.simulator.journal import Call
from bot.storage.tables import ConsentEvent
from flows.taps import AnswerTap, parse_tap
from tests.lab.machine.deeds import THEIR_OWN, Deed, How
from tests.lab.machine.texts import MAY_STOP, STOPS

#: Where each purpose is asked about.
ASKED_IN: Final[Mapping[str, frozenset[str]]] = {
    "hear_more": frozenset({"offer.ask_interest", "referral.ask_interest"}),
    "data_notice": frozenset({"consent.ask_data", "parental.ask_data"}),
    "take_part": frozenset({"consent.ask_take_part"}),
    "parental_take_part": frozenset({"parental.ask_take_part"}),
}
#: So many seconds later by Telegram's dates, whoever types can have read what is asked.
_READ: Final = 2
#: So many words are more than one that slipped out.
_SAYS_MORE: Final = 3


@dataclass(frozen=True)
class Screen:
    """A message with buttons that stands in a chat, and the question that they answer.

    That is none where they only do what is always open.
    """

    number: int
    at: datetime
    question: str | None


def screen(call: Call) -> Screen | None:
    """Read what was sent; None for what has no buttons, or never arrived."""
    markup: Any = call.params.get("reply_markup") or "{}"
    rows = json.loads(markup).get("inline_keyboard", ())
    if not (call.ok and call.method == "sendMessage" and rows):
        return None
    sent: Any = call.result
    taps = (
        parse_tap(button.get("callback_data", "")) for row in rows for button in row
    )
    asked = (f"{t.dialogue}.{t.state}" for t in taps if isinstance(t, AnswerTap))
    return Screen(sent["message_id"], call.at, next(asked, None))


def answer(
    word: ConsentEvent, purpose: str, deeds: Iterable[Deed], screens: Sequence[Screen]
) -> Deed | None:
    """Find what somebody did that gave a word; None if they did nothing of the kind."""
    for deed in deeds:
        asked = _asked(deed, screens)
        if (
            asked is not None
            and asked.question in ASKED_IN[purpose]
            and (word.question_number, word.answer_number)
            == (asked.number, deed.number)
        ):
            return deed
    return None


def takes_back(deed: Deed, screens: Sequence[Screen], *, is_covered: bool) -> bool:
    """Tell whether what somebody did can have taken a yes of theirs back.

    In a covered chat nobody can be asked: what only may mean a stop acts, where more
    is said than a word.
    """
    if deed.how not in THEIR_OWN:
        return False
    asked = _asked(deed, screens)
    is_asked = asked is not None and asked.question == "stopping.ask_stop"
    saying_more = (one for one in MAY_STOP if len(one.split()) >= _SAYS_MORE)
    may_stop = any(one in deed.text for one in saying_more)
    is_meant = deed.text in STOPS or (is_covered and may_stop)
    return deed.how is How.TAP or is_meant or is_asked


def _asked(deed: Deed, screens: Sequence[Screen]) -> Screen | None:
    """Find the question that a deed can have answered."""
    if deed.how is How.TAP:
        tapped = (one for one in screens if one.number == deed.to)
        return next(tapped, None)
    if deed.how not in {How.OWN, How.REPLY} or deed.number is None:
        return None
    stood = [one for one in screens if one.number < deed.number]
    if not stood or _dated(deed.at) - _dated(stood[-1].at) < _READ:
        return None
    asked = stood[-1]
    copies = {one.number for one in stood if one.question == asked.question}
    return None if deed.how is How.REPLY and deed.to not in copies else asked


def _dated(moment: datetime) -> int:
    """Give the date that Telegram puts on a message: in whole seconds."""
    return int(moment.timestamp())
