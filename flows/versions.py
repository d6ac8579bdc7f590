"""How a talk that stands in an earlier version of a dialogue goes on in this one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from flows.engine import FlowError, start
from flows.model import Flows, Frame, Into, Place, Position

#: Leads a place of one version to where the next version goes on.
VersionMove = Callable[[Place], Into]
Moves = Mapping[tuple[str, int], VersionMove]


def offered_safely(place: Place) -> Into:
    """Under 18 a human had to go on alone; now those from 12 are asked further."""
    waits = place.state == "awaiting_human"
    return Into("offer", "ask_interest" if waits else place.state)


def asked_safely(_place: Place) -> Into:
    """Nobody had been asked whether it is safe; that comes before how to be reached."""
    return Into("safety")


def told_everything(place: Place) -> Into:
    """More has to be told, and understood, before anybody is asked for a yes.

    Who had said yes, or no, rests where they were, and may say it anew.
    """
    stays = place.state in {"consented", "declined"}
    return Into("consent", place.state) if stays else Into("programme")


def withdrawn_as_before(place: Place) -> Into:
    """Parents may now take back a withdrawal too; nothing else has changed."""
    return Into("closing", place.state)


#: For each dialogue and each version that it has left behind, a named function whose
#: docstring says what changed in the world. check.py asks for the missing ones.
MOVES: Moves = {
    ("offer", 1): offered_safely,
    ("intake", 1): asked_safely,
    ("consent", 1): told_everything,
    ("closing", 1): withdrawn_as_before,
}


class NoMove(FlowError):
    """A talk stands in an old version and nobody has said where it goes on."""


def renewed(
    flows: Flows, position: Position, version: int, moves: Moves = MOVES
) -> Position:
    """Bring a talk into the present versions; raises `NoMove` if a step is missing.

    What an old version left on the way back is dropped; a place that is waited for
    and is gone becomes the start of its dialogue.
    """
    place = position.place
    while version < flows[place.dialogue].version:
        move = moves.get((place.dialogue, version))
        if move is None:
            raise NoMove(f"{place.dialogue} {version} leads nowhere.")
        into = move(place)
        state = into.state or flows[into.dialogue].start.name
        is_same = into.dialogue == place.dialogue
        version = version + 1 if is_same else flows[into.dialogue].version
        place = Place(into.dialogue, state)
    return Position(
        place,
        tuple(kept for kept in position.trail if exists(flows, kept)),
        tuple(_frame(flows, frame) for frame in position.returns),
    )


def exists(flows: Flows, place: Place) -> bool:
    """Tell whether a place is still there."""
    flow = flows.get(place.dialogue)
    return flow is not None and place.state in {state.name for state in flow.states}


def missing(flows: Flows, moves: Moves = MOVES) -> tuple[str, ...]:
    """Say which versions nobody has said a word about, as sentences."""
    return tuple(
        f"{flow.id}: version {version} has no move to version {version + 1}."
        for flow in flows.values()
        for version in range(1, flow.version)
        if (flow.id, version) not in moves
    )


def _frame(flows: Flows, frame: Frame) -> Frame:
    trail = tuple(place for place in frame.trail if exists(flows, place))
    if exists(flows, frame.place):
        return replace(frame, trail=trail)
    return Frame(start(flows, Into(frame.place.dialogue)).place)
