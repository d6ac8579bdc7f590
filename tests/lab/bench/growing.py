"""Turn time with many stored people and with few, side by side."""

import shutil
import statistics
import time
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

from tests.lab.bench.filling import fill
from tests.lab.bench.installing import Installation, Site
from tests.lab.bench.rows import SQLITE

FEW: Final = 1000
#: Those who act; all the others only lie there.
_ACTORS: Final = range(1, 201)
_AT_ONCE: Final = 16
_WINDOWS: Final = 7
#: Somebody who has never written.
_STRANGER: Final = range(9001, 9002)


@dataclass(frozen=True)
class Grown:
    """What so many stored people cost; milliseconds and seconds."""

    people: int
    turn: float
    first_reply: float
    #: Megabytes of both files.
    stored: float


def grown(site: Site, many: int, seconds: float) -> list[Grown]:
    """Measure a turn with few stored people and with many, in turns."""
    small, large = _twins(site)
    fill(small.folder, FEW)
    fill(large.folder, many)
    with ExitStack() as stack:
        replies = []
        for bot in (small, large):
            bot.people.write(_STRANGER, bot.row.opening[0])
            bots = stack.enter_context(bot.running())
            bot.people.are_answered()
            replies.append((bot.people.answered()[0] or 0.0) - bots.began())
            bot.people.stand_in_line(_ACTORS)
            _turn(bot, seconds)  # becomes warm
        windows = [
            (_turn(small, seconds), _turn(large, seconds)) for _ in range(_WINDOWS)
        ]
    turns = [statistics.median(found) for found in zip(*windows, strict=True)]
    sizes = [_stored(bot) for bot in (small, large)]
    return [
        Grown(*found) for found in zip((FEW, many), turns, replies, sizes, strict=True)
    ]


def _twins(site: Site) -> tuple[Installation, Installation]:
    """Make two installations that know the same people, in the same talks."""
    small, large = site.install(SQLITE), site.install(SQLITE)
    with small.running() as bots:
        small.people.open(_ACTORS, small.row.opening)
        bots.end()
    for file in ("konfliktraad.db", "keys.db", "konfliktraad.key"):
        shutil.copy(small.folder / file, large.folder / file)
    small.people.do("copy", to=large.people.token)
    return small, large


def _turn(bot: Installation, seconds: float) -> float:
    """Tell how long a person waits for the next question, in milliseconds."""
    bot.people.do("measure")
    bot.people.go(_AT_ONCE, None)
    time.sleep(seconds)
    bot.people.are_quiet()
    return float(bot.people.do("figures")["turn"]["p50"]) * 1000


def _stored(bot: Installation) -> float:
    files = bot.folder.glob("*.db")
    return sum(file.stat().st_size for file in files) / 1e6
