"""Cover a chat at once, and find it again by a word of the person's own."""

from datetime import timedelta

from bot.chat.screens import KEYBOARD, ask
from bot.chat.values import worded
from bot.chat.visit import Visit
from bot.storage import locks, outbox, people, staff, talks
from bot.storage.messages import Blank, Delete, Send
from flows.characters import normalised
from flows.model import msg

#: So long after hiding, the next text becomes the word that opens the chat.
WORD_TIME = timedelta(minutes=5)
#: A shorter word would be found by chance.
SHORTEST_WORD = 3
#: A little less than Telegram's 48 hours, so that no deletion comes too late.
SURELY_DELETABLE = people.DELETABLE - timedelta(minutes=5)
#: Telegram deletes so many messages in one call.
_MOST_AT_ONCE = 100


def hide(visit: Visit) -> None:
    """Delete what can be deleted, blank the rest, and leave one neutral line."""
    session, person = visit.session, visit.person
    if staff.of_person(session, person):
        # A notice to staff is written under this lock: it comes before, or stays away.
        locks.staff_changes(session)
    outbox.drop_waiting(session, person.id)
    person.hidden_at, person.word_until = visit.at, visit.at + WORD_TIME
    young = people.deletable_heard(session, person, visit.at)
    for sent in outbox.sent_rows(session, person.id):
        if sent.sent_at > visit.at - SURELY_DELETABLE:
            young.append(sent.message_id)
        else:
            visit.queue(Blank(of=sent.row))
    _delete(visit, sorted(young))
    people.forget_heard(session, person)
    _forget_buttons(visit)
    line(visit)


def hear(visit: Visit, text: str, message_id: int) -> bool:
    """Answer a hidden chat; True when the person has found it again.

    Whoever writes anything but the word sees one neutral line, always the same.
    """
    person = visit.person
    said = normalised(text)
    word = visit.tools.keys.hash_word(person.id, said)
    if len(said) < SHORTEST_WORD:
        line(visit)
        return False
    if person.word_until is not None and visit.at <= person.word_until:
        person.hiding_word, person.word_until = word, None
        visit.queue(Delete((message_id,)))
        visit.queue(Send(visit.text("hide.kept"), silent=True))
        return False
    if person.hiding_word is not None and word == person.hiding_word:
        visit.queue(Delete((message_id,)))
        return True
    line(visit)
    return False


def found(visit: Visit) -> None:
    """Open a hidden chat again, where the person was."""
    visit.person.hidden_at = visit.person.word_until = None
    visit.queue(Send(worded(visit, msg("hide.found"))))
    if visit.talk is not None:
        ask(visit)


def line(visit: Visit) -> None:
    """Say the one thing that a covered chat says to everybody."""
    text = visit.text("hide.line")
    visit.queue(Send(text, drop_keyboard=True, silent=True))


def _delete(visit: Visit, message_ids: list[int]) -> None:
    for first in range(0, len(message_ids), _MOST_AT_ONCE):
        visit.queue(Delete(tuple(message_ids[first : first + _MOST_AT_ONCE])))


def _forget_buttons(visit: Visit) -> None:
    """No question of any talk is open any more: there are no buttons left."""
    for talk in talks.of_person(visit.session, visit.person):
        talk.open_row = None
        talk.notes = {n: value for n, value in talk.notes.items() if n != KEYBOARD}
