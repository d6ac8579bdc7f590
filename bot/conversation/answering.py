"""Answer what a person typed or shared: read it, and move the talk by it."""

from collections.abc import Callable
from dataclasses import replace

from bot.chat import asked, hiding, inputs, own_word
from bot.chat.cpr import holds_cpr
from bot.chat.numbers import is_anonymous
from bot.chat.screens import ask, choose_case, say
from bot.chat.visit import Visit
from bot.conversation import hearing, staffing, stopped, stopping
from bot.conversation.moving import always, care, doubt, move
from bot.conversation.provenance import is_to_last_copy
from bot.conversation.whose import references, switch_to_case
from bot.storage import outbox, talks
from bot.storage.messages import Send
from bot.storage.tables import Talk
from flows import FLOWS
from flows.always import CARE, STOPPING, Always
from flows.engine import asks_for_text, offered, state_at
from flows.model import GIVEN, Input, Into, State, msg
from flows.provenance import MAY, Origin
from flows.reading import (
    LONGEST_TEXT,
    Asked,
    Chosen,
    Doubtful,
    Flagged,
    Given,
    Question,
    Reading,
    StopWish,
    TooLong,
    Unclear,
    Wanted,
    read,
    wishes_nothing,
)

#: With several cases it must be clear for which one these are meant.
_FOR_ONE_CASE = (Always.WITHDRAW, Always.HUMAN, Always.STATUS)

#: What is said to a question, or was meant to be, and counts as own fresh words only.
_ANSWERS = (Chosen, Doubtful, Given, StopWish, TooLong, Unclear)

#: Where a number that is shared is what was asked for.
_NUMBERS = frozenset({Input.PHONE, Input.CONTACT})

#: What is said of kinds that have words of their own.
_UNUSABLE = {
    "edited": msg("common.edited"),
    "foreign_contact": msg("common.foreign_contact"),
}
_TOO_EARLY = frozenset({Origin.EARLY, Origin.SCHEDULED})
#: What matters more of such a message than of which kind it is.
_NOT_SAID_HERE = frozenset({Origin.FORWARDED, Origin.THROUGH_BOT})

#: The note of the question before which somebody wrote, and of what was said of it.
_EARLY_AT = "early_at"
_EARLY_SAID = "early_said"


def answer_text(visit: Visit, talk: Talk, text: str, origin: Origin) -> None:
    """Answer what the person wrote: the first reading that fits, if it may act."""
    may = MAY[origin]
    if hearing.goes_on(visit, text):
        _protects(visit, talk, text, origin)
        return
    if not may.opens:
        _answer_foreign(visit, talk, text, origin)
        return
    if may.answers and staffing.hears(visit, text):
        return
    state = state_at(FLOWS, talks.position(talk).place)
    reading = _read(visit, talk, text, _asked(visit, state))
    if reading is None:
        return
    if state.asks_for is Input.WORD and not isinstance(reading, Wanted | Flagged):
        # A word of one's own, or all but one, does not stay in the chat.
        hiding.take_out_heard(visit)
    is_answer = isinstance(reading, _ANSWERS) and not holds_cpr(text)
    if is_answer and not may.answers:
        _say_instead(visit, talk, origin)
    else:
        _follow(visit, talk, state, reading, text)


def _follow(
    visit: Visit, talk: Talk, state: State, reading: Reading, text: str
) -> None:
    match reading:
        case Flagged():
            care(visit, talk)
        case Wanted(action, reference):
            want(visit, talk, action, reference)
        case Chosen(answer):
            choose(visit, talk, state, answer)
        case Given(value):
            move(visit, talk, GIVEN, value)
        case Doubtful(value) if state.asks_for is not Input.WORD:
            doubt(visit, talk, value)
        case Question(topic):
            say(visit, f"topics.explain_{topic}" if topic else _unanswered(visit))
            ask(visit, again=True)
        case Doubtful() | StopWish() | TooLong() | Unclear():
            # A word of one's own is never said back.
            _repeat(visit, talk, state, text)


def _read(visit: Visit, talk: Talk, text: str, wanted: Asked) -> Reading | None:
    """Read a text; None where it was a wish to stop, and was followed.

    Where there is nothing to stop, it is read on as if it were none.
    """
    words = visit.tools.vocabulary.words
    reading = read(text, wanted, words)
    if not isinstance(reading, StopWish):
        return reading
    if stopping.act_on_wish(visit, talk, is_plain=reading.is_plain):
        return None
    return read(text, wanted, replace(words, wish=wishes_nothing))


