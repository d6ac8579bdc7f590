"""Nobody is invited again who has said no, unless they have asked for it themselves."""

from bot.casework.refusals import Refused
from bot.chat.post import Post
from bot.offline_words import Because
from bot.queue.standing import look
from bot.storage.sides import gathered
from bot.storage.tables import Case, Party
from flows.rules.holders import says_no
from flows.rules.side import has_left


def refuse_after_no(
    post: Post, case: Case, party: Party, because: Because | None
) -> None:
    """Refuse a new letter that would ask somebody again, or undo a parent's no.

    Raises:
        Refused: the party has said no and not asked anew, or a parent has said no.
    """
    [side] = gathered(post.session, case, [party], look(post))
    who = f"{party.role}:{party.n}"
    if any(map(says_no, side.holders)):
        raise Refused(
            f"A parent of {who} in case {case.reference} has said no, which nobody but "
            "that parent undoes; a new letter would remove it. If the letter reached "
            "the wrong person, end the case with konfliktraad case end and open a new "
            "one."
        )
    if has_left(side) and because is not Because.ASKED_AGAIN:
        raise Refused(
            f"{who} in case {case.reference} has said no, and is not asked again. If "
            "they have themselves asked for a new letter, say so with --because "
            "asked_again."
        )
