"""A yes is valid for 90 days: what has run out is written down and asked for anew."""

from typing import Final

from bot.chat.notices import Post, tell, tell_mediator
from bot.storage import consents, talks
from bot.storage.consents import Shown, Subject
from bot.storage.last_words import Word, last_words
from bot.storage.tables import Case, Holder, Party, Person
from flows.case import RELEASED, Status
from flows.effects import ConsentState, Purpose
from flows.rests import asked_again

#: How it is said that a yes has run out.
_BY_CLOCK: Final = "clock"
_ASKED_ANEW: Final = frozenset({Purpose.TAKE_PART, Purpose.PARENTAL_TAKE_PART})


def lapse(post: Post, case: Case) -> None:
    """Write down every yes that has run out, and let it be asked for anew.

    While the case collects the chat asks; later the mediator does, who has the case.
    """
    is_released, run_out = Status(case.status) in RELEASED, False
    for (party_id, holder_id, purpose), word in last_words(post.session, case).items():
        if is_over(post, word):
            party = post.session.get_one(Party, party_id)
            holder = post.session.get_one(Holder, holder_id) if holder_id else None
            _expire(post, party, holder, Purpose(purpose), word)
            if purpose in _ASKED_ANEW and not is_released:
                _ask(post, holder or party)
            run_out = run_out or purpose in _ASKED_ANEW
    if is_released and run_out:
        tell_mediator(post, case, "notice.expired_for_mediator")


def is_over(post: Post, word: Word) -> bool:
    """Tell whether a yes has run out, and nobody has written that down."""
    return word.event.state in consents.YES and not consents.live(word.event, post.at)


def _expire(
    post: Post, party: Party, holder: Holder | None, purpose: Purpose, word: Word
) -> None:
    speaker = (holder or party).person_id
    is_of_person = speaker is not None and not word.is_written_down
    person = post.session.get_one(Person, speaker) if is_of_person else None
    consents.say(
        post.session,
        Subject(party, holder, person),
        purpose,
        ConsentState.EXPIRED,
        Shown(word.event.language, _BY_CLOCK, notice=word.event.notice),
        post.at,
        by=consents.SYSTEM,
    )


def _ask(post: Post, who: Party | Holder) -> None:
    """Put the question again, where somebody rests on the yes that has run out."""
    talk = talks.of(post.session, who)
    again = asked_again(talks.position(talk)) if talk else None
    if talk is None or again is None:
        return
    talks.put(talk, again, post.at)
    tell(post, who, "notice.expired")
