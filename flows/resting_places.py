"""Where people rest, and where they go on when the case moves beneath them."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final

from flows.always import AFTER_END, AFTER_FREEZE, EXCURSIONS
from flows.engine import start, state_at
from flows.meanwhile import Meanwhile
from flows.model import Flows, Frame, MessageId, Place, Position, State, msg
from flows.versions import exists

#: What somebody who is told how far they have come hears of a yes said elsewhere.
_WRITTEN_DOWN: Final = msg("consent.written_down_status")
_WRITTEN_DOWN_OF_PARENT: Final = msg("parental.written_down_status")


def said_since(
    state: State, meanwhile: AbstractSet[Meanwhile]
) -> tuple[MessageId, ...]:
    """Say what is told at a state by now: its own words, or the first that fit."""
    fitting = (one.says for one in state.instead if one.says and meanwhile >= one.when)
    return next(fitting, state.says)


def status_since(state: State, meanwhile: AbstractSet[Meanwhile]) -> MessageId | None:
    """Say how far somebody has come who rests here; None where the usual words hold."""
    fitting = (one.status for one in state.instead if meanwhile >= one.when)
    return next(filter(None, fitting), None)


def yes_since(
    state: State, meanwhile: AbstractSet[Meanwhile], *, is_holder: bool
) -> MessageId | None:
    """Tell of a yes that was written down; None for whoever rests on a yes anyway."""
    if rests_on_yes(state) or Meanwhile.WRITTEN_DOWN not in meanwhile:
        return None
    return _WRITTEN_DOWN_OF_PARENT if is_holder else _WRITTEN_DOWN


def rests_on_yes(state: State) -> bool:
    """Tell whether somebody rests here on a yes that may stand no more one day."""
    return state.moved_by(Meanwhile.YES_LAPSED) is not None


def is_without_yes(flows: Flows, position: Position) -> bool:
    """Tell whether somebody rests on a no or a wish to wait, perhaps below a screen."""
    return any(state.without_yes for state in _states(flows, position))


def waits_for_parents(flows: Flows, position: Position) -> bool:
    """Tell whether a child waits for its parents, perhaps below something else."""
    return any(state.awaits_parents for state in _states(flows, position))


def moved(flows: Flows, position: Position, by: Meanwhile) -> Position | None:
    """Lead on whoever stands where that leads on; None where nobody does.

    What was opened above it stays open and leads there.
    """
    to = {
        place: start(flows, into).place
        for place in position.places
        if exists(flows, place)
        if (into := state_at(flows, place).moved_by(by)) is not None
    }
    returns = tuple(
        Frame(to[frame.place]) if frame.place in to else frame
        for frame in position.returns
    )
    if position.place in to:
        return Position(to[position.place], returns=returns)
    return None if returns == position.returns else replace(position, returns=returns)


def _states(flows: Flows, position: Position) -> Iterator[State]:
    """Give the states in which a talk stands; one that a version took away is none."""
    kept = (place for place in position.places if exists(flows, place))
    return (state_at(flows, place) for place in kept)


def frozen(flows: Flows, position: Position) -> Position | None:
    """Let a parent's talk rest; None where it does already, or is at an end.

    What was opened above it stays open and leads to where the talk rests.
    """
    rest = frozen_place(flows)
    if rest in position.places or is_at_end(position):
        return None
    if position.place.dialogue in EXCURSIONS:
        return Position(position.place, returns=(Frame(rest),))
    return Position(rest)


def frozen_place(flows: Flows) -> Place:
    """Give where a parent's talk rests from the month in which the child turns 18."""
    return start(flows, AFTER_FREEZE).place


def is_at_end(position: Position) -> bool:
    """Tell whether a talk is at an end, perhaps below something that was opened."""
    return any(place.dialogue == AFTER_END.dialogue for place in position.places)
