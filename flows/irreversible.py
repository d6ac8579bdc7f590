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
    Reason,
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
)


def lasts(effect: Effect) -> bool:
    """Tell whether "back" leads nowhere after this.

    Who names a close tie, or gives an answer that a human must look at, does not
    undo it by trying another one; who chose a harmless answer may still go back.
    """
    match effect:
        case TieGiven(tie):
            return tie.is_close
        case HumanRequested(reason):
            return reason is not Reason.ASKED_FOR
        case _:
            return isinstance(effect, _LASTING)
