"""The open loop: turns come at a steady rate, whether the bot keeps up or not."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tests.lab.bench.installing import NO_LIMITS, Installation

RATE: Final = 20.0
_FITTING: Final = 14.0
#: So many that the limit of one chat does not bind: each acts every twelve seconds.
_PEOPLE: Final = range(1, 241)
_DEFAULT: Final = dict.fromkeys(NO_LIMITS, "")


@dataclass(frozen=True)
class Steady:
    """How soon people see something; milliseconds from the update's handing out."""

    limits: str
    rate: float
    turns: int
    #: To the first change in the chat: an edit or a new message.
    visible: Mapping[str, float]
    #: To the answer of the tap, which stops its button from turning.
    answered: Mapping[str, float]
    not_offered: int


def unlimited(bot: Installation, seconds: float) -> list[Steady]:
    """Offer turns to a bot that sends as fast as it can; it knows everybody then."""
    with bot.running() as bots:
        bot.people.open(_PEOPLE, bot.row.opening)
        found = _offer(bot, "none", RATE, seconds)
        bots.end()
    return [found]


def limited(bot: Installation, seconds: float) -> list[Steady]:
    """Offer turns to a bot with the default limits, which knows everybody.

    It may send 30 a second, and a turn is an edit and a message: what is offered last
    is a rate that fits in.
    """
    usual = bot.with_settings(_DEFAULT)
    found = []
    for rate, part in ((RATE, 1.0), (_FITTING, 0.4)):
        with usual.running() as bots:
            found.append(_offer(usual, "default", rate, seconds * part))
            bots.end()
    return found


def _offer(bot: Installation, limits: str, rate: float, seconds: float) -> Steady:
    people = bot.people
    people.stand_in_line(_PEOPLE)
    people.do("offer", rate=rate, seconds=2.0)
    time.sleep(3.0)
    people.are_quiet()
    people.do("measure")
    people.do("offer", rate=rate, seconds=seconds)
    time.sleep(seconds)
    people.are_quiet()
    told = people.do("figures")
    spans = {
        name: {part: value * 1000 for part, value in told[name].items()}
        for name in ("visible", "answered")
    }
    return Steady(limits, rate, told["turns"], not_offered=told["not_offered"], **spans)
