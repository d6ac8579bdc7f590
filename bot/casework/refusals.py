"""What cannot be done as it was asked for, and the look-ups that may say so."""

from bot.errors import BotError
from bot.storage import Session, cases
from bot.storage.tables import Case


class Refused(BotError):
    """What was asked for cannot be done like that; nothing has changed."""


class NothingOpen(BotError):
    """There was nothing to settle; nothing has changed."""


def case_of(session: Session, reference: str) -> Case:
    """Find a case; raises `Refused` if there is none."""
    case = cases.by_reference(session, reference.strip())
    if case is None:
        raise Refused(
            "No case has this reference; konfliktraad case list shows all of them."
        )
    return case


def ongoing(session: Session, reference: str) -> Case:
    """Find a case that is not over; raises `Refused` otherwise."""
    case = case_of(session, reference)
    if cases.is_final(case):
        raise Refused(
            f"Case {case.reference} is {case.status} and stays as it is; "
            "open a new one if the parties want to go on."
        )
    return case
