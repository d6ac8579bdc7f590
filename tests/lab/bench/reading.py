"""How long one text can keep the bot, whatever is in it."""

import time
from dataclasses import dataclass
from typing import Final

from bot.catalogue import load
from bot.chat.inputs import ACCEPTS, refusal
from bot.chat.words import vocabulary
from bot.storage.links import token_in
from flows.model import Input
from flows.words.characters import TypedText
from flows.words.reading import LONGEST_TEXT, Asked, Words, read
from tests.lab.bench.hostile import hostile

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
    """Read texts with each input that can be asked for, and with none.

    What is done with a text that cannot be used counts as well: it is looked through
    for a letter's code, and for a CPR number.
    """
    words = vocabulary(load()).words
    for text in hostile(_WARM):
        _slowest(text, words)
    found = sorted(_slowest(text, words) for text in hostile(many))
    at = {part: found[int(part * (len(found) - 1))] for part in (0.5, 0.99)}
    return Reading(many, at[0.5], at[0.99], found[-1])


def _asked(wants: Input | None) -> Asked:
    answers = (("yes", frozenset({"ja"})), ("no", frozenset({"nej"})))
    accepts = ACCEPTS[wants] if wants else None
    return Asked(answers, accepts=accepts, is_for_name=wants is Input.NAME)


def _slowest(text: str, words: Words) -> float:
    is_long = len(text) > LONGEST_TEXT  # too long for what is asked for
    inputs = (None,) if is_long else (None, *sorted(ACCEPTS))
    return max(_spent(text, one, words) for one in inputs)


def _spent(text: str, wants: Input | None, words: Words) -> float:
    tries, asked = [], _asked(wants)
    for _ in range(_TRIES):
        began = time.thread_time()
        # As the bot hears it: each of the three asks what can be seen of it.
        heard = TypedText(text)
        token_in(heard)
        read(heard, asked, words)
        refusal(wants, heard)
        tries.append((time.thread_time() - began) * 1000)
    return min(tries)
