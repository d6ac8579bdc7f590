"""Where a talk goes on once a mediator has the case."""

from __future__ import annotations

from dataclasses import replace

from flows.model import Frame, Place, Position

#: A child who has said yes waits here for its parents.
_WAITS = Place("child", "awaiting_parents")
#: Everybody else who has said yes rests here; so does the child, as nobody is awaited.
_RESTS = Place("consent", "consented")


def handed_over(position: Position) -> Position | None:
    """Give the place of a child who waits no more; None for whoever did not wait."""
    places = (position.place, *(frame.place for frame in position.returns))
    if _WAITS not in places:
        return None
    returns = tuple(_frame(frame) for frame in position.returns)
    if position.place == _WAITS:
        return Position(_RESTS, returns=returns)
    return replace(position, returns=returns)


def _frame(frame: Frame) -> Frame:
    return Frame(_RESTS) if frame.place == _WAITS else frame
