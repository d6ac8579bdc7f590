"""A coordinator who settles one reason, of everybody of whom it waits."""

from bot import casework
from bot.casework import Settled
from bot.casework.refusals import case_of
from bot.chat.post import Post
from bot.offline_words import HOLDER, OF_AGE, Inspection, Who
from bot.storage.tables import Case


def settles(
    post: Post, reference: str, code: str, by: str = "Birgit"
) -> tuple[Case, list[str]]:
    """Settle a reason of each party, or parent, of whom it waits, after a call."""
    reason = "turning_18" if code == OF_AGE else code
    shown = casework.shown(post, reference)
    waiting = [n for n in shown.needs if n.reason == reason and n.cleared is None]
    for need in waiting:
        party = Who(need.role, need.n) if need.role and need.n else None
        who = Who(HOLDER, need.holder) if need.holder else party
        said = Settled(code, Inspection.CALL, by, who, party if need.holder else None)
        casework.clear(post, reference, said)
    if not waiting:
        casework.clear(post, reference, Settled(code, Inspection.CALL, by))
    return case_of(post.session, reference), [n.reason for n in waiting]
