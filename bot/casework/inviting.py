"""Make a parent's link anew; and tell first who would lose a place by a new link."""

from bot.casework.linking import Letter, refuse_released, release
from bot.casework.refusals import case_of, ongoing
from bot.casework.speakers import child_of, subject_of
from bot.chat.post import Post
from bot.offline_words import HOLDER, Who
from bot.queue.standing import holder_states, settle
from bot.storage import cases, holders, links, records
from bot.storage.links import HOLDER_VALID, Leads
from bot.storage.tables import Case


def new_parent_letter(
    post: Post, reference: str, n: int, of: Who | None
) -> tuple[Case, Letter]:
    """Make a holder's link; earlier ones and whoever speaks by them are let go.

    What was recorded for a parent without the bot stands until they say otherwise.

    Raises:
        Refused: the case is over or with a mediator, or nobody is meant by it.
    """
    case = ongoing(post.session, reference)
    refuse_released(case)
    subject = subject_of(post, case, Who(HOLDER, n), of)
    party, holder = subject.party, subject.holder
    if holder is None:
        raise ValueError("A holder was asked for, and somebody else was found.")
    release(post, case, party, holder)
    note = f"holder {holder.n} of {party.role} {party.n}"
    records.audit(post.session, "command line", "link made", case, post.at, note)
    post.session.flush()
    settle(post, case)
    leads = Leads(links.HOLDER, party, holder)
    valid = links.validity(case, post.at, HOLDER_VALID)
    token = links.make(post.session, post.tools.keys, leads, post.at, valid)
    return case, Letter(HOLDER, holder.n, token, post.at + valid)


def would_be_let_go(post: Post, reference: str, who: Who, of: Who | None) -> str | None:
    """Name who speaks in a place to which a new link is wanted; None if nobody does.

    Of a holder it tells how `case show` says that they stand.

    Raises:
        Refused: there is no such case, or nobody is meant by it.
    """
    case = case_of(post.session, reference)
    if who.role == HOLDER:
        child = child_of(post, case, of)
        holder = holders.numbered(post.session, child, who.n)
        if holder is None or holder.person_id is None:
            return None
        stands = holder_states(post, case).get(holder.id)
        return f"{who} of {child.role}:{child.n} ({stands})" if stands else str(who)
    found = cases.parties(post.session, case)
    are_there = {Who(party.role, party.n) for party in found if party.person_id}
    return str(who) if who in are_there else None
