"""Walk the ways through the dialogues, on the engine itself.

What a talk brings about (what was shown, told, understood and allowed) is followed;
every other fact is tried with every value at every step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial, reduce
from itertools import product

from flows.always import Always
from flows.checks.walk_state import ALL_SAID, NOTHING_SAID, Knowing, after, reading
from flows.engine import NotOffered, advance, interrupt, start, state_at
from flows.fact_search import Tried, tried
from flows.facts import Facts
from flows.model import Flows, Frame, Into, MessageId, Place, Position, Turn
from flows.rules.required import RECORDED
from flows.rules.side import Side

#: What can be done at a position, by whom, and what it causes.
Ways = Callable[[Position, Facts], tuple[Tried[Turn], ...]]
#: What the walk types where something is asked for.
_TYPED = "2010-01"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a talk stands, without the way back, and what it has brought about."""

    position: Position
    known: Knowing

    @property
    def place(self) -> Place:
        """Give the place at which the talk stands."""
        return self.position.place


@dataclass(frozen=True, slots=True)
class WalkStep:
    """One answer at a spot, by somebody with these facts, and what it caused."""

    spot: Spot
    facts: Facts
    turn: Turn


def reached(flows: Flows, entries: Iterable[Into]) -> Iterator[WalkStep]:
    """Walk from where talks begin, nothing shown yet, until no new spot is found.

    Parties and holders are walked apart from each other.
    """
    begun, ways = list(entries), _ways_in(flows)
    ahead = [
        _spot(flows, start(flows, into), Knowing(is_holder))
        for is_holder in (False, True)
        for into in begun
    ]
    found: set[Spot] = set()
    while ahead:
        spot = ahead.pop()
        if spot not in found:
            found.add(spot)
            for step in _steps(ways, spot):
                yield step
                ahead.append(_next(flows, step))


def anywhere(
    flows: Flows, places: Iterable[Place], waiting: Into
) -> Iterator[WalkStep]:
    """Take one step from every place, with all or nothing brought about before.

    So it does not matter by which way, or from which version, a talk has come there.
    `waiting` is where whatever was opened leads back to.
    """
    frame, ways = Frame(start(flows, waiting).place), _ways_in(flows)
    knowings = [
        Knowing(is_holder, shown, side)
        for is_holder in (False, True)
        for shown in (frozenset[MessageId](), RECORDED)
        for side in _sides()
    ]
    for place in places:
        position = Position(place, (), (frame,))
        for known in knowings:
            yield from _steps(ways, Spot(position, known))


def _sides() -> Iterator[Side]:
    """Leave out each thing that a yes needs, or several, or none."""
    for is_safe, understands, allows in product((False, True), repeat=3):
        side = ALL_SAID if is_safe else NOTHING_SAID
        yield replace(side, has_understood=understands, may_ask_holders=allows)


def _steps(ways: Ways, spot: Spot) -> Iterator[WalkStep]:
    """Answer in every way, and withdraw."""
    facts = spot.known.facts(has_place_to_return=bool(spot.position.returns))
    for way in ways(spot.position, facts):
        yield WalkStep(spot, way.facts, way.outcome)


def _ways_in(flows: Flows) -> Ways:
    """Ask the engine once for each position and set of facts; it reads nothing else."""
    return cache(partial(_ways, flows))


def _ways(flows: Flows, position: Position, facts: Facts) -> tuple[Tried[Turn], ...]:
    state = state_at(flows, position.place)
    names = dict.fromkeys(answer.name for answer in state.answers)
    trials = [
        Tried(trial.facts, trial.outcome)
        for name in names
        for trial in tried(partial(_turn, flows, position, name), facts)
        if trial.outcome is not None
    ]
    withdrawal = interrupt(flows, position, Always.WITHDRAW, facts)
    return (*trials, Tried(facts, withdrawal))


def _turn(flows: Flows, position: Position, answer: str, facts: Facts) -> Turn | None:
    try:
        return advance(flows, position, answer, facts, _TYPED)
    except NotOffered:
        return None


def _next(flows: Flows, step: WalkStep) -> Spot:
    known = reduce(after, step.turn.effects, step.spot.known)
    return _spot(flows, step.turn.position, known)


def _spot(flows: Flows, position: Position, known: Knowing) -> Spot:
    says = state_at(flows, position.place).says
    return Spot(_bare(position), reading(known, says))


@cache
def _bare(position: Position) -> Position:
    frames = tuple(replace(frame, trail=()) for frame in position.returns)
    return replace(position, trail=(), returns=frames)
