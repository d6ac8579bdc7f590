"""What each reason for a human brings about: one row each.

A reason without a row, or a row without one of its properties, does not type-check.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cache
from typing import Final, assert_never

from flows.effects import Reason
from flows.model import MessageId, msg


class SettledBy(Enum):
    """What it takes to settle a reason."""

    WORD = auto()
    """Somebody of the staff says that it was looked at."""
    VERIFICATION = auto()
    """Somebody makes sure who a parent is, and no word will do."""
    OWN_YES = auto()
    """The person's own later yes, in the chat or recorded after a call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """How a reason for a human is handled, from the moment in which it is so."""

    #: It is raised as soon as it is so: a parent waits for an answer. Else it is when
    #: everybody is willing.
    at_once: bool
    #: It comes of an answer that stopping, and answering anew, does not undo.
    lasts: bool
    #: Whoever it is about goes on only when it is settled.
    holds_up: bool
    #: A victim may have told of danger from the other person.
    is_danger: bool
    #: The person has asked for a human.
    is_wish: bool
    #: The person knows that a human looks at it, though it holds nobody up.
    is_known: bool
    #: It is settled by itself, never together with all that waits.
    is_settled_alone: bool
    #: It rests on what the police know: no stop makes it open again.
    is_of_police: bool
    settled_by: SettledBy
    #: What the person is told, and led on with, when it is settled; None where a human
    #: tells them, or nobody waits.
    told: MessageId | None


#: Tells a person that a human has looked, and that they can go on.
LEADS_ON: Final = msg("notice.cleared")

#: A person's own answer, which holds them up until a human has looked at it.
_ANSWERED: Final = Handling(
    at_once=False,
    lasts=True,
    holds_up=True,
    is_danger=False,
    is_wish=False,
    is_known=False,
    is_settled_alone=False,
    is_of_police=False,
    settled_by=SettledBy.WORD,
    told=LEADS_ON,
)
#: What a human has to see to, who tells the person, if anybody does.
_SEEN_TO: Final = replace(_ANSWERED, lasts=False, told=None)
#: What a human looks at while everybody goes on.
_LOOKED_AT: Final = replace(_SEEN_TO, holds_up=False)
#: The same, while a parent waits for an answer.
_LOOKED_AT_NOW: Final = replace(_LOOKED_AT, at_once=True)

#: What nobody but the person answers, at a later time.
_FOR_THE_PERSON: Final = replace(
    _ANSWERED, lasts=False, is_settled_alone=True, settled_by=SettledBy.OWN_YES
)
#: Who somebody is.
_TO_VERIFY: Final = replace(
    _LOOKED_AT_NOW, is_settled_alone=True, settled_by=SettledBy.VERIFICATION
)


@cache
def handling(reason: Reason) -> Handling:  # noqa: C901, PLR0911 - a row each
    """Tell how a reason is handled."""
    match reason:
        case Reason.ORDERS | Reason.FEAR | Reason.CLOSE_RELATION:
            return replace(_ANSWERED, is_danger=True, is_settled_alone=True)
        case (
            Reason.RELATION_UNKNOWN
            | Reason.NOT_UNDERSTOOD
            | Reason.AGE_UNCLEAR
            | Reason.HOLDERS_UNCLEAR
            | Reason.HOLDERS_UNWELCOME
        ):
            return _ANSWERED
        case Reason.CONFESSION_UNCLEAR:
            return _FOR_THE_PERSON
        case Reason.CONFESSION_UNCHECKED:
            return replace(_LOOKED_AT, is_of_police=True)
        case Reason.DATA_NOTICE_REFUSED | Reason.TALK_FIRST:
            is_wish = reason is Reason.TALK_FIRST
            return replace(_ANSWERED, lasts=False, is_wish=is_wish)
        case (
            Reason.MINOR
            | Reason.SELF_REFERRAL
            | Reason.SEVERAL_PARTIES
            | Reason.RELATION_DIFFERS
        ):
            return _SEEN_TO
        case Reason.ASKED_FOR:
            return replace(_LOOKED_AT, is_wish=True, is_known=True)
        case Reason.UNDER_15 | Reason.UNREACHABLE:
            return _LOOKED_AT
        case Reason.HOLDERS_DIFFER | Reason.AGE_DIFFERS | Reason.TURNING_18:
            return replace(_LOOKED_AT_NOW, is_known=reason is Reason.TURNING_18)
        case Reason.CONFLICT:
            return replace(_LOOKED_AT_NOW, is_settled_alone=True)
        case Reason.VERIFY_HOLDER:
            return _TO_VERIFY
        case _:
            assert_never(reason)


def is_settled_by_word(reason: Reason) -> bool:
    """Tell whether it takes no more to settle a reason than that it was looked at."""
    return handling(reason).settled_by is SettledBy.WORD


#: Rows are asked for often, so that what they have in common is put together once.
AT_ONCE: Final = frozenset(one for one in Reason if handling(one).at_once)
LASTING: Final = frozenset(one for one in Reason if handling(one).lasts)
DANGERS: Final = frozenset(one for one in Reason if handling(one).is_danger)
