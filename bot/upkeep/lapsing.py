"""A yes that stands no more: it is written down, and asked for anew.

It is valid for 90 days, and to the words that it was given to: when those say something
else, whoever has said yes to the old ones is asked again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.chat.notices import Post, tell, tell_mediator
from bot.storage import consents, talks
from bot.storage.consents import BY_CLOCK, BY_NEW_WORDS, Shown, Subject
from bot.storage.last_words import Place, Word, last_words
from bot.storage.tables import Case, Holder, Party, Person
from flows.case import RELEASED, Status
from flows.effects import ConsentState, Purpose
from flows.model import MessageId, Position, msg
from flows.rests import asked_again, asked_of_data_again
from flows.standing import Standing

#: Leads a talk to the question, if somebody rests behind it.
_LeadOn: TypeAlias = Callable[[Position], Position | None]


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
_ASKED_ANEW: Final[Mapping[Purpose, _LeadOn]] = {
    Purpose.TAKE_PART: asked_again,
    Purpose.PARENTAL_TAKE_PART: asked_again,
    Purpose.DATA_NOTICE: asked_of_data_again,
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
        lead_on = _ASKED_ANEW.get(Purpose(purpose))
        if lead_on is not None and is_released:
            told.add(end.told_mediator)
        elif lead_on is not None:
            _ask(post, holder or party, lead_on, end)
    for text in sorted(told):
        tell_mediator(post, case, text)


def _in_order(post: Post, case: Case) -> list[tuple[Place, Word]]:
    """List last words, those on data first: from there a talk leads on to the rest."""
    words = last_words(post.session, case).items()
    return sorted(words, key=lambda one: one[0][2] != Purpose.DATA_NOTICE)


def _speaker(post: Post, who: Party | Holder, word: Word) -> Person | None:
    if who.person_id is None or word.is_written_down:
        return None
    return post.session.get_one(Person, who.person_id)


def _note(
    post: Post, subject: Subject, purpose: Purpose, word: Word, end: _End
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


def _ask(post: Post, who: Party | Holder, lead_on: _LeadOn, end: _End) -> None:
    """Put the question again, where somebody rests on the yes that stands no more."""
    talk = talks.of(post.session, who)
    again = lead_on(talks.position(talk)) if talk else None
    if talk is None or again is None:
        return
    talks.put(talk, again, post.at)
    tell(post, who, end.told)
