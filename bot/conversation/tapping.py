"""Answer a tap: an answer only while its question is open, an action always."""

from dataclasses import replace

from bot.chat import asked, doors, hiding
from bot.chat.screens import ask, begin, show_chosen
from bot.chat.visit import Visit
from bot.conversation import doorstep, staffing, stopped
from bot.conversation.freezing import freeze
from bot.conversation.moving import always, move
from bot.conversation.whose import references, switch, switch_to_number
from bot.incoming import Tap
from bot.storage import people, talks
from bot.storage.consent.exchange import Exchange
from bot.storage.mail import outbox
from bot.storage.tables import Talk
from flows.always import Always
from flows.engine import NotOffered, offered
from flows.taps import AlwaysTap, AnswerTap, StaffTap, parse_tap


def tap(visit: Visit, tapped: Tap) -> str | None:
    """Do what a button says; the text that the tap is answered with, if any."""
    visit.method, visit.exchange = "button", Exchange(visit.at)
    found = parse_tap(tapped.data)
    if isinstance(found, AlwaysTap) and found.action is Always.HIDE:
        _hide(visit, tapped, found.talk)
        return None
    if visit.person.hidden_at is not None:
        # A covered chat knows nobody: only hiding once more has an effect.
        return None
    match found:
        case AnswerTap():
            return _answer(visit, tapped, found)
        case AlwaysTap(action, number):
            _always(visit, tapped, action, number)
            return None
        case StaffTap(reference):
            if tapped.shown is not None:
                label = visit.text(staffing.label_of(visit, reference))
                show_chosen(visit, tapped.message.key, tapped.shown, label)
            staffing.take(visit, reference)
            return None
        case None:
            return visit.text("common.stale")


def _answer(visit: Visit, tapped: Tap, found: AnswerTap) -> str | None:
    talk = talks.numbered(visit.session, visit.person, found.talk)
    there = replace(visit, talk=talk) if talk else visit
    why_shut = doors.shut(there)
    if why_shut is not None and not doors.may_answer(there, why_shut, found.answer):
        doorstep.tell(visit, why_shut)
        return None
    if talk is not None and freeze(there):
        switch(visit, talk)
        ask(visit)
        return None
    if talk is None or not talks.bears(talk, found):
        return visit.text("common.stale")
    switch(visit, talk)
    return _take(visit, talk, tapped, found.answer)


def _take(visit: Visit, talk: Talk, tapped: Tap, answer: str) -> str | None:
    """Take an answer to the question that is open, as far as its words still hold.

    The copy that was tapped tells the question's number, whether or not we knew it.
    """
    if not asked.still_holds(visit):
        ask(visit)
        return visit.text("common.stale")
    label = _label(visit, talk, answer)
    if label is None:
        if stopped.is_over(visit, talk):
            # The button took a stop back, and the case has ended since.
            ask(visit)
        return visit.text("common.stale")
    if tapped.shown is not None:
        show_chosen(visit, tapped.message.key, tapped.shown, label)
        talk.open_row = None
    visit.exchange = Exchange(
        answer_at=visit.at,
        question_number=tapped.message.number,
        question_at=tapped.shown_at,
    )
    try:
        move(visit, talk, answer)
    except NotOffered:
        return visit.text("common.stale")
    return None


def _always(visit: Visit, tapped: Tap, action: Always, number: int) -> None:
    switch_to_number(visit, number)
    freeze(visit)
    why_shut = doors.shut(visit)
    if visit.talk is None and why_shut is None:
        begin(visit)
        return
    if not _is_question(visit, visit.talk, tapped) and tapped.shown is not None:
        label = visit.text(f"always.{action}.label")
        if tapped.shown == visit.text("common.which_case"):
            label = references(visit).get(number, label)
        show_chosen(visit, tapped.message.key, tapped.shown, label)
    if why_shut is not None:
        doorstep.act(visit, why_shut, action)
    elif visit.talk is not None:
        always(visit, visit.talk, action)


def _hide(visit: Visit, tapped: Tap, number: int) -> None:
    """Cover the chat, whoever it is and wherever they stand."""
    if visit.person.hidden_at is None:
        switch_to_number(visit, number)
    _note_copy(visit, tapped)
    hiding.hide(visit)


def _label(visit: Visit, talk: Talk, answer: str) -> str | None:
    state = talks.state(talk)
    facts = visit.facts()
    for open_answer in offered(state, facts):
        if open_answer.name == answer and open_answer.label:
            return visit.text(open_answer.label)
    return None


def _note_copy(visit: Visit, tapped: Tap) -> None:
    """Remember a message whose number we never learned, so that hiding deletes it.

    Such a copy is left in the chat when we end between sending and noting.
    """
    session, person = visit.session, visit.person
    if not outbox.is_known(session, person.id, tapped.message.key):
        people.heard(session, person, tapped.message, visit.at)


def _is_question(visit: Visit, talk: Talk | None, tapped: Tap) -> bool:
    """Tell whether the tapped message is the question that is open.

    It is taken for it, too, while we do not know yet that the question has arrived.
    """
    row = talk.open_row if talk else None
    if row is None:
        return False
    return outbox.key_of(visit.session, row) in {None, tapped.message.key}
