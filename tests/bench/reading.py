"""How long one text can keep the bot, whatever is in it."""

import time
from dataclasses import dataclass
from typing import Final

from bot.catalogue import load
from bot.chat.inputs import ACCEPTS
from bot.chat.words import vocabulary
from flows.model import Input
from flows.reading import LONGEST_TEXT, Asked, Words, read
from tests.bench.hostile import hostile

#: The machine may do something else meanwhile: the best of so many tries counts.
_TRIES: Final = 3
_WARM: Final = 50


@dataclass(frozen=True)
class Reading:
    """How long hostile texts took to be read; milliseconds of the processor."""

    texts: int
    p50: float
    p99: float
    slowest: float


def reading(many: int) -> Reading:
    """Read texts with each input that can be asked for, and with none."""
    words = vocabulary(load()).words
    asked = [_asked(None), *map(_asked, sorted(ACCEPTS))]
    for text in hostile(_WARM):
        _slowest(text, asked, words)
    found = sorted(_slowest(text, asked, words) for text in hostile(many))
    at = {part: found[int(part * (len(found) - 1))] for part in (0.5, 0.99)}
    return Reading(many, at[0.5], at[0.99], found[-1])


def _asked(wants: Input | None) -> Asked:
    answers = (("yes", frozenset({"ja"})), ("no", frozenset({"nej"})))
    accepts = ACCEPTS[wants] if wants else None
    return Asked(answers, accepts=accepts, is_for_name=wants is Input.NAME)


def _slowest(text: str, asked: list[Asked], words: Words) -> float:
    if len(text) > LONGEST_TEXT:
        asked = asked[:1]  # too long for what is asked for
    return max(_spent(text, one, words) for one in asked)


def _spent(text: str, asked: Asked, words: Words) -> float:
    tries = []
    for _ in range(_TRIES):
        began = time.thread_time()
        read(text, asked, words)
        tries.append((time.thread_time() - began) * 1000)
    return min(tries)
