"""Start a talk and move it by one answer; the only module that uses `transitions`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from transitions import EventData, Machine

from flows.always import (
    AFTER_WITHDRAWAL,
    EXCURSIONS,
    OPENS,
    Always,
)
from flows.effects import Effect, HumanRequested, Reason, Withdrew
from flows.guards import can_return, is_reviewing
from flows.irreversible import lasts
from flows.model import (
    GIVEN,
    RETURN,
    Answer,
    Destination,
    Flow,
    Flows,
    Frame,
    Guard,
    Into,
    Place,
    Position,
    Records,
    Return,
    State,
    Turn,
)

if TYPE_CHECKING:
    from transitions.core import TransitionConfigDict

    from flows.facts import Facts


#: So long a way back is remembered.
_LONGEST_TRAIL = 20


class FlowError(Exception):
    """A talk was asked to do what its dialogue does not know."""


class NotOffered(FlowError):
    """This answer is not open in this state for a person with these facts."""


@dataclass(slots=True, eq=False)
class _Step:
    """The model that `transitions` moves: one answer of one person."""

    state: str
    answer: Answer | None = None


def state_at(flows: Flows, place: Place) -> State:
    """Find the state of a place; raises `KeyError` if there is none."""
    return flows[place.dialogue].state(place.state)


def start(flows: Flows, into: Into) -> Position:
    """Place a new talk at the beginning of a dialogue."""
    return Position(_place(flows, into))


def offered(state: State, facts: Facts) -> tuple[Answer, ...]:
    """List the answers that are open, those that come first at the front."""
    labelled = [a for a in state.answers if a.label and a.is_open(facts)]
    first = [a for a in labelled if a.first_when is not None and a.first_when(facts)]
    return (*first, *[a for a in labelled if a not in first])


def asks_for_text(state: State, facts: Facts) -> bool:
    """Tell whether a typed text is an answer here."""
    return any(a.name == GIVEN and a.is_open(facts) for a in state.answers)


def advance(
    flows: Flows,
    position: Position,
    answer: str,
    facts: Facts,
    value: str = "",
) -> Turn:
    """Move a talk by one answer; raises `NotOffered` if it is not open here."""
    flow = flows[position.place.dialogue]
    step = _Step(position.place.state)
    event = _compiled(flow).events.get(answer)
    if event is None or answer not in _names(flow, position.place.state):
        raise NotOffered(answer)
    event.trigger(step, facts=facts)
    if step.answer is None:
        raise NotOffered(answer)
    destination = _destinations(flow)[step.state]
    effects = tuple(_recorded(records, value) for records in _all(step.answer.records))
    if Withdrew() in effects:
        return interrupt(flows, position, Always.WITHDRAW, facts)
    moved = _moved(flows, position, destination, step.answer.then)
    if flow.one_way or any(map(lasts, effects)):
        moved = replace(moved, trail=())
    return Turn(moved, effects)


def interrupt(flows: Flows, position: Position, action: Always, facts: Facts) -> Turn:
    """Do what is always open; it moves the talk only where it has to."""
    if action is Always.BACK:
        return Turn(back(position, facts))
    if action is Always.WITHDRAW:
        return Turn(start(flows, AFTER_WITHDRAWAL), (Withdrew(),))
    if action not in OPENS:
        return Turn(position)
    effects = (HumanRequested(Reason.ASKED_FOR),) if action is Always.HUMAN else ()
    return Turn(_excursion(flows, position, OPENS[action]), effects)


def pause(flows: Flows, position: Position, into: Into) -> Turn:
    """Stop for help or a question; one tap leads back, and nothing is recorded."""
    return Turn(_excursion(flows, position, into))


def back(position: Position, facts: Facts) -> Position:
    """Go to the question before; out of an excursion if there is none.

    It never leads past a human who has to look at something first, nor past
    questions that others wait for.
    """
    if position.trail:
        return replace(position, place=position.trail[-1], trail=position.trail[:-1])
    if position.place.dialogue not in EXCURSIONS:
        return position
    is_with_human = position.place.dialogue == OPENS[Always.HUMAN].dialogue
    if is_with_human and not can_return(facts):
        return position
    return _returned(position)


def _returned(position: Position) -> Position:
    if not position.returns:
        return position
    frame = position.returns[-1]
    return Position(frame.place, frame.trail, position.returns[:-1])


def _moved(
    flows: Flows, position: Position, to: Destination, then: Into | Return | None
) -> Position:
    if isinstance(to, Return):
        return _returned(position)
    if isinstance(to, Into) and then is not None:
        return _opened(flows, position, to, _frame(flows, position, then))
    into = to if isinstance(to, Into) else Into(position.place.dialogue, to)
    place = _place(flows, into)
    if place == position.place:
        return position
    trail = (*position.trail, position.place)[-_LONGEST_TRAIL:]
    returns = position.returns
    if returns and returns[-1].place == place:
        # Nothing is waited for any more: it was reached by another way.
        returns = returns[:-1]
    return Position(place, trail, returns)


def _excursion(flows: Flows, position: Position, into: Into) -> Position:
    if position.place.dialogue == into.dialogue:
        return replace(position, place=_place(flows, into))
    frame = Frame(position.place, position.trail)
    return _opened(flows, position, into, frame)


def _opened(flows: Flows, position: Position, into: Into, frame: Frame) -> Position:
    kept = tuple(
        waiting
        for waiting in position.returns
        if waiting.place.dialogue not in {into.dialogue, frame.place.dialogue}
    )
    return Position(_place(flows, into), (), (*kept, frame))


def _frame(flows: Flows, position: Position, then: Into | Return) -> Frame:
    if isinstance(then, Return):
        return Frame(position.place, position.trail)
    return Frame(_place(flows, then))


def _place(flows: Flows, into: Into) -> Place:
    flow = flows[into.dialogue]
    state = flow.start if into.state is None else flow.state(into.state)
    return Place(flow.id, state.name)


@cache
def _names(flow: Flow, state: str) -> frozenset[str]:
    return frozenset(answer.name for answer in flow.state(state).answers)


def _all(records: Records | tuple[Records, ...]) -> tuple[Records, ...]:
    return records if isinstance(records, tuple) else (records,)


def _recorded(records: Records, value: str) -> Effect:
    return records(value) if callable(records) else records


@cache
def _compiled(flow: Flow) -> Machine:
    """Build the machine of a flow once; no talk ever has one of its own."""
    names = [state.name for state in flow.states]
    outside = [name for name in _destinations(flow) if name not in names]
    return Machine(
        model=None,
        states=[*names, *outside],
        initial=flow.start.name,
        transitions=[
            transition
            for state in flow.states
            for answer in state.answers
            for transition in _transitions(state, answer)
        ],
        auto_transitions=False,
        send_event=True,
    )


def _transitions(state: State, answer: Answer) -> list[TransitionConfigDict]:
    """Translate an answer; asked again from the summary it leads back there.

    Not one that records nothing: it leads to another question, not to an answer.
    """
    conditions: list[str | Callable[..., bool | None]] = []
    if answer.when:
        conditions.append(_asked(answer.when))
    way = _way(state, answer, answer.to, conditions)
    if state.again_to is None or not answer.records:
        return [way]
    again = [*conditions, _asked(is_reviewing)]
    return [_way(state, answer, state.again_to, again), way]


def _way(
    state: State,
    answer: Answer,
    to: Destination,
    conditions: list[str | Callable[..., bool | None]],
) -> TransitionConfigDict:
    return {
        "trigger": answer.name,
        "source": state.name,
        "dest": _named(to),
        "conditions": conditions,
        "unless": [_asked(answer.unless)] if answer.unless else [],
        "before": [_noted(answer)],
    }


def _asked(guard: Guard) -> Callable[..., bool | None]:
    def condition(event: EventData) -> bool:
        return guard(event.kwargs["facts"])

    return condition


def _noted(answer: Answer) -> Callable[[EventData], None]:
    def note(event: EventData) -> None:
        step = event.model
        if isinstance(step, _Step):
            step.answer = answer

    return note


@cache
def _destinations(flow: Flow) -> dict[str, Destination]:
    """Map the machine's state names back to destinations."""
    inside: dict[str, Destination] = {s.name: s.name for s in flow.states}
    ways = [answer.to for state in flow.states for answer in state.answers]
    again = [state.again_to for state in flow.states if state.again_to]
    return inside | {_named(to): to for to in (*ways, *again)}


def _named(to: Destination) -> str:
    if to == RETURN:
        return "<return>"
    if isinstance(to, Into):
        return f"<{to.dialogue}.{to.state or 'start'}>"
    return str(to)
