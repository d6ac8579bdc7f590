"""Move a talk: by an answer of its state, or by what is always open."""

from bot import effects
from bot.chat import resting
from bot.chat.notices import OFFERS, announce
from bot.chat.screens import (
    always_button,
    ask,
    bottom_row,
    choose_case,
    close,
    drop_keyboard,
    menu,
    say,
)
from bot.chat.visit import Visit
from bot.conversation import letters, receipts, stopped
from bot.conversation.whose import references, switch, switch_to_number
from bot.storage import locks, records, staff, talks
from bot.storage.mail.messages import Button, Send
from bot.storage.tables import Link, Notice, Talk
from flows import FLOWS
from flows.always import (
    AFTER_WITHDRAWAL,
    CARE,
    DOUBT,
    DOUBTED,
    NOT_FOR_YOU,
    OPENS,
    STOPPING,
    Always,
)
from flows.effects import (
    DetailGiven,
    DetailSkipped,
    HideRequested,
    LetterAccepted,
    Withdrew,
)
from flows.engine import (
    advance,
    asks_for_text,
    back,
    interrupt,
    offered,
    pause,
    start,
    state_at,
)
from flows.facts import Detail
from flows.model import GIVEN, Into, MessageId, Position, Turn, msg
from flows.taps import staff_tap

#: The dialogue in which an ended case is told.
_CLOSING = "closing"


def move(visit: Visit, talk: Talk, answer: str, value: str = "") -> None:
    """Move a talk by an answer; raises `NotOffered` if it is not open."""
    turn = advance(FLOWS, talks.position(talk), answer, visit.facts(), value)
    if LetterAccepted() in turn.effects and not _is_still_free(visit, talk):
        talks.put(talk, start(FLOWS, Into(talk.dialogue, NOT_FOR_YOU)), visit.at)
        talk.link_id = None
        close(visit)
        say(visit, msg("link.refused"))
        return
    if Withdrew() in turn.effects:
        stop(visit, talk)
        return
    doubted = _doubted(visit, talk) if answer == "yes" else None
    if doubted is not None and _asks_for_text(visit, turn):
        _leave_doubt(visit, talk, turn)
        move(visit, talk, GIVEN, doubted)
    else:
        _make(visit, talk, turn)


def always(visit: Visit, talk: Talk, action: Always) -> None:
    """Do what is open in every state and after every end."""
    match action:
        case Always.MENU:
            menu(visit)
        case Always.HELP | Always.STATUS:
            visit.queue(Send(_told(visit, talk, action)))
            ask(visit, again=True)
        case Always.PAUSE:
            say(
                visit, msg("always.pause.says"), [[always_button(visit, Always.RESUME)]]
            )
        case Always.RESUME:
            ask(visit)
        case Always.SHOW:
            show(visit)
        case Always.RECEIPT:
            receipts.lay_ready(visit)
        case Always.HIDE:
            effects.apply(visit, HideRequested())
        case _:
            _interrupt(visit, talk, action)


def care(visit: Visit, talk: Talk) -> None:
    """Pause for words that may mean danger: offer help and a human, keep no word."""
    _make(visit, talk, pause(FLOWS, talks.position(talk), CARE))


def ask_about_stop(visit: Visit, talk: Talk) -> None:
    """Ask whether somebody says stop; where that is asked already, it is asked anew."""
    _make(visit, talk, pause(FLOWS, talks.position(talk), STOPPING))


def stop(visit: Visit, talk: Talk) -> None:
    """Take every yes back at once; with several cases, ask first which one is meant."""
    own = references(visit)
    if len(own) <= 1:
        _withdraw(visit, talk)
        return
    position = talks.position(talk)
    if position.place.dialogue == STOPPING.dialogue:
        # Another case may be the one: then this talk goes on where it was.
        close(visit)
        talks.put(talk, back(position, visit.facts()), visit.at)
    choose_case(visit, Always.WITHDRAW, own)


def doubt(visit: Visit, talk: Talk, words: str) -> None:
    """Ask whether words are the answer here; they lie sealed meanwhile."""
    talks.remember(visit.session, visit.key, talk, DOUBTED, words)
    _make(visit, talk, pause(FLOWS, talks.position(talk), DOUBT))


def _doubted(visit: Visit, talk: Talk) -> str | None:
    """Open the words of which it is asked here whether they are the answer."""
    if talk.dialogue != DOUBT.dialogue:
        return None
    return talks.answer(visit.session, visit.key, talk, DOUBTED)


def _asks_for_text(visit: Visit, turn: Turn) -> bool:
    return asks_for_text(state_at(FLOWS, turn.position.place), visit.facts())


def _leave_doubt(visit: Visit, talk: Talk, turn: Turn) -> None:
    """Go back to the question to which the words were an answer, without asking it."""
    close(visit)
    talks.forget(visit.session, talk, DOUBTED)
    talks.put(talk, turn.position, visit.at)


def show(visit: Visit) -> None:
    """Show the messages that wait, and ask again what is asked."""
    unread = records.unread(visit.session, visit.person)
    if not unread:
        say(visit, msg("common.no_messages"))
    for notice in unread:
        notice.shown_at = visit.at
        talk = visit.session.get(Talk, notice.talk_id) if notice.talk_id else None
        if talk is not None:
            switch(visit, talk)
        _tell(visit, notice)
    if visit.talk is not None and _is_waiting_for_answer(visit, visit.talk):
        ask(visit)


