"""A case is given to a mediator by name: every yes in it stands."""

from bot.casework.refusals import Refused, ongoing
from bot.casework.roster import serving_now
from bot.chat.notices import tell_mediator
from bot.chat.post import Post
from bot.queue.card_in_chat import take_out
from bot.queue.claim import hand_over
from bot.queue.standing import settle
from bot.storage import cases, records
from bot.storage.staff import MEDIATOR
from bot.storage.tables import Case, Person, Staff
from flows.rules.case import RELEASED, Status


def assign(post: Post, reference: str, staff_id: str, by: str) -> tuple[Case, Staff]:
    """Give a confirmed case, or one that another mediator has, to a mediator.

    Who had it loses the card. A yes that was said again to them is to be said again
    to the one who has it now.

    Raises:
        Refused: there is no such case, it is not to be handed over now, or this
            mediator cannot have it.
    """
    mediator = serving_now(post, staff_id)
    case = ongoing(post.session, reference)
    _refuse(post, case, mediator)
    before = case.mediator_id
    if before is not None:
        take_out(post, case)
        _tell_before(post, case, before)
    told = "notice.claimed" if before is None else "notice.another_mediator"
    hand_over(post, case, mediator, told)
    tell_mediator(post, case, "notice.assigned", since=post.at)
    note = f"to {mediator.id}" + (f" from {before}" if before else "")
    records.audit(post.session, by, "case assigned", case, post.at, note)
    return case, mediator


def _refuse(post: Post, case: Case, mediator: Staff) -> None:
    """Refuse whom the case cannot be given to, or a case that nobody can have now."""
    reference, stands = case.reference, Status(case.status)
    if mediator.role != MEDIATOR or mediator.district != case.district:
        raise Refused(
            f"{mediator.id} is no mediator of {case.district}, where case {reference} "
            "is: konfliktraad staff list names those who are."
        )
    if mediator.id == case.mediator_id:
        raise Refused(f"{mediator.id} has case {reference} already.")
    person = post.session.get_one(Person, mediator.person_id)
    if cases.is_in(post.session, case, person):
        raise Refused(
            f"{mediator.id} cannot have case {reference}: choose another one."
        )
    if case.stopped_at is not None:
        raise Refused(
            f"Somebody has stopped in case {reference}: nobody is called now."
        )
    if stands not in RELEASED and settle(post, case) is not Status.CONFIRMED:
        raise Refused(
            f"Case {reference} is {case.status}: only a confirmed case is handed over."
        )


def _tell_before(post: Post, case: Case, staff_id: str) -> None:
    """Tell whoever had the case, if they serve, that it is theirs no more."""
    staff = post.session.get(Staff, staff_id)
    if staff is not None and staff.removed_at is None:
        tell_mediator(post, case, "notice.passed_on")
