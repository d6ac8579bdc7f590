"""Whether somebody can cover the chat at once while others send what they can."""

import time
from dataclasses import dataclass
from itertools import islice
from typing import Final

from tests.bench.hostile import hostile
from tests.bench.installing import Installation
from tests.bench.people import People, until

#: So many accounts send one hostile text a second each.
HOSTILE: Final = range(1, 13)
_HIDING: Final = range(101, 161)
_A_SECOND: Final = 4
_WORD: Final = "hide"


@dataclass(frozen=True)
class Crowded:
    """How soon a chat is covered; milliseconds from the word to the neutral line."""

    hidings: int
    quiet_p50: float
    quiet_p99: float
    p50: float
    p99: float

    @property
    def delay(self) -> float:
        """Tell by how much the others hold somebody up."""
        return self.p99 - self.quiet_p99


def crowded(bot: Installation) -> Crowded:
    """Let people hide, each once: half of them in quiet, half beside the others."""
    people, half = bot.people, len(_HIDING) // 2
    with bot.running() as bots:
        people.open(HOSTILE, bot.row.opening)
        people.open(_HIDING, bot.row.opening)
        quiet = _hidings(people, _HIDING[:half], [])
        loud = _hidings(people, _HIDING[half:], list(islice(hostile(400), 400)))
        bots.end()
    return Crowded(half, *_parts(quiet), *_parts(loud))


def _hidings(people: People, who: range, texts: list[str]) -> list[float]:
    """Let one after the other hide, right after what the others have sent."""
    found, began = [], time.monotonic()
    for turn, number in enumerate(who):
        time.sleep(max(0.0, began + turn / _A_SECOND - time.monotonic()))
        if texts and turn % _A_SECOND == 0:
            for account in HOSTILE:
                people.write(range(account, account + 1), texts.pop(), anew=False)
        found.append(_hiding(people, number))
    return sorted(found)


def _hiding(people: People, number: int) -> float:
    began = time.monotonic()
    people.write(range(number, number + 1), _WORD)
    until(lambda: people.answered()[0] is not None, "Nobody covered the chat.")
    return ((people.answered()[0] or 0.0) - began) * 1000


def _parts(found: list[float]) -> tuple[float, float]:
    return found[len(found) // 2], found[int(0.99 * (len(found) - 1))]
