"""Whether somebody may go on in their talk now: the intake is open, their role served.

Where not, one calm text answers whatever they write or tap. What protects them goes on
working, and no talk moves by anything else.
"""

from dataclasses import dataclass
from typing import Final

from bot.chat.visit import Visit
from bot.storage.tables import Talk
from flows.always import AFTER_WITHDRAWAL, CARE, STOPPING, Always
from flows.model import MessageId, msg

_PROTECTS: Final = frozenset(
    {
        Always.MENU,
        Always.HIDE,
        Always.WITHDRAW,
        Always.HELP,
        Always.SHOW,
        Always.RECEIPT,
    }
)


@dataclass(frozen=True, slots=True)
class Shut:
    """Why somebody may not go on, and what they may do all the same."""

    says: MessageId
    #: The actions that go on working.
    leaves: frozenset[Always]
    #: The dialogues in which questions are asked and answered all the same.
    goes_on_in: frozenset[str] = frozenset()


#: Nobody but staff may go on, until the intake opens again.
CLOSED: Final = Shut(msg("common.closed"), _PROTECTS)
#: Nobody in this person's role may go on any more; a human is there for them.
NOT_SERVED: Final = Shut(
    msg("common.not_served"),
    _PROTECTS | {Always.HUMAN},
    frozenset({"human", CARE.dialogue}),
)


def shut(visit: Visit) -> Shut | None:
    """Tell why a person may not go on in their talk; None if they may."""
    if visit.is_of_staff:
        return None
    if visit.is_intake_closed:
        return CLOSED
    if visit.is_served:
        return None
    return None if _place(visit.talk) in NOT_SERVED.goes_on_in else NOT_SERVED


def is_silent(visit: Visit) -> bool:
    """Tell whether nothing is asked behind a shut door; a withdrawal is confirmed.

    So is it asked there whether somebody means one.
    """
    return _place(visit.talk) not in {AFTER_WITHDRAWAL.dialogue, STOPPING.dialogue}


def may_answer(visit: Visit, why: Shut, answer: str) -> bool:
    """Tell whether an answer counts behind a shut door: that to a stop does."""
    is_stop = _place(visit.talk) == STOPPING.dialogue
    return is_stop and (answer != Always.HUMAN or Always.HUMAN in why.leaves)


def _place(talk: Talk | None) -> str | None:
    return talk.dialogue if talk else None
