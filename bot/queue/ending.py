"""The end of a case: one constant text for its parties, whatever the cause."""

from bot.chat.notices import retract, tell, tell_mediator
from bot.chat.post import Post
from bot.clock import danish_day
from bot.queue.card_in_chat import take_out
from bot.storage import cases, forgetting, holders, records, talks
from bot.storage.tables import Case, Holder, Party, Talk
from flows import FLOWS
from flows.always import AFTER_END
from flows.engine import start
from flows.resting_places import is_at_end
from flows.rules.case import RELEASED, Status

#: Stands in the case where an end has no reason that anybody may learn.
NOT_ALL_WILLING = "not_all_willing"
#: What everybody hears who has not withdrawn, parents too.
_ENDED = "closing.ended"


def end(post: Post, case: Case, reason: str, by: str) -> None:
    """End a case; its parties never learn why.

    Before release they are told in the daily batch, so that no timing tells. After it
    everybody is told at once: a stop by one of them comes here with the batch, and what
    staff decide does not wait.
    """
    was_released = Status(case.status) in RELEASED
    case.status, case.ended_at = Status.ENDED, post.at
    case.ended_reason, case.ended_by = reason, by
    case.stopped_at = None
    records.audit(post.session, by, "case ended", case, post.at, reason)
    if was_released:
        take_out(post, case)
        tell_mediator(post, case, "notice.ended_for_mediator")
        tell_parties(post, case)
    else:
        case.due_at = danish_day(post.at)


def tell_parties(post: Post, case: Case) -> None:
    """Tell everybody who joined, in one constant text, and forget their answers.

    What waits for a human is closed only now: whom it held up would notice before.
    """
    case.due_at = None
    cases.close_needs(post.session, case, post.at)
    everybody: list[Party | Holder] = [
        *cases.parties(post.session, case),
        *holders.of_case(post.session, case),
    ]
    for who in everybody:
        if _closed(post, talks.of(post.session, who)):
            tell(post, who, _ENDED)
    forgetting.answers_of_case(post.session, case)


def _closed(post: Post, talk: Talk | None) -> bool:
    """Let a talk rest at its end; a withdrawal has an end of its own, as it was."""
    if talk is None or is_at_end(talks.position(talk)):
        return False
    retract(post.session, talk, post.at)
    talks.put(talk, start(FLOWS, AFTER_END), post.at)
    return True
