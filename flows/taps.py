"""What a button carries back: short texts, written and read here alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.always import Always
from flows.model import Flow

#: Telegram carries no more in a button.
LONGEST_TAP = 64
#: Room that check.py keeps for the two numbers that grow while people talk.
HIGHEST_TALK = 999
HIGHEST_STEP = 99_999

_NAME = "[a-z0-9_]+"
_NUMBER = "(?:0|[1-9][0-9]{0,8})"
_ANSWER = re.compile(
    rf"a\|({_NUMBER})\|({_NAME})\|({_NUMBER})\|({_NAME})\|({_NAME})\|({_NUMBER})"
)
_ALWAYS = re.compile(rf"!({'|'.join(Always)})\|({_NUMBER})")
_STAFF = re.compile(r"take\|([A-Za-z0-9-]{1,59})")


@dataclass(frozen=True, slots=True)
class AnswerTap:
    """An answer to the question that a talk stood on when the button was sent."""

    talk: int
    dialogue: str
    version: int
    state: str
    answer: str
    #: How many steps the talk had taken; tells an old button from a new one.
    step: int


@dataclass(frozen=True, slots=True)
class AlwaysTap:
    """An action that acts from any button, however old."""

    action: Always
    talk: int


@dataclass(frozen=True, slots=True)
class StaffTap:
    """A mediator takes the case with this reference."""

    reference: str


ButtonTap = AnswerTap | AlwaysTap | StaffTap


def answer_tap(talk: int, flow: Flow, state: str, answer: str, step: int) -> str:
    """Write what the button of an answer carries."""
    return f"a|{talk}|{flow.id}|{flow.version}|{state}|{answer}|{step}"


def always_tap(action: Always, talk: int) -> str:
    """Write what the button of an action that is always open carries."""
    return f"!{action}|{talk}"


def staff_tap(reference: str) -> str:
    """Write what the button "Take the case" carries."""
    return f"take|{reference}"


def parse_tap(text: str) -> ButtonTap | None:
    """Read what a button carried; None if we never wrote such a button."""
    if found := _ANSWER.fullmatch(text):
        talk, dialogue, version, state, answer, step = found.groups()
        return AnswerTap(int(talk), dialogue, int(version), state, answer, int(step))
    if found := _ALWAYS.fullmatch(text):
        return AlwaysTap(Always(found[1]), int(found[2]))
    if found := _STAFF.fullmatch(text):
        return StaffTap(found[1])
    return None