def answer_contact(visit: Visit, talk: Talk, shared: str, origin: Origin) -> None:
    """Take the phone number that the person shared, where one is asked for."""
    state = state_at(FLOWS, talks.position(talk).place)
    written = shared if shared.startswith("+") else f"+{shared}"
    number, is_asked = inputs.phone(written), state.asks_for in _NUMBERS
    if is_asked and is_anonymous(written):
        say(visit, msg("input.refused.anonymous"))
        ask(visit, again=True)
    elif not number or not is_asked:
        answer_unusable(visit, talk, "contact", "", origin)
    elif MAY[origin].answers:
        visit.method = "shared"
        move(visit, talk, GIVEN, number)
    else:
        _say_instead(visit, talk, origin)


def answer_unusable(
    visit: Visit, talk: Talk, kind: str, text: str, origin: Origin
) -> None:
    """Answer what is no answer to anything: once, however many messages it is."""
    is_heard = _protects(visit, talk, text, origin)
    if hearing.is_answered(visit) or is_heard:
        return
    instead = MAY[origin].instead if origin in _NOT_SAID_HERE else None
    say(visit, instead or _UNUSABLE.get(kind, msg("common.unusable")))
    ask(visit, again=True)


def _answer_foreign(visit: Visit, talk: Talk, text: str, origin: Origin) -> None:
    """Answer words that are not the person's own: only what protects acts."""
    answer_unusable(visit, talk, "text", text, origin)


def _protects(visit: Visit, talk: Talk, text: str, origin: Origin) -> bool:
    """Do what protects, if a text that is no answer asks for it."""
    match unasked(visit, text):
        case Flagged():
            if not _is_same_act(visit, talk, CARE):
                care(visit, talk)
        case Wanted(Always.HIDE, reference):
            want(visit, talk, Always.HIDE, reference)
        case Wanted(Always.WITHDRAW, reference) if MAY[origin].stops_at_once:
            want(visit, talk, Always.WITHDRAW, reference)
        case Wanted(Always.WITHDRAW):
            return _asks_about_stop(visit, talk)
        case StopWish(is_plain=True) if MAY[origin].stops_at_once:
            return stopping.act_on_wish(visit, talk, is_plain=True)
        case StopWish():
            return _asks_about_stop(visit, talk)
        case _:
            return False
    return True


def _asks_about_stop(visit: Visit, talk: Talk) -> bool:
    """Ask whether somebody says stop, once for all that they send at once."""
    if _is_same_act(visit, talk, STOPPING):
        return True
    return stopping.act_on_wish(visit, talk, is_plain=False)


def _is_same_act(visit: Visit, talk: Talk, paused_for: Into) -> bool:
    """Tell whether a talk is paused by what came along with this, and said so."""
    return talk.dialogue == paused_for.dialogue and hearing.is_answered(visit)


def _say_instead(visit: Visit, talk: Talk, origin: Origin) -> None:
    """Say why an answer does not count; once for a question that came after it.

    That question stays as it stands on the screen, or is on its way there.
    """
    instead = MAY[origin].instead
    if instead is None:
        return
    if origin not in _TOO_EARLY:
        say(visit, instead)
        ask(visit, again=True)
    elif talk.open_row is None:
        ask(visit, again=True)
    elif visit.note(_EARLY_AT) != str(talk.open_row):
        visit.set_note(_EARLY_AT, str(talk.open_row))
        visit.set_note(_EARLY_SAID, str(visit.queue(Send(visit.text(instead)))))


def choose(visit: Visit, talk: Talk, state: State, answer: str) -> None:
    """Take a typed answer; where it counts, only to what was asked last.

    A "yes" after the menu or a pause may be a yes to going on, never a consent. Nor is
    one to words that do not hold any more.
    """
    if not state.strict:
        move(visit, talk, answer)
    elif not (_is_just_asked(visit, talk) and asked.still_holds(visit)):
        ask(visit)
    elif not is_to_last_copy(visit):
        _say_instead(visit, talk, Origin.EARLY)
    else:
        move(visit, talk, answer)


def _is_just_asked(visit: Visit, talk: Talk) -> bool:
    """Tell whether nothing was said after the question, but that it came first."""
    rows = [talk.open_row]
    if visit.note(_EARLY_AT) == str(talk.open_row):
        rows.append(int(visit.note(_EARLY_SAID) or 0))
    session, person = visit.session, visit.person
    return any(
        row is not None and outbox.is_last_said(session, person.id, row) for row in rows
    )


def want(visit: Visit, talk: Talk, action: Always, reference: str) -> None:
    """Do what is always open, in the case that is meant."""
    own = references(visit)
    if reference and not switch_to_case(visit, reference):
        stopping.refuse(visit, msg("common.not_understood"))
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
    if not stopped.name_button(visit, talk):
        stopping.refuse(visit, _refusal(state, text))
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
    if refusal := inputs.refusal(state.asks_for, text):
        return refusal
    if state.strict:
        return msg("common.not_understood_strict")
    return msg("common.not_understood")
