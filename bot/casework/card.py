"""The hand-over card, as one of the staff looks at it."""

from bot.casework.refusals import Refused, case_to_change
from bot.chat.post import Post
from bot.queue import card as cards
from bot.storage import cases
from bot.storage.tables import Case
from flows.rules.cards import may_see_card
from flows.rules.case import Status


def card(post: Post, reference: str, language: str, by: str) -> tuple[Case, str]:
    """Write the hand-over card, for whoever has to call the parties.

    Raises:
        Refused: there is no such case, or nobody has to call its parties now.
    """
    case = case_to_change(post.session, reference)
    is_stopped = case.stopped_at is not None
    waiting = cases.open_needs(post.session, case)
    stands = Status(case.status)
    if not may_see_card(stands, is_stopped=is_stopped, open_needs=waiting):
        if is_stopped:
            raise Refused(
                f"Somebody has stopped in case {case.reference}: nobody is called "
                "before every yes is said again, or the case ends with the next batch."
            )
        raise Refused(
            f"Case {case.reference} is {case.status}: its card is for a case that "
            "needs a human or that a mediator has taken."
        )
    return case, cards.card(post, case, language, by)
