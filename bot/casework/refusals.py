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
    return _there(cases.by_reference(session, reference.strip()))


def case_to_change(session: Session, reference: str) -> Case:
    """Find a case and lock it; raises `Refused` if there is none."""
    return _there(cases.to_change(session, reference))


def ongoing(session: Session, reference: str) -> Case:
    """Find a case that is not over and lock it; raises `Refused` otherwise."""
    case = case_to_change(session, reference)
    refuse_over(case)
    return case


def refuse_over(case: Case) -> None:
    """Raise `Refused` where a case is over."""
    if cases.is_final(case):
        raise Refused(
            f"Case {case.reference} is {case.status} and stays as it is; "
            "open a new one if the parties want to go on."
        )


def _there(case: Case | None) -> Case:
    if case is None:
        raise Refused(
            "No case has this reference; konfliktraad case list shows all of them."
        )
    return case
