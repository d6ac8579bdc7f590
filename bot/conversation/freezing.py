"""A parent's talk rests from the month in which the child turns 18."""

from bot import effects
from bot.chat import gathering
from bot.chat.screens import close
from bot.chat.visit import Visit
from bot.storage import cases, talks
from flows import FLOWS
from flows.facts import Majority
from flows.resting_places import frozen, frozen_place


def freeze(visit: Visit) -> bool:
    """Let a parent's talk rest where it must, and tell whether it does.

    A human settles whose yes is needed then. What is always open goes on working, and
    leads back to where the talk rests.
    """
    talk = visit.talk
    if talk is None or not _is_due(visit):
        return False
    before, at_rest = talks.position(talk), frozen_place(FLOWS)
    rests = frozen(FLOWS, before)
    if rests is None:
        return before.place == at_rest
    if rests.place != at_rest:
        talks.put(talk, rests, visit.at)
        return False
    close(visit)
    talks.put(talk, rests, visit.at)
    effects.settled(visit)
    return True


def _is_due(visit: Visit) -> bool:
    """Tell whether a parent speaks here, in an open case, for a child of that age."""
    holder, case = visit.holder, visit.case
    if holder is None or case is None or cases.is_over(case):
        return False
    child = gathering.child_majority(visit.session, visit.tools.keys, holder, visit.at)
    return child not in {None, Majority.MINOR}
