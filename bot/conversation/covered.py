"""What a covered chat does: the same to everything, unless its owner opens it.

Whoever holds the phone sees one line, whatever they write. Stop acts all the same, at
once and unseen; that it did is told when the chat is opened.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.addressing import AccountRef
from bot.chat import doors, hiding
from bot.chat.screens import ask
from bot.chat.visit import Visit
from bot.conversation import letters, stopping
from bot.conversation.moving import announce_unread, carry_out
from bot.conversation.protecting import protects_beside_code, unflagged
from bot.conversation.whose import case_of, references, switch, switch_to_number
from bot.incoming import Text, text_of
from bot.storage import people, talks
from bot.storage.mail.messages import Send
from bot.storage.tables import Talk
from flows import FLOWS
from flows.always import AFTER_WITHDRAWAL, Always
from flows.engine import interrupt, start
from flows.model import Turn
from flows.rules.provenance import MAY, Origin, as_said
from flows.words.always_words import at_an_end, slip
from flows.words.characters import words_of
from flows.words.reading import StopWish, Wanted, Words

#: Whoever says so many words in a covered chat means more than a word that slipped out.
_SAYS_MORE = 3


def hear(
    visit: Visit,
    account: AccountRef,
    content: object,
    token: str | None,
    origin: Origin,
) -> None:
    """Take in what came into a covered chat; it looks the same after all of it.

    Only the person's own words open it, as they only count elsewhere.
    """
    is_own = MAY[origin].opens
    if is_own and token is not None and letters.opens_covered(visit, token):
        _open(visit)
        protects_beside_code(visit, text_of(content))
    elif is_own and token is not None and _is_nobodys(visit, account, token):
        hiding.uncover(visit)
        letters.open_letter(visit, account, token)
    elif is_own and isinstance(content, Text) and hiding.opens(visit, content.text):
        _open(visit)
    else:
        _hear_stop(visit, content, origin)
        hiding.cover_again(visit)


def _hear_stop(visit: Visit, content: object, origin: Origin) -> None:
    """Hear whether somebody stops, also under a photo or in an edit; else it is wrong.

    What is listed as perhaps meaning it acts as well where more is said than one word,
    as nobody can be asked here. A bare "no", and what a model alone believes, which may
    be the words of anybody who holds the phone, is asked about when the chat is opened.
    Nobody reads danger into it: no help may show here, and no stop is to wait for it.
    """
    text, is_own = text_of(content), MAY[origin].stops_at_once
    match as_said(unflagged(visit, text), origin):
        case Wanted(Always.WITHDRAW, reference):
            _stop(visit, reference)
        case StopWish(is_plain=True):
            _stop(visit)
        case _ if is_own and _nearly_stops(visit.tools.vocabulary.words, text):
            _stop(visit)
        case StopWish(is_believed=False) if is_own and _says_more(text):
            _stop(visit)
        case StopWish():
            visit.notes = replace(visit.notes, may_stop=True)
        case _ if isinstance(content, Text) and MAY[origin].opens:
            hiding.note_wrong(visit)


def _says_more(text: str) -> bool:
    return len(words_of(text)) >= _SAYS_MORE


def _nearly_stops(words: Words, text: str) -> bool:
    """Tell whether a text begins or ends with a stop, or misses one by a slip."""
    word = slip(text, words.open, words.no_slips)
    is_slip = word is not None and words.always[word] is Always.WITHDRAW
    return is_slip or Always.WITHDRAW in at_an_end(text, words.open)


def _is_nobodys(visit: Visit, account: AccountRef, token: str) -> bool:
    """Tell whether a letter opens a chat behind which there never was anything.

    Who has hidden the very first screen is not locked out by it for ever.
    """
    if not people.is_unbound(visit.session, visit.person):
        return False
    may_open = letters.may_open(visit, token, doors.shut(visit))
    return may_open and letters.found(visit, account, token) is not None


def _open(visit: Visit) -> None:
    """Let the owner go on where they were; first they are told what they have stopped.

    Where they stand in several cases, those are named.
    """
    own = talks.of_person(visit.session, visit.person)
    stopped = [talk for talk in own if talk.notes.stopped_unseen]
    may_stop = any(talk.notes.may_stop for talk in own)
    for talk in own:  # it is told now
        talk.notes = replace(talk.notes, stopped_unseen=False, may_stop=False)
    if stopped and visit.talk not in stopped:
        switch(visit, stopped[0])
    hiding.uncover(visit)
    hiding.welcome(visit)
    _name_stopped(visit, stopped)
    if visit.talk is not None and not (
        may_stop and stopping.act_on_wish(visit, visit.talk, is_plain=False)
    ):
        ask(visit)
    announce_unread(visit)


def _stop(visit: Visit, reference: str = "") -> None:
    """Stop in every open case of the person's, or in the one that is named.

    Nobody can be asked here which one is meant, so that more is stopped than less.
    """
    own = references(visit)
    named = [number for number, known in own.items() if known == reference]
    for number in named or own:
        switch_to_number(visit, number)
        if visit.talk is not None:
            _stop_in(visit, visit.talk)


def _stop_in(visit: Visit, talk: Talk) -> None:
    """Take every yes back; where that was done before, let the talk rest there."""
    speaker, rest = visit.holder or visit.party, start(FLOWS, AFTER_WITHDRAWAL)
    position = talks.position(talk)
    if speaker is None or (speaker.withdrawn_at and position.place == rest.place):
        return
    turn = Turn(rest)
    if speaker.withdrawn_at is None:
        turn = interrupt(FLOWS, position, Always.WITHDRAW, visit.facts())
    carry_out(visit, talk, turn)
    visit.notes = replace(visit.notes, stopped_unseen=True)


def _name_stopped(visit: Visit, stopped: Sequence[Talk]) -> None:
    """Say that stop was said, perhaps by somebody else; with several cases, where."""
    own = talks.of_person(visit.session, visit.person)
    are_several = sum(case_of(visit, talk) is not None for talk in own) > 1
    cases = [case for talk in stopped if (case := case_of(visit, talk)) is not None]
    if cases and are_several:
        named = ", ".join(case.reference for case in cases)
        visit.queue(Send(visit.text("hide.stopped", references=named)))
    elif cases:
        visit.queue(Send(visit.text("hide.stopped_one")))
