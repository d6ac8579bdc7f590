"""A case is ended by one of the staff."""

from bot.casework.refusals import ongoing
from bot.chat.post import Post
from bot.queue.ending import end
from bot.storage.tables import Case


def end_case(post: Post, reference: str, reason: str, by: str) -> Case:
    """End a case; raises `Refused` if there is none, or it is over."""
    case = ongoing(post.session, reference)
    end(post, case, reason, by)
    return case
