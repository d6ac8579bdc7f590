"""Where every state leads, over all dialogues; read by check.py and script.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flows.always import (
    AFTER_END,
    AFTER_FREEZE,
    AFTER_LETTING_GO,
    AFTER_SERVING,
    AFTER_WITHDRAWAL,
    CARE,
    DOUBT,
    EXCURSIONS,
    OPENS,
    STOPPING,
)
from flows.model import Answer, Flow, Flows, Into, Place, Return, State

#: Where a talk begins or is put without an answer: a new person, a parent or staff
#: who are invited, an action that is always open, words that tell of danger, may mean
#: a stop or leave a doubt, a birthday, a place that somebody else has now, the end of
#: a case.
ENTRIES = (
    Into("arrival"),
    Into("holder"),
    Into("mediator"),
    Into("coordinator"),
    *OPENS.values(),
    CARE,
    STOPPING,
    DOUBT,
    AFTER_FREEZE,
    AFTER_WITHDRAWAL,
    AFTER_LETTING_GO,
    *AFTER_SERVING.values(),
    AFTER_END,
)


def sites(flows: Flows) -> Iterator[tuple[Flow, State]]:
    """Go through every state of every dialogue."""
    return ((flow, state) for flow in flows.values() for state in flow.states)


def place_of(flows: Flows, dialogue: str, to: str | Into) -> Place | None:
    """Find the place that a destination names; None if there is none."""
    into = to if isinstance(to, Into) else Into(dialogue, to)
    flow = flows.get(into.dialogue)
    if flow is None:
        return None
    name = flow.start.name if into.state is None else into.state
    known = any(state.name == name for state in flow.states)
    return Place(flow.id, name) if known else None


def reachable(flows: Flows, entries: Iterable[Into] = ENTRIES) -> set[Place]:
    """Collect the places to which any row of answers leads."""
    found: set[Place] = set()
    ahead = [place for into in entries if (place := place_of(flows, "", into))]
    while ahead:
        place = ahead.pop()
        if place not in found:
            found.add(place)
            flow = flows[place.dialogue]
            ahead += _next(flows, flow, flow.state(place.state))
    return found


def restless(flows: Flows) -> set[Place]:
    """Collect the places from which nothing leads to a state of rest."""
    left = {Place(f.id, s.name): _onward(flows, f, s) for f, s in sites(flows)}
    calm = {Place(f.id, s.name) for f, s in sites(flows) if s.rest}
    while found := {place for place, to in left.items() if place in calm or to & calm}:
        calm |= found
        left = {place: to for place, to in left.items() if place not in found}
    return set(left)


def awaited(flows: Flows, dialogue: str) -> set[Place]:
    """Collect where people go on after a dialogue that an answer opened."""
    return {
        place
        for flow, state in sites(flows)
        for answer in state.answers
        if isinstance(answer.to, Into) and answer.to.dialogue == dialogue
        if (place := _after(flows, flow, state, answer))
    }


def is_excursion(dialogue: str) -> bool:
    """Tell whether an action that is always open leads here and back."""
    return dialogue in EXCURSIONS


def _next(flows: Flows, flow: Flow, state: State) -> set[Place]:
    """List where a state leads, and where it goes on after an excursion."""
    after = {_after(flows, flow, state, answer) for answer in state.answers}
    direct = {_direct(flows, flow, answer) for answer in state.answers}
    again = {place_of(flows, flow.id, state.again_to)} if state.again_to else set()
    return {place for place in after | direct | again if place}


def _onward(flows: Flows, flow: Flow, state: State) -> set[Place]:
    """List where a state leads, going back included."""
    to = {place for answer in state.answers if (place := _direct(flows, flow, answer))}
    if not any(isinstance(answer.to, Return) for answer in state.answers):
        return to
    back = awaited(flows, flow.id)
    if not back and is_excursion(flow.id):
        # It leads to wherever the person was, and that place is looked at itself.
        back = {Place(f.id, s.name) for f, s in sites(flows) if s.rest}
    return to | back


def _direct(flows: Flows, flow: Flow, answer: Answer) -> Place | None:
    if isinstance(answer.to, Return):
        return None
    return place_of(flows, flow.id, answer.to)


def _after(flows: Flows, flow: Flow, state: State, answer: Answer) -> Place | None:
    if isinstance(answer.then, Return):
        return Place(flow.id, state.name)
    return place_of(flows, flow.id, answer.then) if answer.then else None
