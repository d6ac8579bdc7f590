"""Where somebody is asked anew whose yes has run out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flows.model import Frame, Place, Position

_PARTY = Place("consent", "ask_take_part")
_PARENT = Place("parental", "ask_take_part")

#: Where people rest on their yes, and where the question stands.
QUESTIONS: Mapping[Place, Place] = {
    Place("consent", "consented"): _PARTY,
    Place("child", "awaiting_parents"): _PARTY,
    Place("parental", "stated"): _PARENT,
}


def asked_again(position: Position) -> Position | None:
    """Put the question where somebody rests on a yes; None if nobody does here.

    What was opened above it stays open and leads back to the question.
    """
    if position.place in QUESTIONS:
        return Position(QUESTIONS[position.place], (), position.returns)
    frames = tuple(map(_asked, position.returns))
    return None if frames == position.returns else replace(position, returns=frames)


def _asked(frame: Frame) -> Frame:
    question = QUESTIONS.get(frame.place)
    return frame if question is None else Frame(question)
