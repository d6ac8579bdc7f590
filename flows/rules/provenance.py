"""Whose words a message holds, and to what they were said: what of it may act.

What protects acts whatever the origin: words of danger are heard, hiding covers the
chat, and who may have said stop is at least asked. An answer counts only for what this
person has seen and said themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from flows.always import Always
from flows.model import MessageId, msg
from flows.words.reading import Reading, StopWish, Unclear, Wanted

#: Seconds after which a typed word can be an answer to a strict question. Telegram
#: dates in whole seconds: what is said to come two later has come one later at least.
READING_TIME: Final = 2


class Origin(StrEnum):
    """Where a message comes from, and what it was said to."""

    OWN = "own"
    """The person's own fresh words, to the question that is open."""
    EARLY = "early"
    """Own words that came before the question, or too soon to have read it."""
    SCHEDULED = "scheduled"
    """Own words that the phone sent by itself, at a time that was set before."""
    ELSEWHERE = "elsewhere"
    """Own words, as a reply to something else than the open question."""
    EDITED = "edited"
    """Own words that take the place of others."""
    FORWARDED = "forwarded"
    """Words that were sent on: somebody else's, or said elsewhere."""
    THROUGH_BOT = "through_bot"
    """Words that a bot or an app has written."""


@dataclass(frozen=True, slots=True)
class May:
    """What may act of a message, beside what protects; and what is said instead."""

    #: A stop acts at once; otherwise the person is asked.
    stops_at_once: bool
    #: The rest that is always open acts, a letter opens, a question is answered.
    opens: bool
    #: An answer counts.
    answers: bool
    #: What the person hears whose answer does not count.
    instead: MessageId | None


_EARLY: Final = msg("common.early")
_NOT_OWN: Final = msg("common.not_own")

#: What may act, by where a message comes from.
MAY: Final[Mapping[Origin, May]] = MappingProxyType(
    {
        Origin.OWN: May(stops_at_once=True, opens=True, answers=True, instead=None),
        Origin.EARLY: May(
            stops_at_once=True, opens=True, answers=False, instead=_EARLY
        ),
        Origin.SCHEDULED: May(
            stops_at_once=True, opens=True, answers=False, instead=_EARLY
        ),
        Origin.ELSEWHERE: May(
            stops_at_once=True,
            opens=True,
            answers=False,
            instead=msg("common.elsewhere"),
        ),
        Origin.EDITED: May(
            stops_at_once=True, opens=False, answers=False, instead=msg("common.edited")
        ),
        Origin.FORWARDED: May(
            stops_at_once=False, opens=False, answers=False, instead=_NOT_OWN
        ),
        Origin.THROUGH_BOT: May(
            stops_at_once=False, opens=False, answers=False, instead=_NOT_OWN
        ),
    }
)


def as_said(reading: Reading, origin: Origin) -> Reading:
    """Give a reading as its origin lets it act: a stop that may not, is asked about.

    What only may mean one is nothing of the person's where they have not written it.
    """
    if MAY[origin].stops_at_once:
        return reading
    match reading:
        case Wanted(Always.WITHDRAW) | StopWish(is_plain=True):
            return StopWish(is_plain=False)
        case StopWish():
            return Unclear()
        case _:
            return reading
