"""Where people rest, and where they go on when the case moves beneath them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from flows.always import AFTER_END, EXCURSIONS
from flows.model import Frame, MessageId, Place, Position, msg

#: A child who has said yes waits here for its parents.
_WAITS: Final = Place("child", "awaiting_parents")
#: Everybody else who has said yes rests here.
_CONSENTED: Final = Place("consent", "consented")

#: Where people rest on their yes, and where the question stands.
QUESTIONS: Final[Mapping[Place, Place]] = {
    _CONSENTED: Place("consent", "ask_take_part"),
    _WAITS: Place("consent", "ask_take_part"),
    Place("parental", "stated"): Place("parental", "ask_take_part"),
}

#: The same where what is done with their data is asked again, which leads on there.
QUESTIONS_OF_DATA: Final[Mapping[Place, Place]] = {
    _CONSENTED: Place("consent", "ask_data"),
    _WAITS: Place("consent", "ask_data"),
    Place("parental", "stated"): Place("parental", "ask_data"),
}

#: Where a parent's talk rests from the month in which the child turns 18.
FROZEN: Final = Place("parental", "frozen")


#: Where the last that somebody said in the chat was a no, or that they wait.
_WITHOUT_YES: Final = frozenset(
    {
        Place("offer", "paused"),
        Place("offer", "declined"),
        Place("consent", "paused"),
        Place("consent", "declined"),
        Place("parental", "paused"),
        Place("parental", "refused"),
        Place("closing", "withdrawn"),
    }
)

_EXPLAINS_HUMAN: Final = Place("human", "explain_human")
_AWAITS_HUMAN: Final = Place("human", "awaiting_human")
_AWAITS_CALL: Final = Place("human", "awaiting_call")
_STATED: Final = Place("parental", "stated")
_WITHDRAWN: Final = Place("closing", "withdrawn")
#: Where a human is waited for, and where the person may call one.
_HUMAN_RESTS: Final = frozenset({_AWAITS_HUMAN, _AWAITS_CALL})

#: What is asked of whoever waits for a human, and is not any more once one has looked.
_ASKED_MEANWHILE: Final[Mapping[Place, Place]] = {
    Place("human", state): _AWAITS_HUMAN
    for state in ("explain_human", "ask_if_15", "ask_contact", "ask_times")
}
#: What is asked only of those under 18; an adult goes on behind it.
_ASKED_OF_MINORS: Final[Mapping[Place, Place]] = {
    Place("child", state): Place("intake", "ask_name")
    for state in (
        "explain_child",
        "ask_birth",
        "ask_birth_right",
        "ask_authority",
        "ask_allowed",
        "ask_shown_name",
    )
}


@dataclass(frozen=True, slots=True)
class Since:
    """What has happened since somebody came to rest, as far as they may know."""

    #: A mediator has the case.
    is_claimed: bool = False
    #: The case is over while a mediator had it, and its parties may know.
    is_over: bool = False
    #: This person has stopped it meanwhile, and the others have not been told.
    is_stopped_here: bool = False
    #: A human has made sure who this parent is.
    is_verified: bool = False
    #: A human has looked at all for which this person waits.
    is_looked_at: bool = False
    #: Under 15: there is no number of this person, and none is asked for.
    has_no_number: bool = False
    #: A human looks at it for one reason: the month of the 18th birthday.
    is_turning_18: bool = False
    #: The person is of age, whatever they waited for before.
    is_of_age: bool = False
    #: A human was asked for, and the stop has taken that back too.
    had_asked: bool = False
    #: A yes that this person said elsewhere was written down, and stands.
    is_written_down: bool = False
    #: They are asked as a parent.
    is_holder: bool = False


def may_say_otherwise(place: Place, *, rests: bool) -> bool:
    """Tell whether what is told at a place may go by what has happened since."""
    return rests or place == _EXPLAINS_HUMAN


def said_since(  # noqa: C901, PLR0911 - one case a place
    place: Place, since: Since
) -> tuple[MessageId, ...] | None:
    """Say what is told at a place now; None where its own words still hold."""
    match place:
        case _ if place == _WITHDRAWN and since.is_over:
            return (msg("closing.withdrawn"), msg("closing.withdrawn_over"))
        case _ if place in _WITHOUT_YES and since.is_written_down:
            return (_written_down(place, since),)
        case _ if place == _WITHDRAWN:
            return _after_stop(since)
        case _ if place == _EXPLAINS_HUMAN and since.has_no_number:
            return (msg("human.explain_no_number"),)
        case _ if place == _EXPLAINS_HUMAN and since.is_turning_18:
            return (msg("human.explain_turning_18"), msg("human.offices"))
        case _ if place in _HUMAN_RESTS and since.is_looked_at:
            return (msg("human.looked_at"), msg("human.offices"))
        case _ if place in _HUMAN_RESTS and since.has_no_number:
            return (msg("human.awaiting_call"),)
        case _ if place == _CONSENTED and since.is_claimed:
            return (msg("consent.claimed"),)
        case _ if place == _WAITS and since.is_of_age:
            return (msg("consent.consented"), msg("consent.explain_next"))
        case _ if place == _STATED and since.is_claimed and since.is_verified:
            return (msg("parental.claimed"),)
        case _ if place == _STATED and since.is_verified:
            return (msg("parental.verified"),)
        case _:
            return None


def status_since(place: Place, since: Since) -> MessageId | None:
    """Say how far somebody has come who rests here; None where the usual words hold."""
    if place in _HUMAN_RESTS and since.is_looked_at:
        return msg("human.looked_at_status")
    if place in _HUMAN_RESTS and since.has_no_number:
        return msg("human.awaiting_call.status")
    is_adult = place == _WAITS and since.is_of_age
    return msg("consent.consented.status") if is_adult else None


def is_without_yes(place: Place) -> bool:
    """Tell whether somebody rests here on a no, or on a wish to wait."""
    return place in _WITHOUT_YES


def yes_since(place: Place, since: Since) -> MessageId | None:
    """Tell of a yes that was written down; None for whoever rests on a yes anyway."""
    if place in QUESTIONS or not since.is_written_down:
        return None
    if since.is_holder:
        return msg("parental.written_down_status")
    return msg("consent.written_down_status")


def _after_stop(since: Since) -> tuple[MessageId, ...]:
    """Say what a stop has taken back besides, and how long it can be taken back."""
    until = (msg("closing.withdrawn_until"),) if since.is_stopped_here else ()
    asked = (msg("closing.withdrawn_asked"),) if since.had_asked else ()
    return (*until, msg("closing.withdrawn"), *asked)


def _written_down(place: Place, since: Since) -> MessageId:
    if place == _WITHDRAWN:
        return msg("closing.written_down")
    if since.is_holder:
        return msg("parental.written_down")
    return msg("consent.written_down")


def asked_again(position: Position) -> Position | None:
    """Put the question where somebody rests on a yes that has run out; else None."""
    return _led_on(position, QUESTIONS)


def asked_of_data_again(position: Position) -> Position | None:
    """Put the question of data where somebody rests behind it; else None."""
    return _led_on(position, QUESTIONS_OF_DATA)


def handed_over(position: Position) -> Position | None:
    """Let a child whose case has a mediator wait no more; None for whoever did not."""
    return _led_on(position, {_WAITS: _CONSENTED})


def looked_at(position: Position) -> Position | None:
    """Ask nobody how to be reached at whose matter a human has looked; None if so."""
    return _led_on(position, _ASKED_MEANWHILE)


def come_of_age(position: Position) -> Position | None:
    """Ask an adult nothing of parents any more; None where nobody does."""
    return _led_on(position, _ASKED_OF_MINORS)


def waits_for_parents(position: Position) -> bool:
    """Tell whether a child waits for its parents, perhaps below something else."""
    return _WAITS in position.places


def frozen(position: Position) -> Position | None:
    """Let a parent's talk rest; None where it does already, or is at an end.

    What was opened above it stays open and leads to where the talk rests.
    """
    if FROZEN in position.places or is_at_end(position):
        return None
    if position.place.dialogue in EXCURSIONS:
        return Position(position.place, returns=(Frame(FROZEN),))
    return Position(FROZEN)


def is_at_end(position: Position) -> bool:
    """Tell whether a talk is at an end, perhaps below something that was opened."""
    return any(place.dialogue == AFTER_END.dialogue for place in position.places)


def _led_on(position: Position, to: Mapping[Place, Place]) -> Position | None:
    """Lead whoever rests at one of these places to another; None where nobody does.

    What was opened above it stays open and leads there.
    """
    returns = tuple(
        Frame(to[frame.place]) if frame.place in to else frame
        for frame in position.returns
    )
    if position.place in to:
        return Position(to[position.place], returns=returns)
    return None if returns == position.returns else replace(position, returns=returns)
