"""Notes what a person sends: numbers, so that hiding deletes it, and acts, as one."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.chat.visit import Visit
from bot.incoming import Incoming, text_of
from bot.storage import people
from bot.storage.people import Known
from bot.storage.tables import Person

#: So long somebody can change their words; a minute less than they are known here, as
#: the messenger's clock and ours differ.
CHANGEABLE_FOR: Final = people.HEARD_FOR - timedelta(minutes=1)
#: What comes within so long of something unusable is the same act: an album, a bulk
#: of messages that are sent on, one photo after the other.
ONE_ACT: Final = timedelta(seconds=10)
#: Parts of one text come within so long of each other, by whole seconds.
ONE_TEXT: Final = timedelta(seconds=2)
#: No phone cuts a text that is shorter, in letters.
SHORTEST_CUT: Final = 2048
#: So often at most what is said in a group is answered in the private chat.
ONE_GROUP_ANSWER: Final = timedelta(hours=1)


def note(visit: Visit, incoming: Incoming) -> bool:
    """Note a message; tell whether it says anything that it did not say before.

    An edit that changes no word was made by no person, or tells nothing: a link's
    preview, a reaction, each step of a live location. Nor does any other change words
    that are too old to be changed, and that are not known here any more. What
    nobody has edited just now changes no words that are unknown here either.
    """
    content = incoming.content
    message = incoming.message
    if message is None:
        return True
    if _is_edit(incoming) and _age(incoming) >= CHANGEABLE_FOR:
        return False
    text = text_of(content)
    session, person = visit.session, visit.person
    words = people.hash_words(Known(person, visit.key), message, text)
    if people.heard(session, person, message, incoming.at, words):
        is_said = bool(text) and not _is_retold(incoming)
        return is_said or not _is_edit(incoming)
    is_changed = people.heard_anew(session, person, message, words)
    return (is_changed and bool(text)) or not _is_edit(incoming)


def begins_act(visit: Visit) -> bool:
    """Begin an act, to be answered once; False for a part of one that was begun."""
    before = visit.person.unusable_at
    if before is not None and abs(visit.at - before) < ONE_ACT:
        return False
    visit.person.unusable_at = visit.at
    return True


def goes_on(visit: Visit, text: str) -> bool:
    """Tell whether a text goes on in a longer one, which the phone has cut in two.

    Some phones cut at 4,096 letters, some at the sentence before. All send the parts
    at once, and nobody writes a new message so soon after a long one. What follows a
    short part is a message of its own.
    """
    if visit.exchange is None:
        return False
    at, before = visit.exchange.answer_at, visit.notes.long_at
    is_rest = before is not None and abs(at - before) <= ONE_TEXT
    if len(text) >= SHORTEST_CUT:
        visit.notes = replace(visit.notes, long_at=at)
    return is_rest


def begins_act_in_group(person: Person, incoming: Incoming) -> bool:
    """Begin an act in a group; False where one was answered within the hour."""
    before = person.group_at
    if before is not None and abs(incoming.at - before) < ONE_GROUP_ANSWER:
        return False
    person.group_at = incoming.at
    return True


def _is_edit(incoming: Incoming) -> bool:
    return incoming.written is not None and incoming.written.is_edit


def _is_retold(incoming: Incoming) -> bool:
    return incoming.written is not None and incoming.written.is_retold


def _age(incoming: Incoming) -> timedelta:
    sent_at = incoming.written.sent_at if incoming.written else incoming.at
    return incoming.at - sent_at
