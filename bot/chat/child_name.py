"""The name by which parents know a child: told to each of them once, and not kept."""

from bot.chat.visit import Visit
from bot.errors import KeyDestroyed
from bot.storage import talks
from bot.storage.mail.messages import Send
from flows.facts import Authority, Detail
from flows.model import MessageId, msg


def tell(visit: Visit) -> None:
    """Tell a parent who says that the link is theirs which child it is about.

    Nothing later names the child: a parent who reads on must not see that the child
    has stopped, and then there is no name left.
    """
    name = _chosen(visit)
    if visit.holder is not None and name is not None:
        visit.queue(Send(visit.text(_text(visit), child=name)))


def _text(visit: Visit) -> MessageId:
    """Choose the words by whom the child has named; nobody else is called a parent."""
    child = visit.spoken_for
    if child is not None and child.authority == Authority.OTHER:
        return msg("holder.names_child_to_other")
    return msg("holder.names_child")


def _chosen(visit: Visit) -> str | None:
    child = visit.spoken_for
    talk = talks.of(visit.session, child) if child else None
    if child is None or child.person_id is None or talk is None:
        return None
    try:
        key = visit.tools.keys.key_of(child.person_id)
    except KeyDestroyed:
        return None
    return talks.answer(visit.session, key, talk, Detail.SHOWN_NAME)
