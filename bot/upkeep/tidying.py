"""What is put in order when the program starts: what earlier ones have left behind."""

from typing import Final

from bot.chat.post import Post
from bot.chat.wording import every
from bot.storage import Session, locks, people
from bot.storage.consent.consent_notices import refuse_changed
from bot.storage.copies.erasing import replay
from bot.storage.keys.keystore import KeyStore
from bot.upkeep.renewal import note_versions, renew

#: So many keys are looked at in one unit of work, so that no turn waits long.
STRETCH: Final = 1000


def tidy(post: Post) -> None:
    """Put in order what an older copy or an older version has left; before any turn.

    Raises:
        NoticeChanged: people were shown other words under a version of ours.
        ProgramOutdated: a newer version has left something.
    """
    locks.upkeep(post.session)
    note_versions(post.session)
    refuse_changed(post.session, every(post.tools.catalogue))
    rule = post.tools.require_all_holders
    replay(post.session, post.tools.keys, post.at, require_all_holders=rule)
    renew(post)


def sweep(session: Session, keys: KeyStore, after: str) -> str | None:
    """Destroy the keys that failed turns have left; nobody stands behind them.

    Keys are looked at in order of their ids, a stretch at a time; turns may be made
    meanwhile.

    Returns:
        After which id to go on; None at the end.
    """
    locks.nobody_enrolling(session)
    stretch = keys.stretch(after, STRETCH)
    keys.drop(set(stretch) - people.known(session, stretch))
    return stretch[-1] if len(stretch) == STRETCH else None
