"""A parent's talk rests from the month in which the child turns 18."""

from dataclasses import replace

from bot import effects
from bot.chat import gathering
from bot.chat.screens import close
from bot.chat.visit import Visit
from bot.storage import cases, talks
from bot.storage.tables import Talk
from flows import FLOWS
from flows.always import AFTER_END, AFTER_FREEZE, EXCURSIONS
from flows.engine import start
from flows.facts import Majority
from flows.model import Frame, Position


def freeze(visit: Visit) -> bool:
    """Let a parent's talk rest where it must, and tell whether it does.

    A human settles whose yes is needed then. What is always open goes on working, and
    leads back to where the talk rests.
    """
    talk = visit.talk
    if talk is None or not _is_due(visit, talk):
        return False
    frozen = start(FLOWS, AFTER_FREEZE)
    position = talks.position(talk)
    if position.place == frozen.place:
        return True
    if position.place.dialogue in EXCURSIONS:
        _lead_back(visit, talk, position, frozen)
        return False
    close(visit)
    talks.put(talk, frozen, visit.at)
    effects.settled(visit)
    return True


def _is_due(visit: Visit, talk: Talk) -> bool:
    """Tell whether a parent speaks here, in an open case, for a child of that age."""
    holder, case = visit.holder, visit.case
    if holder is None or case is None or cases.is_over(case):
        return False
    if talk.dialogue == AFTER_END.dialogue:
        return False
    child = gathering.child_majority(visit.session, visit.tools.keys, holder, visit.at)
    return child not in {None, Majority.MINOR}


def _lead_back(visit: Visit, talk: Talk, position: Position, frozen: Position) -> None:
    waits = Frame(frozen.place)
    if position.returns != (waits,):
        talks.put(talk, replace(position, trail=(), returns=(waits,)), visit.at)
