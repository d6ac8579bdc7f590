"""Answer what a person typed or shared: read it, and move the talk by it."""

from collections.abc import Callable
from dataclasses import replace

from bot.chat import asked, hiding, inputs, own_word
from bot.chat.cpr import holds_cpr
from bot.chat.numbers import is_anonymous
from bot.chat.screens import ask, say
from bot.chat.visit import Visit
from bot.conversation import hearing, staffing, stopped, stopping
from bot.conversation.moving import doubt, move
from bot.conversation.protecting import danger, protects, unasked, want
from bot.conversation.provenance import answer_origin, is_to_last_copy
from bot.conversation.untimely import is_just_asked, say_instead
from bot.storage import talks
from bot.storage.tables import Talk
from flows.engine import asks_for_text, offered
from flows.model import GIVEN, Input, State, msg
from flows.rules.provenance import MAY, Origin
from flows.words.characters import cleaned
from flows.words.reading import (
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
    Words,
    read,
    wishes_nothing,
)

#: What is said to a question, and counts as own fresh words only.
_ANSWERS = (Chosen, Doubtful, Given, StopWish)

#: Where a number that is shared is what was asked for.
_NUMBERS = frozenset({Input.PHONE, Input.CONTACT})

#: What is said of kinds that have words of their own.
_UNUSABLE = {
    "edited": msg("common.edited"),
    "foreign_contact": msg("common.foreign_contact"),
    "location": msg("common.unusable_place"),
    "venue": msg("common.unusable_place"),
}
#: What matters more of such a message than of which kind it is.
_NOT_SAID_HERE = frozenset({Origin.FORWARDED, Origin.THROUGH_BOT})


def answer_text(visit: Visit, talk: Talk, text: str, origin: Origin) -> None:
    """Answer what the person wrote: the first reading that fits, if it may act."""
    if hearing.goes_on(visit, text) and not isinstance(unasked(visit, text), Wanted):
        protects(visit, talk, text, origin)
        return
    if not MAY[origin].opens:
        # Words that are not the person's own: only what protects acts.
        answer_unusable(visit, talk, "text", text, origin)
        return
    if staffing.means_take(visit, text, origin):
        staffing.take_typed(visit, text)
        return
    state = talks.state(talk)
    reading = _read(visit, talk, text, _asked(visit, state))
    if reading is None:
        return
    if state.asks_for is Input.WORD and not isinstance(reading, Wanted | Flagged):
        # A word of one's own, or all but one, does not stay in the chat.
        hiding.take_out_heard(visit)
    if _is_answer(reading, text):
        origin = answer_origin(visit, origin)
        if not MAY[origin].answers:
            say_instead(visit, talk, origin)
            return
    _follow(visit, talk, state, reading, text)


def _is_answer(reading: Reading, text: str) -> bool:
    """Tell whether it is an answer, or was meant as one; a CPR number is refused."""
    if isinstance(reading, TooLong | Unclear):
        return not holds_cpr(text)
    return isinstance(reading, _ANSWERS)


def _follow(
    visit: Visit, talk: Talk, state: State, reading: Reading, text: str
) -> None:
    match reading:
        case Flagged():
            danger(visit, talk, text)
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

    Where there is nothing to stop, or somebody was asked about these very words and
    writes them again where words are asked for, they are read on as if they were none.
    """
    words = visit.tools.vocabulary.words
    reading = read(text, wanted, words)
    if not isinstance(reading, StopWish):
        return reading
    mark = stopping.mark(visit, talk, text)
    is_new = reading.is_plain or not stopping.is_asked_before(talk, mark)
    if wanted.accepts is not None and not is_new:
        return _read_on(text, wanted, words)
    if stopping.act_on_wish(visit, talk, is_plain=reading.is_plain):
        stopping.note_asked(talk, mark)
        return None
    return read(text, wanted, _without_wishes(words))


def _read_on(text: str, wanted: Asked, words: Words) -> Reading:
    """Take for an answer, if it is confirmed, what somebody says is no stop."""
    value = wanted.accepts(cleaned(text)) if wanted.accepts else None
    if value is not None:
        return Doubtful(value)
    return read(text, wanted, _without_wishes(words))


def _without_wishes(words: Words) -> Words:
    return replace(words, wish=wishes_nothing, wish_of_parent=wishes_nothing)


def answer_contact(visit: Visit, talk: Talk, shared: str, origin: Origin) -> None:
    """Take the phone number that the person shared, where one is asked for."""
    state = talks.state(talk)
    written = shared if shared.startswith("+") else f"+{shared}"
    number, is_asked = inputs.phone(written), state.asks_for in _NUMBERS
    if is_asked and is_anonymous(written):
        say(visit, msg("input.refused.anonymous"))
        ask(visit, again=True)
    elif not number or not is_asked:
        answer_unusable(visit, talk, "contact", "", origin)
    elif MAY[origin := answer_origin(visit, origin)].answers:
        visit.method = "shared"
        move(visit, talk, GIVEN, number)
    else:
        say_instead(visit, talk, origin)


def answer_unusable(
    visit: Visit, talk: Talk, kind: str, text: str, origin: Origin
) -> None:
    """Answer what is no answer to anything: once, however many messages it is."""
    is_heard = protects(visit, talk, text, origin)
    if not hearing.begins_act(visit) or is_heard:
        return
    instead = MAY[origin].instead if origin in _NOT_SAID_HERE else None
    say(visit, instead or _UNUSABLE.get(kind, msg("common.unusable")))
    ask(visit, again=True)


def choose(visit: Visit, talk: Talk, state: State, answer: str) -> None:
    """Take a typed answer; where it counts, only to what was asked last.

    A "yes" after the menu or a pause may be a yes to going on, never a consent. Nor is
    one to words that do not hold any more.
    """
    if not state.strict:
        move(visit, talk, answer)
    elif not (is_just_asked(visit, talk) and asked.still_holds(visit)):
        ask(visit)
    elif not is_to_last_copy(visit):
        say_instead(visit, talk, Origin.EARLY)
    else:
        move(visit, talk, answer)


def _repeat(visit: Visit, talk: Talk, state: State, text: str) -> None:
    """Ask again, after what helps most."""
    if not stopped.name_button(visit, talk):
        stopping.refuse(visit, _refusal(state, text))
    ask(visit, again=True)


def _asked(visit: Visit, state: State) -> Asked:
    """Say what is asked here: the labels in every language, and the input."""
    wants = state.asks_for if asks_for_text(state, visit.facts()) else None
    return Asked(
        labelled(visit, state),
        state.strict,
        by_age=state.by_age,
        accepts=_accepts(visit, wants) if wants else None,
        is_for_name=wants is Input.NAME,
        is_of_staff=visit.is_of_staff,
        is_of_parent=visit.holder is not None,
    )


def labelled(visit: Visit, state: State) -> list[tuple[str, frozenset[str]]]:
    """List the answers that are open, with their labels in every language."""
    labels = visit.tools.vocabulary.labels
    return [
        (answer.name, labels(answer.label))
        for answer in offered(state, visit.facts())
        if answer.label
    ]


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
