"""Whether somebody can cover the chat at once while others send what they can."""

import time
from dataclasses import dataclass
from itertools import islice
from typing import Final

from tests.lab.bench.hostile import hostile
from tests.lab.bench.installing import Installation
from tests.lab.bench.people import People, until

#: So many accounts send one hostile text a second each.
HOSTILE: Final = range(1, 13)
_HIDING: Final = range(101, 221)
#: Somebody hides right behind every third of their texts.
_BETWEEN: Final = 3
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
    """Let one after the other hide, while the others write once a second in turn."""
    found, began, left = [], time.monotonic(), list(who)
    for tick in range(len(who) * _BETWEEN):
        time.sleep(max(0.0, began + tick / len(HOSTILE) - time.monotonic()))
        if texts:
            account = HOSTILE[tick % len(HOSTILE)]
            people.write(range(account, account + 1), texts.pop(), anew=False)
        if tick % _BETWEEN == 0:
            found.append(_hiding(people, left.pop()))
    return sorted(found)


def _hiding(people: People, number: int) -> float:
    began = time.monotonic()
    people.write(range(number, number + 1), _WORD)
    until(lambda: people.answered()[0] is not None, "Nobody covered the chat.")
    return ((people.answered()[0] or 0.0) - began) * 1000


def _parts(found: list[float]) -> tuple[float, float]:
    return found[len(found) // 2], found[int(0.99 * (len(found) - 1))]
