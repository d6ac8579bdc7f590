"""Take a case: the first mediator gets it, everybody else hears that clearly."""

from enum import StrEnum

from bot.chat.notices import offer, tell
from bot.chat.post import Post
from bot.queue.standing import settle
from bot.storage import cases, locks, records, talks
from bot.storage.staff import MEDIATOR, mediator_for
from bot.storage.tables import Case, Party, Person, Staff
from flows.meanwhile import Meanwhile
from flows.rules.case import RELEASED, Status


class Claim(StrEnum):
    """What became of wanting to take a case."""

    TAKEN = "taken"
    ALREADY_TAKEN = "already_taken"
    NOT_IN_QUEUE = "not_in_queue"
    STOPPED = "stopped"


def queued(post: Post, person: Person) -> list[Case]:
    """List the confirmed cases that a mediator may take, oldest first."""
    return [
        case
        for case in cases.listed(post.session, Status.CONFIRMED)
        if _may_take(post, person, case)
    ]


def offer_waiting(post: Post, staff: Staff) -> None:
    """Offer a mediator who joins what waits in the district."""
    if staff.role != MEDIATOR:
        return
    # Who is told of a case that is confirmed just now must be known: this one or none.
    locks.staff_changes(post.session)
    person = post.session.get_one(Person, staff.person_id)
    for case in queued(post, person):
        if case.district == staff.district:
            offer(post, staff, case)


def claim(post: Post, person: Person, reference: str) -> tuple[Claim, Case | None]:
    """Let a mediator take a case; every consent is looked at once more.

    A person who is a party to the case, or no mediator of its district, is told
    what somebody is told who asks for a case that is not there.
    """
    case = cases.to_change(post.session, reference)
    if case is None or not _may_take(post, person, case):
        return Claim.NOT_IN_QUEUE, None
    staff = mediator_for(post.session, person, case.district)
    if case.mediator_id is not None:
        own = staff is not None and case.mediator_id == staff.id
        if own and Status(case.status) not in RELEASED:
            return Claim.NOT_IN_QUEUE, case
        if own and case.stopped_at is not None:
            return Claim.STOPPED, case
        return (Claim.TAKEN, case) if own else (Claim.ALREADY_TAKEN, case)
    if settle(post, case) is not Status.CONFIRMED or staff is None:
        return Claim.NOT_IN_QUEUE, case
    records.audit(post.session, f"mediator {staff.id}", "case claimed", case, post.at)
    hand_over(post, case, staff, "notice.claimed")
    return Claim.TAKEN, case


def hand_over(post: Post, case: Case, staff: Staff, text_id: str) -> None:
    """Let a mediator have a case from now on, and tell its parties in this text."""
    case.status, case.mediator_id, case.claimed_at = Status.CLAIMED, staff.id, post.at
    for party in cases.parties(post.session, case):
        _let_wait_no_more(post, party)
        tell(post, party, text_id)


def _let_wait_no_more(post: Post, party: Party) -> None:
    """Let a child rest where everybody does who has said yes: no parent is awaited."""
    talk = talks.of(post.session, party)
    talks.lead_on(talk, Meanwhile.CLAIMED, post.at)


def _may_take(post: Post, person: Person, case: Case) -> bool:
    if cases.is_in(post.session, case, person):
        return False
    return mediator_for(post.session, person, case.district) is not None
