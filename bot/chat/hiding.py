"""Cover a chat at once, keep it covered, and open it again to its owner alone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.addressing import Abilities, MessageRef
from bot.chat import own_word
from bot.chat.values import worded
from bot.chat.visit import Visit
from bot.storage import locks, people, staff, talks, wrong_words
from bot.storage.mail import outbox
from bot.storage.mail.messages import Blank, Delete, Send
from flows.model import msg

#: A deletion takes its time on its way, and must not come too late.
_ON_ITS_WAY = timedelta(minutes=5)


def deletable_since(abilities: Abilities, at: datetime) -> datetime | None:
    """Tell since when messages of a chat can surely be deleted; None: all can."""
    within = abilities.deletes_within
    return None if within is None else at - within + _ON_ITS_WAY


def hide(visit: Visit) -> None:
    """Delete what can be deleted, blank the rest, and leave one neutral line."""
    session, person = visit.session, visit.person
    if staff.of_person(session, person):
        # A notice to staff is written under this lock: it comes before, or stays away.
        locks.staff_changes(session)
    outbox.drop_waiting(session, person.id)
    person.hidden_at = visit.at
    since = deletable_since(visit.abilities, visit.at)
    for sent in outbox.sent_rows(session, person.id):
        if since is not None and sent.sent_at <= since:
            visit.queue(Blank(of=sent.row))
    take_out(visit)
    _forget_buttons(visit)
    line(visit)


def take_out(visit: Visit) -> None:
    """Delete all of both sides that stands in the chat and can be deleted."""
    session, person = visit.session, visit.person
    since = deletable_since(visit.abilities, visit.at)
    ours = [sent.message for sent in outbox.sent_rows(session, person.id, since)]
    # Nothing else can be done about these, so that the last minutes are tried as well.
    heard = people.heard_since(session, person, _last_hope(visit))
    people.forget_heard(session, person)
    _delete(visit, sorted({*heard, *ours}, key=lambda message: message.number))


def _last_hope(visit: Visit) -> datetime | None:
    within = visit.abilities.deletes_within
    return None if within is None else visit.at - within


def take_out_heard(visit: Visit) -> None:
    """Delete the message that is being answered: it holds a word of one's own."""
    if visit.answer_key is not None:
        visit.queue(Delete((visit.answer_key,)))


def cover_again(visit: Visit) -> None:
    """Take out what has come into a covered chat, and leave the same line.

    So the chat looks the same after anything that is written there. Where the line
    waits to be sent it is not said twice: many messages get one.
    """
    session, person = visit.session, visit.person
    is_said = outbox.is_waiting(session, person.id)
    if not is_said:
        # One may be under way at this moment: it is taken out when it has arrived.
        outbox.drop_waiting(session, person.id)
    take_out(visit)
    if not is_said:
        line(visit)


def opens(visit: Visit, text: str) -> bool:
    """Tell whether a text opens the chat: the word that the person has chosen before.

    After too many wrong ones the right one waits, and nothing shows it.
    """
    if visit.person.hiding_word is None:
        return False
    is_heard = wrong_words.may_try(visit.session, visit.person, visit.at)
    return is_heard and own_word.is_own(visit, text)


def note_wrong(visit: Visit) -> None:
    """Count a wrong word, where there is a right one."""
    if visit.person.hiding_word is not None:
        wrong_words.note(visit.session, visit.person, visit.at)


def uncover(visit: Visit) -> None:
    """Let the chat be open again; nothing of what was said meanwhile stands there."""
    visit.person.hidden_at = None
    wrong_words.forget(visit.session, visit.person)
    # A line may be under way at this moment: it is taken out when it has arrived.
    outbox.drop_waiting(visit.session, visit.person.id)
    take_out(visit)


def welcome(visit: Visit) -> None:
    """Greet somebody who has found their chat again."""
    visit.queue(Send(worded(visit, msg("hide.found"))))


def line(visit: Visit) -> None:
    """Say the one thing that a covered chat says to everybody."""
    text = visit.text("hide.line")
    visit.queue(Send(text, drop_keyboard=True, silent=True))


def _delete(visit: Visit, messages: Sequence[MessageRef]) -> None:
    keys, at_once = [one.key for one in messages], visit.abilities.deletes_at_once
    for first in range(0, len(keys), at_once):
        visit.queue(Delete(tuple(keys[first : first + at_once])))


def _forget_buttons(visit: Visit) -> None:
    """No question of any talk is open any more: there are no buttons left."""
    for talk in talks.of_person(visit.session, visit.person):
        talk.open_row = None
        talk.notes = replace(talk.notes, keyboard=False)
