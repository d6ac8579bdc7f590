"""Where people rest, and where they go on when the case moves beneath them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from flows.always import AFTER_END, EXCURSIONS
from flows.model import Frame, MessageId, Place, Position, msg

#: A child who has said yes waits here for its parents.
_WAITS: Final = Place("child", "awaiting_parents")
#: Everybody else who has said yes rests here.
_CONSENTED: Final = Place("consent", "consented")

#: Where people rest on their yes, and where the question stands.
QUESTIONS: Final[Mapping[Place, Place]] = {
    _CONSENTED: Place("consent", "ask_take_part"),
    _WAITS: Place("consent", "ask_take_part"),
    Place("parental", "stated"): Place("parental", "ask_take_part"),
}

#: Where a parent's talk rests from the month in which the child turns 18.
FROZEN: Final = Place("parental", "frozen")


_AWAITS_HUMAN: Final = Place("human", "awaiting_human")
_STATED: Final = Place("parental", "stated")
_WITHDRAWN: Final = Place("closing", "withdrawn")


@dataclass(frozen=True, slots=True)
class Since:
    """What has happened since somebody came to rest, as far as they may know."""

    #: A mediator has the case.
    is_claimed: bool = False
    #: The case is over while a mediator had it, and its parties may know.
    is_over: bool = False
    #: A human has made sure who this parent is.
    is_verified: bool = False
    #: A human has looked at all for which this person waits.
    is_looked_at: bool = False


def said_since(place: Place, since: Since) -> tuple[MessageId, ...] | None:
    """Say what is told at a place of rest now; None where its own words still hold."""
    match place:
        case _ if place == _WITHDRAWN and since.is_over:
            return (msg("closing.withdrawn"), msg("closing.withdrawn_over"))
        case _ if place == _AWAITS_HUMAN and since.is_looked_at:
            return (msg("human.looked_at"), msg("human.offices"))
        case _ if place == _CONSENTED and since.is_claimed:
            return (msg("consent.claimed"),)
        case _ if place == _STATED and since.is_claimed:
            return (msg("parental.claimed"),)
        case _ if place == _STATED and since.is_verified:
            return (msg("parental.verified"),)
        case _:
            return None


def status_since(place: Place, since: Since) -> MessageId | None:
    """Say how far somebody has come who rests here; None where the usual words hold."""
    is_settled = place == _AWAITS_HUMAN and since.is_looked_at
    return msg("human.looked_at_status") if is_settled else None


def asked_again(position: Position) -> Position | None:
    """Put the question where somebody rests on a yes that has run out; else None."""
    return _led_on(position, QUESTIONS)


def handed_over(position: Position) -> Position | None:
    """Let a child whose case has a mediator wait no more; None for whoever did not."""
    return _led_on(position, {_WAITS: _CONSENTED})


def frozen(position: Position) -> Position | None:
    """Let a parent's talk rest; None where it does already, or is at an end.

    What was opened above it stays open and leads to where the talk rests.
    """
    if FROZEN in position.places or is_at_end(position):
        return None
    if position.place.dialogue in EXCURSIONS:
        return Position(position.place, returns=(Frame(FROZEN),))
    return Position(FROZEN)


def is_at_end(position: Position) -> bool:
    """Tell whether a talk is at an end, perhaps below something that was opened."""
    return any(place.dialogue == AFTER_END.dialogue for place in position.places)


def _led_on(position: Position, to: Mapping[Place, Place]) -> Position | None:
    """Lead whoever rests at one of these places to another; None where nobody does.

    What was opened above it stays open and leads there.
    """
    returns = tuple(
        Frame(to[frame.place]) if frame.place in to else frame
        for frame in position.returns
    )
    if position.place in to:
        return Position(to[position.place], returns=returns)
    return None if returns == position.returns else replace(position, returns=returns)
