"""Where each answer of a talk leads and what it records, by the real engine.

A talk stands at a place, with places that wait for its return. Of its way back only
the places are kept that ask for a yes, or for what it depends on: "back" is tried to
each of them, and to every place elsewhere, from which an answer leads here. So
whatever a real talk can do is among what is walked.

An excursion (human, topics, language, help, the question about a stop) records nothing
that a side is made of but a stop, which is checked for each of its answers; it is gone
through at once, to every place where it can end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from flows import FLOWS
from flows.always import (
    AFTER_WITHDRAWAL,
    CARE,
    DOUBT,
    EXCURSIONS,
    OPENS,
    STOPPING,
    Always,
)
from flows.effects import (
    BirthGiven,
    DetailGiven,
    DetailSkipped,
    Effect,
    HumanRequested,
    LanguageChosen,
    Withdrew,
)
from flows.engine import (
    advance,
    back,
    interrupt,
    pause,
    start,
    state_at,
)
from flows.facts import AgeBand, Detail, FactMissing, Facts, domain
from flows.model import Answer, Frame, Into, Place, Position
from flows.ways_back import WayBack

#: Months of birth that between them are too old, too young, or right for any band.
BIRTHS = ("2013-01", "2009-01", "2008-11", "2001-01")

_SAYS_NOTHING_OF_A_SIDE = (HumanRequested, LanguageChosen, WayBack)
_OF_A_HUMAN = frozenset({Detail.HUMAN_CONTACT, Detail.HUMAN_TIMES})

#: Where a talk stands, which places wait, and what is kept of the way back.
Node = tuple[Place, tuple[Place, ...], frozenset[Place]]
_NOWHERE: frozenset[Place] = frozenset()
#: The dialogues that ask for a yes, or for what it depends on.
_REMEMBERED = frozenset({"arrival", "child", "consent"})
Move = tuple[tuple[Effect, ...], Node]


def first(dialogue: str) -> Node:
    """Tell where a talk begins."""
    return _node(start(FLOWS, Into(dialogue)))


@cache
def moves(node: Node, facts: Facts) -> frozenset[Move]:
    """List what can be done here; a fact that is left open is tried both ways."""
    found: set[Move] = set()
    position, left = _position(node), node[2]
    for effects, there in _answers(position, facts):
        trail = _left(position, there, left)
        found |= {(effects, end) for end in _ends(there, trail)}
    withdrawal = interrupt(FLOWS, position, Always.WITHDRAW, facts)
    found.add((withdrawal.effects, _node(withdrawal.position)))
    for place in _ways_here(_for_good(facts)).get(position.place, ()):
        if _may_be_behind(place, left):
            here = replace(position, trail=(place,))
            found.add(((), _node(back(here, facts), left)))
    for there in _excursions(position):
        found |= {((), end) for end in _ends(there, left)}
    return frozenset(found - {((), node)})


def _left(
    before: Position, after: Position, left: frozenset[Place]
) -> frozenset[Place]:
    """Note the way back; after what counts it is forgotten."""
    if after == before:
        return left
    if not after.trail:
        return _NOWHERE
    is_kept = before.place.dialogue in _REMEMBERED
    return left | {before.place} if is_kept else left


def _may_be_behind(place: Place, left: frozenset[Place]) -> bool:
    return place.dialogue not in _REMEMBERED or place in left


def _answers(
    position: Position, facts: Facts
) -> Iterator[tuple[tuple[Effect, ...], Position]]:
    known = replace(facts, has_place_to_return=bool(position.returns))
    for answer in state_at(FLOWS, position.place).answers:
        for full in _spread(answer, position, known):
            for value in _values(answer):
                turn = advance(FLOWS, position, answer.name, full, value)
                yield turn.effects, turn.position


def _spread(answer: Answer, position: Position, facts: Facts) -> Iterator[Facts]:
    """Give every set of facts under which an answer is open."""
    try:
        if not answer.is_open(facts):
            return
        advance(FLOWS, position, answer.name, facts, BIRTHS[0])
    except FactMissing as missing:
        for value in domain(missing.name):
            more: dict[str, Any] = {missing.name: value}
            yield from _spread(answer, position, replace(facts, **more))
    else:
        yield facts


def _values(answer: Answer) -> tuple[str, ...]:
    return BIRTHS if answer.records is BirthGiven else ("typed",)


def _excursions(position: Position) -> Iterator[Position]:
    for action in OPENS:
        yield interrupt(FLOWS, position, action, Facts()).position
    yield pause(FLOWS, position, CARE).position
    yield pause(FLOWS, position, STOPPING).position
    yield pause(FLOWS, position, DOUBT).position


def _ends(position: Position, left: frozenset[Place]) -> set[Node]:
    if position.place.dialogue not in EXCURSIONS:
        return {_node(position, left)}
    return {(place, waiting, left) for place, waiting, _ in _out_of(_node(position))}


@cache
def _out_of(node: Node) -> frozenset[Node]:
    """Go through an excursion to every place where it can end.

    Another one opened from within leads back into it: the engine forgets only places
    in excursions then (`_opened`), never where the outermost one was opened.
    """
    found, ahead = {node}, [node]
    while ahead:
        here = ahead.pop()
        place = here[0]
        if place.dialogue not in EXCURSIONS:
            continue
        position = _position(here)
        there = []
        known = Facts(is_holder=False, may_answer_again=_may_answer_again(position))
        for effects, onward in _answers(position, known):
            if _is_stop(effects, onward):
                continue
            assert all(map(_is_neutral, effects)), (here, effects)
            there.append(_node(onward))
        for is_held in (True, False):
            returned = back(position, _returning(position, is_held=is_held))
            there.append(_node(returned))
        new = set(there) - found
        found |= new
        ahead += new
    return frozenset(n for n in found if n[0].dialogue not in EXCURSIONS)


def _may_answer_again(position: Position) -> bool:
    """Tell whether somebody may be held by what they said of the police.

    They wait for the questions about safety, and nobody else does who is held.
    """
    return position.returns[-1:] == (Frame(first("safety")[0]),)


def _returning(position: Position, *, is_held: bool) -> Facts:
    return Facts(is_held=is_held, has_place_to_return=bool(position.returns))


def _is_stop(effects: tuple[Effect, ...], onward: Position) -> bool:
    """Tell whether it is the stop that is tried from every place anyway."""
    return (effects, onward) == ((Withdrew(),), start(FLOWS, AFTER_WITHDRAWAL))


def _is_neutral(effect: Effect) -> bool:
    if isinstance(effect, DetailGiven | DetailSkipped):
        return effect.name in _OF_A_HUMAN
    return isinstance(effect, _SAYS_NOTHING_OF_A_SIDE)


def _for_good(facts: Facts) -> Facts:
    """Keep of the facts what was the same when the way was gone."""
    kept = replace(Facts(), role=facts.role, is_holder=facts.is_holder)
    kept = replace(kept, age_band=facts.age_band)
    is_grown_up = facts.age_band is AgeBand.ADULT
    return replace(kept, majority=facts.majority) if is_grown_up else kept


@cache
def _ways_here(facts: Facts) -> dict[Place, set[Place]]:
    """Tell from where an answer leads to a place that "back" can undo."""
    found: dict[Place, set[Place]] = defaultdict(set)
    for place in _places(facts):
        for _, there in _answers(Position(place), facts):
            if there.trail:
                found[there.place].add(place)
    return dict(found)


def _places(facts: Facts) -> set[Place]:
    """List where somebody can come forwards, whom these facts describe for good."""
    ahead = [first("holder" if facts.is_holder else "arrival")]
    found = set(ahead)
    while ahead:
        position = _position(ahead.pop())
        withdrawal = interrupt(FLOWS, position, Always.WITHDRAW, facts)
        turns = [there for _, there in _answers(position, facts)]
        there = {
            end for to in (*turns, withdrawal.position) for end in _ends(to, _NOWHERE)
        }
        ahead += there - found
        found |= there
    return {place for place, _, _ in found}


def _node(position: Position, left: frozenset[Place] = _NOWHERE) -> Node:
    return position.place, tuple(frame.place for frame in position.returns), left


def _position(node: Node) -> Position:
    return Position(node[0], (), tuple(Frame(waits) for waits in node[1]))
