"""The name by which parents know a child: the parent's own copy of it."""

from bot.chat.visit import Visit
from bot.errors import KeyDestroyed
from bot.storage import talks

#: The answer in which a child chose it.
_CHOSEN = "shown_name"
#: The answer in which a parent's talk keeps it.
_KEPT = "child"


def keep(visit: Visit) -> None:
    """Copy the name into the talk of a parent who says that the letter is theirs.

    The child's own goes when the child stops, and a parent must not see that.
    """
    name = _chosen(visit)
    if visit.holder is not None and visit.talk is not None and name is not None:
        talks.remember(visit.session, visit.key, visit.talk, _KEPT, name)


def kept(visit: Visit) -> str | None:
    """Give the name as this parent knows it; None where the child had told none."""
    if visit.talk is None:
        return None
    return talks.answer(visit.session, visit.key, visit.talk, _KEPT)


def _chosen(visit: Visit) -> str | None:
    child = visit.spoken_for
    talk = talks.of(visit.session, child) if child else None
    if child is None or child.person_id is None or talk is None:
        return None
    try:
        key = visit.tools.keys.key_of(child.person_id)
    except KeyDestroyed:
        return None
    return talks.answer(visit.session, key, talk, _CHOSEN)
