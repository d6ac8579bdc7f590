"""Make a parent's link anew, where the first one reached the wrong person."""

from bot.casework.linking import Letter, refuse_released, release
from bot.casework.refusals import ongoing
from bot.casework.speakers import subject_of
from bot.chat.notices import Post
from bot.elsewhere import HOLDER, Who
from bot.queue.standing import settle
from bot.storage import links, records
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
