"""Answer what a person typed or shared: read it, and move the talk by it."""

from collections.abc import Callable

from bot.chat import asked, hiding, inputs, own_word
from bot.chat.screens import ask, choose_case, say
from bot.chat.visit import Visit
from bot.conversation import staffing, stopped
from bot.conversation.moving import always, care, move
from bot.conversation.whose import references, switch_to_case
from bot.storage import outbox, talks
from bot.storage.tables import Talk
from flows import FLOWS
from flows.always import Always
from flows.engine import asks_for_text, offered, state_at
from flows.model import GIVEN, Input, State, msg
from flows.reading import (
    LONGEST_TEXT,
    Asked,
    Chosen,
    Flagged,
    Given,
    Question,
    Reading,
    TooLong,
    Unclear,
    Wanted,
    read,
)

#: With several cases it must be clear for which one these are meant.
_FOR_ONE_CASE = (Always.WITHDRAW, Always.HUMAN, Always.STATUS)


def answer_text(visit: Visit, talk: Talk, text: str) -> None:
    """Answer what the person wrote: the first reading that fits."""
    if staffing.hears(visit, text):
        return
    state = state_at(FLOWS, talks.position(talk).place)
    match read(text, _asked(visit, state), visit.tools.vocabulary.words):
        case Wanted(action, reference):
            want(visit, talk, action, reference)
        case Flagged():
            care(visit, talk)
        case Chosen(answer):
            _choose(visit, talk, state, answer)
        case Given(value):
            move(visit, talk, GIVEN, value)
        case Question(topic):
            say(visit, f"topics.explain_{topic}" if topic else _unanswered(visit))
            ask(visit, again=True)
        case TooLong() | Unclear():
            _repeat(visit, talk, state, text)


def answer_contact(visit: Visit, talk: Talk, shared: str) -> None:
    """Take the phone number that the person shared, where one is asked for."""
    state = state_at(FLOWS, talks.position(talk).place)
    number = inputs.phone(shared if shared.startswith("+") else f"+{shared}")
    if number and state.asks_for in {Input.PHONE, Input.CONTACT}:
        visit.method = "shared"
        move(visit, talk, GIVEN, number)
    else:
        say(visit, msg("common.unusable"))
        ask(visit, again=True)


def _choose(visit: Visit, talk: Talk, state: State, answer: str) -> None:
    """Take a typed answer; where it counts, only to what was asked last.

    A "yes" after the menu or a pause may be a yes to going on, never a consent. Nor is
    one to words that do not hold any more.
    """
    row, person = talk.open_row, visit.person
    just_asked = row is not None and outbox.is_last_said(visit.session, person.id, row)
    if state.strict and not (just_asked and asked.still_holds(visit)):
        ask(visit)
    else:
        move(visit, talk, answer)


def want(visit: Visit, talk: Talk, action: Always, reference: str) -> None:
    """Do what is always open, in the case that is meant."""
    own = references(visit)
    if reference and not switch_to_case(visit, reference):
        say(visit, msg("common.not_understood"))
        ask(visit, again=True)
    elif not reference and action in _FOR_ONE_CASE and len(own) > 1:
        choose_case(visit, action, own)
    else:
        always(visit, visit.talk or talk, action)


def unasked(visit: Visit, text: str) -> Reading:
    """Read what somebody wrote whom nothing is asked, or beside what was asked."""
    nothing = Asked((), is_of_staff=visit.is_of_staff)
    return read(text, nothing, visit.tools.vocabulary.words)


def _repeat(visit: Visit, talk: Talk, state: State, text: str) -> None:
    """Ask again, after what helps most."""
    if state.asks_for is Input.WORD:
        # It may be all but the word that is chosen next.
        hiding.take_out_heard(visit)
    if not stopped.name_button(visit, talk):
        say(visit, _refusal(state, text))
    ask(visit, again=True)


def _asked(visit: Visit, state: State) -> Asked:
    """Say what is asked here: the labels in every language, and the input."""
    facts = visit.facts()
    labels = visit.tools.vocabulary.labels
    answers = [
        (answer.name, labels(answer.label))
        for answer in offered(state, facts)
        if answer.label
    ]
    wants = state.asks_for if asks_for_text(state, facts) else None
    return Asked(
        answers,
        state.strict,
        by_age=state.by_age,
        accepts=_accepts(visit, wants) if wants else None,
        is_for_name=wants is Input.NAME,
        is_of_staff=visit.is_of_staff,
    )


def _accepts(visit: Visit, wants: Input) -> Callable[[str], str | None]:
    """Give what takes a typed text for the input that is asked for, or refuses it."""
    if wants is Input.WORD:
        return own_word.accepted(visit.tools.vocabulary)
    return inputs.ACCEPTS[wants]


def _unanswered(visit: Visit) -> str:
    """Say whom to ask instead; a mediator is not sent to a mediator."""
    if visit.is_of_staff:
        return msg("common.unanswered_staff")
    return msg("common.unanswered")


def _refusal(state: State, text: str) -> str:
    """Choose the calm repeat that helps most."""
    if len(text) > LONGEST_TEXT:
        return msg("common.too_long")
    if inputs.holds_cpr(text):
        return msg("common.cpr")
    if state.asks_for is not None:
        return f"input.refused.{state.asks_for}"
    if state.strict:
        return msg("common.not_understood_strict")
    return msg("common.not_understood")
