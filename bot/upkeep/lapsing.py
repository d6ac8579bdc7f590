"""A yes that stands no more: it is written down, and asked for anew.

It is valid for 90 days, and to the words that it was given to: when those say something
else, whoever has said yes to the old ones is asked again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.chat.notices import tell, tell_mediator
from bot.chat.post import Post
from bot.storage import talks
from bot.storage.consent import consents
from bot.storage.consent.consents import BY_CLOCK, BY_NEW_WORDS, Shown, Subject
from bot.storage.consent.last_words import LastWord, WordPlace, last_words
from bot.storage.tables import Case, Holder, Party, Person
from flows.effects import ConsentState, Purpose
from flows.meanwhile import Meanwhile
from flows.model import MessageId, msg
from flows.rules.case import RELEASED, Status
from flows.rules.standing import Standing


@dataclass(frozen=True, slots=True)
class _End:
    """Why a yes stands no more, and what is said of it."""

    method: str
    #: To whoever said it.
    told: MessageId
    #: To the mediator who has the case.
    told_mediator: MessageId


_ENDS: Final[Mapping[Standing, _End]] = {
    Standing.TOO_OLD: _End(
        BY_CLOCK, msg("notice.expired"), msg("notice.expired_for_mediator")
    ),
    Standing.OF_EARLIER_WORDS: _End(
        BY_NEW_WORDS,
        msg("notice.words_changed"),
        msg("notice.words_changed_for_mediator"),
    ),
}
#: Where the chat asks again; what was only to hear more was answered long ago.
_ASKED_ANEW: Final[Mapping[Purpose, Meanwhile]] = {
    Purpose.TAKE_PART: Meanwhile.YES_LAPSED,
    Purpose.PARENTAL_TAKE_PART: Meanwhile.YES_LAPSED,
    Purpose.DATA_NOTICE: Meanwhile.NOTICE_LAPSED,
}


def lapse(post: Post, case: Case) -> None:
    """Write down every yes that stands no more, and let it be asked for anew.

    While the case collects the chat asks; later the mediator does, who has the case.
    """
    is_released = Status(case.status) in RELEASED
    told: set[MessageId] = set()
    for (party_id, holder_id, purpose), word in _in_order(post, case):
        end = _ENDS.get(word.standing(post.at))
        if end is None:
            continue
        party = post.session.get_one(Party, party_id)
        holder = post.session.get_one(Holder, holder_id) if holder_id else None
        subject = Subject(party, holder, _speaker(post, holder or party, word))
        _note(post, subject, Purpose(purpose), word, end)
        lapsed = _ASKED_ANEW.get(Purpose(purpose))
        if lapsed is not None and is_released:
            told.add(end.told_mediator)
        elif lapsed is not None:
            _ask(post, holder or party, lapsed, end)
    for text in sorted(told):
        tell_mediator(post, case, text)


def _in_order(post: Post, case: Case) -> list[tuple[WordPlace, LastWord]]:
    """List last words, those on data first: from there a talk leads on to the rest."""
    words = last_words(post.session, case).items()
    return sorted(words, key=lambda one: one[0][2] != Purpose.DATA_NOTICE)


def _speaker(post: Post, who: Party | Holder, word: LastWord) -> Person | None:
    if who.person_id is None or word.is_written_down:
        return None
    return post.session.get_one(Person, who.person_id)


def _note(
    post: Post, subject: Subject, purpose: Purpose, word: LastWord, end: _End
) -> None:
    consents.say(
        post.session,
        subject,
        purpose,
        ConsentState.EXPIRED,
        Shown(word.event.language, end.method, notice=word.event.notice),
        post.at,
        by=consents.SYSTEM,
    )


def _ask(post: Post, who: Party | Holder, lapsed: Meanwhile, end: _End) -> None:
    """Put the question again, where somebody rests on the yes that stands no more."""
    if talks.lead_on(talks.of(post.session, who), lapsed, post.at):
        tell(post, who, end.told)