def _tell(visit: Visit, notice: Notice) -> None:
    """Say what waited, unless the talk itself says it: an end is said once a talk."""
    if notice.text_id == receipts.NOTICE:
        receipts.show(visit)
    elif notice.values:
        text = visit.text(notice.text_id, **notice.values)
        visit.queue(Send(text, buttons=_offer(visit, notice)))
    elif visit.talk is None or notice.text_id not in _asked(visit.talk):
        say(visit, notice.text_id, [bottom_row(visit)])


def _offer(visit: Visit, notice: Notice) -> tuple[tuple[Button, ...], ...]:
    """Make the button that takes a case, where a notice offers one."""
    label = OFFERS.get(notice.text_id) if visit.is_of_staff else None
    if label is None:
        return (bottom_row(visit),)
    tap = staff_tap(str(notice.values["reference"]))
    return ((Button(visit.text(label), tap),),)


def announce_unread(visit: Visit) -> None:
    """Say that messages wait, where some do."""
    if staff.of_person(visit.session, visit.person):
        # What is told to a covered chat at this moment waits: it must be seen here.
        locks.staff_changes(visit.session)
    if unread := records.unread(visit.session, visit.person):
        announce(effects.post_of(visit), visit.person, visit.talk, unread[-1])


def _withdraw(visit: Visit, talk: Talk) -> None:
    """Take back the yes of this talk; where there can be none, that of another.

    Somebody who says stop in a talk without an open case means one that they have.
    """
    own = references(visit)
    speaker = visit.holder or visit.party
    if own and talk.number not in own:
        if len(own) > 1:
            choose_case(visit, Always.WITHDRAW, own)
        else:
            switch_to_number(visit, next(iter(own)))
            _withdraw(visit, visit.talk or talk)
        return
    position, rest = talks.position(talk), start(FLOWS, AFTER_WITHDRAWAL)
    if speaker is not None and speaker.withdrawn_at is None:
        _make(visit, talk, interrupt(FLOWS, position, Always.WITHDRAW, visit.facts()))
    elif speaker is None or position.place == rest.place:
        if not stopped.name_button(visit, talk):
            say(visit, msg("common.nothing_to_withdraw"))
        ask(visit, again=True)
    else:
        # Who has stopped looked at something again: the stop stands as it was.
        _make(visit, talk, Turn(rest))


def _interrupt(visit: Visit, talk: Talk, action: Always) -> None:
    position = talks.position(talk)
    if action is Always.WITHDRAW:
        _withdraw(visit, talk)
    elif action is Always.HUMAN and talk.staff_id is not None:
        say(visit, msg("human.offices"))
        ask(visit, again=True)
    else:
        turn = interrupt(FLOWS, position, action, visit.facts())
        if turn.position == position and action not in OPENS:
            say(visit, msg("common.nothing_back"))
        _make(visit, talk, turn)


def carry_out(visit: Visit, talk: Talk, turn: Turn) -> None:
    """Write what a turn causes, and where the talk stands after it; say nothing."""
    if _is_in_doubt(talks.position(talk)) and not _is_in_doubt(turn.position):
        talks.forget(visit.session, talk, DOUBTED)
    for effect in turn.effects:
        effects.apply(visit, effect)
    talks.put(talk, turn.position, visit.at)
    if turn.effects:
        effects.settled(visit)


def _make(visit: Visit, talk: Talk, turn: Turn) -> None:
    close(visit)
    _drop_keyboard(visit, turn)
    carry_out(visit, talk, turn)
    ask(visit)


def _drop_keyboard(visit: Visit, turn: Turn) -> None:
    """Take the share-number button away, and say what was noted, if anything was."""
    if DetailSkipped(Detail.PHONE) in turn.effects:
        drop_keyboard(visit, msg("intake.skipped"))
    elif any(isinstance(effect, DetailGiven) for effect in turn.effects):
        drop_keyboard(visit, msg("intake.noted"))
    else:
        drop_keyboard(visit)


def _is_in_doubt(position: Position) -> bool:
    return any(place.dialogue == DOUBT.dialogue for place in position.places)


def _told(visit: Visit, talk: Talk, action: Always) -> str:
    if action is Always.HELP:
        return visit.text("always.help.says")
    flow = FLOWS[talk.dialogue]
    state = talks.state(talk)
    told = resting.status(visit, state, state.status or flow.status)
    lines = [visit.text(message_id) for message_id in told]
    case = visit.case
    if case is not None:
        lines.append(visit.text("status.reference", reference=case.reference))
    return "\n".join(lines)


def _is_waiting_for_answer(visit: Visit, talk: Talk) -> bool:
    """Tell whether there is a question to go on with, or an end to be told."""
    state = talks.state(talk)
    return bool(offered(state, visit.facts())) or talk.dialogue == _CLOSING


def _asked(talk: Talk) -> tuple[MessageId, ...]:
    return talks.state(talk).says


def _is_still_free(visit: Visit, talk: Talk) -> bool:
    link = visit.session.get(Link, talk.link_id) if talk.link_id else None
    return link is not None and letters.may_accept(visit, link)
