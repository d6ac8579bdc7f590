"""Write down what a turn caused: one function per effect, grouped by what it is of."""

from typing import Final

from bot.chat import hiding
from bot.chat.visit import Visit
from bot.effects import agreeing, holding, joining, safeguarding, telling, ways_back
from bot.effects.figures import count, post_of
from bot.queue.standing import need_human, settle
from bot.storage import cases
from flows.effects import (
    AuthorityGiven,
    BirthGiven,
    ConsentGiven,
    ConsentRefused,
    Effect,
    FearGiven,
    HideRequested,
    HolderAuthorityGiven,
    HolderLinkRenewed,
    HolderRelationGiven,
    HoldersAllowed,
    HoldersInvited,
    HumanRequested,
    LetterAccepted,
    LetterRefused,
    OrdersGiven,
    OtherHolderGiven,
    Reason,
    SelfReferred,
    StaffJoined,
    TieGiven,
    Understood,
    Withdrew,
)
from flows.ways_back import OwnCodeGiven, OwnWordChosen, OwnWordRemoved

__all__ = ["apply", "count", "post_of", "settled"]


#: What only somebody tells who is asked as a holder of parental authority.
_ANSWERS_OF_HOLDER: Final = (
    ConsentGiven,
    ConsentRefused,
    HolderAuthorityGiven,
    HolderRelationGiven,
    OtherHolderGiven,
)


def apply(visit: Visit, effect: Effect) -> None:  # noqa: C901 - one case a group
    """Write the rows of one effect."""
    visit.forget_facts()
    if visit.holder is not None and isinstance(effect, _ANSWERS_OF_HOLDER):
        # Whoever answers again has not gone for good.
        visit.holder.withdrawn_at = None
    match effect:
        case LetterAccepted() | LetterRefused() | StaffJoined() | SelfReferred():
            joining.apply(visit, effect)
        case ConsentGiven() | ConsentRefused() | Withdrew():
            agreeing.apply(visit, effect)
        case (
            AuthorityGiven()
            | BirthGiven()
            | FearGiven()
            | HoldersAllowed()
            | OrdersGiven()
            | TieGiven()
            | Understood()
        ):
            safeguarding.apply(visit, effect)
        case (
            HolderAuthorityGiven()
            | HolderLinkRenewed()
            | HolderRelationGiven()
            | HoldersInvited()
            | OtherHolderGiven()
        ):
            holding.apply(visit, effect)
        case OwnCodeGiven() | OwnWordChosen() | OwnWordRemoved():
            ways_back.apply(visit, effect)
        case HumanRequested(reason):
            _human(visit, reason)
        case HideRequested():
            hiding.hide(visit)
        case _:
            telling.apply(visit, effect)


def settled(visit: Visit) -> None:
    """Bring the case up to date at the end of a turn."""
    case = visit.case
    visit.forget_facts()
    if case is not None:
        visit.session.flush()
        settle(post_of(visit), case)


def _human(visit: Visit, reason: Reason) -> None:
    """Put the case before a human; without a case, one is opened for it."""
    case = visit.case
    if case is None or cases.is_over(case):
        case = joining.refer(visit)
    need_human(post_of(visit), case, visit.spoken_for, reason, visit.holder)
    count(visit, f"human_{reason}")
