"""What is not undone by going back."""

from __future__ import annotations

from flows.effects import (
    BirthGiven,
    ConsentGiven,
    ConsentRefused,
    Effect,
    HumanRequested,
    InterestGiven,
    LetterAccepted,
    LetterRefused,
    StaffJoined,
    TieGiven,
    Understood,
    Withdrew,
)

#: Each of these is said anew, or settled by a human, never taken back by "back".
_LASTING = (
    LetterAccepted,
    LetterRefused,
    StaffJoined,
    InterestGiven,
    BirthGiven,
    Understood,
    ConsentGiven,
    ConsentRefused,
    Withdrew,
    HumanRequested,
)


def lasts(effect: Effect) -> bool:
    """Tell whether "back" leads nowhere after this.

    Who names a close tie does not undo it by trying another answer; who named
    another one first may still go back and name the close one.
    """
    is_close = isinstance(effect, TieGiven) and effect.tie.is_close
    return is_close or isinstance(effect, _LASTING)
