"""What a person sees: the texts of a state, its buttons, and what becomes of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.chat import asked, doors, resting
from bot.chat.values import told_in, worded
from bot.chat.visit import Visit
from bot.storage import talks
from bot.storage.consent import shown
from bot.storage.mail import outbox
from bot.storage.mail.messages import Button, Close, Edit, Send
from bot.storage.notes import FirstCopy, WhichCase
from bot.storage.tables import Talk
from flows import FLOWS
from flows.always import (
    FOR_PARTIES,
    IN_MENU,
    ON_EVERY_SCREEN,
    Always,
)
from flows.counting import count
from flows.engine import offered, start
from flows.model import Input, Into, MessageId, State, msg
from flows.rules.required import RECORDED
from flows.taps import always_tap, answer_tap

#: Where a person without a letter begins.
_WITHOUT_LETTER = Into("arrival", "ask_language")

#: What is said where that button goes, and nobody has answered its question.
_BUTTON_GONE = msg("intake.share_gone")


def begin(visit: Visit) -> Talk:
    """Begin the talk of somebody who came without a letter."""
    drop_keyboard(visit)
    position = start(FLOWS, _WITHOUT_LETTER)
    visit.talk = talks.begin(visit.session, visit.person, position, visit.at)
    ask(visit)
    return visit.talk


def ask(visit: Visit, *, again: bool = False) -> None:
    """Ask the question on which the talk stands; older buttons of it go.

    Asked again, it leaves out the texts that went before the question, unless those of
    a notice are others by now. Where the person may not go on now, they are told that
    instead, and what is open stays as it is.
    """
    why_shut = doors.shut(visit)
    if why_shut is not None and doors.is_silent(visit):
        say(visit, why_shut.says, [bottom_row(visit)])
        return
    talk = told_in(visit)
    close(visit)
    state = talks.state(talk)
    if state.asks_for is not Input.PHONE:
        drop_keyboard(visit)
    *before, last = resting.says(visit, state)
    is_short = again and not asked.would_differ(visit)
    for message_id in () if is_short else before:
        say(visit, message_id)
    asked.note(visit)
    text = _numbered(visit, state, _told(visit, last))
    talk.open_row = visit.queue(Send(text, buttons=_buttons(visit, state)))
    _note_asked(visit, talk, talk.open_row)
    if state.asks_for is Input.PHONE and not visit.notes.keyboard:
        _offer_sharing(visit)


def _note_asked(visit: Visit, talk: Talk, row: int) -> None:
    """Remember the first copy of a question: asked again it is still the same one."""
    first = visit.notes.first_asked
    if first is None or first.step != talk.step:
        visit.notes = replace(visit.notes, first_asked=FirstCopy(talk.step, row))


def first_asked(visit: Visit) -> int | None:
    """Give the outbox row of the first copy of the question that is open."""
    first, talk = visit.notes.first_asked, visit.talk
    is_of_now = talk is not None and first is not None and first.step == talk.step
    return first.row if first is not None and is_of_now else None


def question(visit: Visit) -> str:
    """Give the words of the question on which the talk stands, as it is asked now."""
    state = talks.state(told_in(visit))
    return _numbered(visit, state, worded(visit, resting.says(visit, state)[-1]))


def say(visit: Visit, message_id: str, buttons: Sequence[Sequence[Button]] = ()) -> int:
    """Send one text, and give its outbox row."""
    text = _told(visit, MessageId(message_id))
    return visit.queue(Send(text, buttons=tuple(map(tuple, buttons))))


def _told(visit: Visit, message_id: MessageId) -> str:
    """Word a text that is sent now; what must be read before consent is noted."""
    if message_id in RECORDED and visit.talk is not None:
        words = visit.tools.catalogue.template(
            message_id, visit.language, adult=visit.is_adult
        )
        shown.note(
            visit.session, visit.talk, message_id, visit.language, words, visit.at
        )
        visit.forget_facts()
    return worded(visit, message_id)


def menu(visit: Visit) -> None:
    """Show everything that can be done at any moment."""
    _close_menu(visit)
    why_shut = doors.shut(visit)
    left_out = () if _may_be_party(visit) else FOR_PARTIES
    actions = [a for a in IN_MENU if why_shut is None or a in why_shut.leaves]
    rows = [
        (always_button(visit, action),) for action in actions if action not in left_out
    ]
    text = visit.text("always.menu.says")
    row = visit.queue(Send(text, buttons=(*rows, bottom_row(visit))))
    visit.notes = replace(visit.notes, menu=row)


def _may_be_party(visit: Visit) -> bool:
    """Tell whether there can be a yes to take back, here or in another talk."""
    return not visit.is_of_staff or talks.speaks_somewhere(visit.session, visit.person)


def close(visit: Visit) -> None:
    """Take the buttons from the question that was open; its words stay."""
    talk = visit.talk
    _close_menu(visit)
    if talk is not None and talk.open_row is not None:
        visit.queue(Close(of=talk.open_row))
        talk.open_row = None


def _close_menu(visit: Visit) -> None:
    """Take the buttons from an older menu, so that no stray tap withdraws."""
    row = visit.notes.menu
    if row is not None:
        visit.notes = replace(visit.notes, menu=None)
        visit.queue(Close(of=row))


def show_chosen(visit: Visit, key: str, shown: str, label: str) -> None:
    """Let a tapped message keep its words, show the answer and lose its buttons."""
    chosen = visit.text("common.chosen", label=label)
    visit.queue(Edit(f"{shown}\n\n{chosen}", key=key))


def drop_keyboard(visit: Visit, says: MessageId = _BUTTON_GONE) -> None:
    """Take the share-number button away, once its question is open no more.

    No message can have buttons of its own and take this one away.
    """
    if visit.notes.keyboard:
        visit.notes = replace(visit.notes, keyboard=False)
        visit.queue(Send(visit.text(says), drop_keyboard=True))


def choose_case(visit: Visit, action: Always, references: Mapping[int, str]) -> None:
    """Ask which case is meant, by reference only."""
    rows = [
        [Button(reference, always_tap(action, number))]
        for number, reference in references.items()
    ]
    row = say(visit, msg("common.which_case"), rows)
    visit.notes = replace(visit.notes, which_case=WhichCase(row, action))


def asked_of_which(visit: Visit) -> Always | None:
    """Give the action of which it was asked last which case is meant."""
    asked_last, person = visit.notes.which_case, visit.person
    if asked_last is None:
        return None
    is_open = outbox.is_last_said(visit.session, person.id, asked_last.row)
    return asked_last.action if is_open else None


def _numbered(visit: Visit, state: State, text: str) -> str:
    if state.step is None:
        return text
    step, steps = count(FLOWS[told_in(visit).dialogue], state, visit.facts())
    counted = visit.text("common.step", step=step, steps=steps)
    return f"{counted}\n{text}"


def _buttons(visit: Visit, state: State) -> tuple[tuple[Button, ...], ...]:
    talk = told_in(visit)
    flow = FLOWS[talk.dialogue]
    rows = [
        (
            Button(
                visit.text(answer.label or ""),
                answer_tap(talk.number, flow, state.name, answer.name, talk.step),
            ),
        )
        for answer in offered(state, visit.facts())
    ]
    if state.offers_receipt:
        rows.append((always_button(visit, Always.RECEIPT),))
    return (*rows, bottom_row(visit))


def bottom_row(visit: Visit) -> tuple[Button, ...]:
    """Make the buttons that stand on every screen."""
    return tuple([always_button(visit, action) for action in ON_EVERY_SCREEN])


def always_button(visit: Visit, action: Always) -> Button:
    """Make the button of an action that is always open."""
    number = visit.talk.number if visit.talk else 0
    return Button(visit.text(f"always.{action}.label"), always_tap(action, number))


def _offer_sharing(visit: Visit) -> None:
    if not visit.abilities.shares_numbers:
        return
    visit.notes = replace(visit.notes, keyboard=True)
    label = visit.text("intake.ask_phone.share")
    visit.queue(Send(visit.text("intake.ask_phone.share_hint"), share_label=label))
