"""What follows from an answer about consent, wherever and to whom it was given.

In the chat whoever had stopped is here again by any answer, also by one that is no
consent ("later", what a parent is to the child): they are talking to us.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flows.effects import ConsentState, Purpose
from flows.facts import Interest

#: What an answer to whether somebody would like to hear more says about that purpose;
#: "later" is neither a yes nor a no.
OF_INTEREST: Final[Mapping[Interest, ConsentState]] = {
    Interest.YES: ConsentState.GIVEN,
    Interest.NO: ConsentState.REFUSED,
}


@dataclass(frozen=True, slots=True)
class Consequences:
    """What an answer changes beside the record of it."""

    #: What is known by it of the interest; None where that stays what it was.
    interest: Interest | None = None
    #: Whoever had stopped is here again.
    brings_back: bool = False
    #: The links that a child has sent to its parents can be opened no more.
    closes_invitations: bool = False
    #: Nobody takes the place over from another account any more.
    closes_moves: bool = False
    #: A human has to make sure anew of whoever gave it.
    is_verified_anew: bool = False


NOTHING: Final = Consequences()
_OUT: Final = Consequences(
    interest=Interest.NO, closes_invitations=True, closes_moves=True
)
_IN: Final = Consequences(interest=Interest.YES, brings_back=True)
_HOLDER_OUT: Final = Consequences(closes_moves=True, is_verified_anew=True)

_OF: Final[Mapping[tuple[Purpose, ConsentState], Consequences]] = {
    (Purpose.HEAR_MORE, ConsentState.GIVEN): _IN,
    (Purpose.HEAR_MORE, ConsentState.REFUSED): _OUT,
    # Who takes part would like to hear more; who does not may still like to.
    (Purpose.TAKE_PART, ConsentState.GIVEN): _IN,
    (Purpose.TAKE_PART, ConsentState.REFUSED): Consequences(
        closes_invitations=True, closes_moves=True
    ),
    (Purpose.TAKE_PART, ConsentState.WITHDRAWN): _OUT,
    (Purpose.PARENTAL_TAKE_PART, ConsentState.GIVEN): Consequences(
        brings_back=True, is_verified_anew=True
    ),
    (Purpose.PARENTAL_TAKE_PART, ConsentState.REFUSED): _HOLDER_OUT,
    (Purpose.PARENTAL_TAKE_PART, ConsentState.WITHDRAWN): _HOLDER_OUT,
    # What is said again to the mediator in person is no new answer to make sure of.
    (Purpose.PARENTAL_TAKE_PART, ConsentState.EXPIRED): Consequences(
        is_verified_anew=True
    ),
}


def consequences(purpose: Purpose, state: ConsentState) -> Consequences:
    """Say what follows from an answer to a purpose; of the notice on data, nothing."""
    return _OF.get((purpose, state), NOTHING)
