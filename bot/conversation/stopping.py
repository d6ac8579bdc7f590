"""A wish to stop in somebody's own words: a plain one acts, any other one asks."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.chat import resting
from bot.chat.values import worded
from bot.chat.visit import Visit
from bot.conversation.moving import ask_about_stop, stop
from bot.conversation.whose import references
from bot.storage import talks
from bot.storage.keys.sealing import hashed
from bot.storage.mail.messages import Send
from bot.storage.tables import Talk
from flows import FLOWS
from flows.always import AFTER_WITHDRAWAL
from flows.engine import start
from flows.model import MessageId, msg
from flows.resting_places import is_without_yes

#: What a hash of words, and of where they were said, is made for.
_ASKED_ABOUT: Final = "asked_about"


def act_on_wish(visit: Visit, talk: Talk, *, is_plain: bool) -> bool:
    """Stop at once where that is plain, else ask; False where nothing can be stopped.

    Nobody is asked who rests on a no, or waits, and has no yes that stands.
    """
    if visit.is_of_staff:
        return False
    if is_plain and any(map(_can_stop, _own(visit))):
        stop(visit, talk)
    elif not is_plain and any(map(_is_to_be_asked, _meant(visit, talk))):
        ask_about_stop(visit, talk)
    else:
        return False
    return True


def mark(visit: Visit, talk: Talk, text: str) -> str:
    """Give a hash of words at the question that is open."""
    at = talks.place(talk)
    place = f"{_ASKED_ABOUT} {at.dialogue} {at.state}"
    return hashed(visit.key, "talks", place, talk.id, text).hex()


def note_asked(talk: Talk, about: str) -> None:
    """Remember about which words, at which question, somebody was asked last."""
    talk.notes = replace(talk.notes, asked_about=about)


def is_asked_before(talk: Talk, about: str) -> bool:
    """Tell whether somebody was asked about these very words at this question."""
    return talk.notes.asked_about == about


def refuse(visit: Visit, message_id: MessageId | str) -> None:
    """Say that something could not be read; after a yes, also how to stop."""
    text = worded(visit, MessageId(message_id))
    if resting.has_yes(visit):
        text = f"{text}\n\n{visit.text(msg('common.how_to_stop'))}"
    visit.queue(Send(text))


def _own(visit: Visit) -> Iterator[Visit]:
    """Go through the person's talks about open cases."""
    for number in references(visit):
        talk = talks.numbered(visit.session, visit.person, number)
        yield replace(visit, talk=talk)


def _meant(visit: Visit, talk: Talk) -> list[Visit]:
    """Find the talk that words in this one are about, or all where its case is over."""
    own = list(_own(visit))
    here = [one for one in own if one.talk is talk]
    return here or own


def _can_stop(visit: Visit) -> bool:
    """Tell whether a stop changes anything: it does not where one rests on a stop."""
    speaker = visit.holder or visit.party
    if speaker is None or visit.talk is None:
        return False
    stopped = start(FLOWS, AFTER_WITHDRAWAL).place
    rests = stopped in talks.position(visit.talk).places
    return speaker.withdrawn_at is None or not rests


def _is_to_be_asked(visit: Visit) -> bool:
    if visit.talk is None or not _can_stop(visit):
        return False
    position = talks.position(visit.talk)
    return resting.has_yes(visit) or not is_without_yes(FLOWS, position)
