"""The closed loop: so many chats at once, each going on when it is answered."""

import time
from dataclasses import dataclass
from typing import Any, Final

from tests.lab.bench.installing import Bots, Installation
from tests.lab.bench.people import People

CHATS: Final = (1, 16, 64)
#: Seconds in which everything becomes warm and nothing is measured.
_WARM: Final = 0.4
#: Each chat makes so many turns at least, or a slow bot is measured by chance.
_EACH: Final = 4
#: Seconds after which that is given up.
_LONGEST: Final = 20.0
_EVERYBODY: Final = range(1, max(CHATS) + 1)
_FIRST: Final = range(1)


@dataclass(frozen=True)
class Cell:
    """One bot with so many chats at once; milliseconds."""

    chats: int
    turns_per_second: float
    p50: float
    p99: float
    calls: float
    cpu: float


@dataclass(frozen=True)
class Round:
    """One start of a bot, with every number of chats in turn."""

    cells: list[Cell]
    #: Seconds from the start of the process to the first answer.
    first_reply: float
    #: Megabytes after the first answer, and at the end.
    resident: tuple[float, float]


def one_round(bot: Installation, seconds: float) -> Round:
    """Start a bot and measure it with 1, 16 and 64 chats."""
    people, row = bot.people, bot.row
    people.write(_FIRST, row.opening[0])
    with bot.running() as bots:
        people.are_answered()
        replied = people.answered()[0] or 0.0
        small = bots.resident()
        people.open(_EVERYBODY, row.opening)
        cells = [_cell(bot, bots, chats, seconds) for chats in CHATS]
        return Round(cells, replied - bots.began(), (small, bots.resident()))


def _cell(bot: Installation, bots: Bots, chats: int, seconds: float) -> Cell:
    people = bot.people
    people.stand_in_line(range(1, chats + 1))
    people.do("measure")
    people.go(chats, bot.row.word)
    _turns(people, _WARM, chats)
    people.do("measure")
    used = bots.cpu()
    told = _turns(people, seconds, _EACH * chats)
    used = bots.cpu() - used
    people.are_quiet()
    turns = told["turns"]
    return Cell(
        chats=chats,
        turns_per_second=turns / told["seconds"],
        p50=told["turn"]["p50"] * 1000,
        p99=told["turn"]["p99"] * 1000,
        calls=sum(told["calls"].values()) / turns,
        cpu=used / turns * 1000,
    )


def _turns(people: People, seconds: float, least: int) -> Any:  # noqa: ANN401 - JSON
    """Let turns be made for so long, and so many of them; give the figures."""
    time.sleep(seconds)
    limit = time.monotonic() + _LONGEST
    while (told := people.do("figures"))["turns"] < least:
        if time.monotonic() > limit:
            raise TimeoutError(f"Only {told['turns']} turns were made.")
        time.sleep(0.02)
    return told
