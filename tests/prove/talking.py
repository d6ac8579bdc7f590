"""Where each answer of a talk leads and what it records, by the real engine.

A talk stands at a place, with places that wait for its return. Its way back is left
out: "back" is tried to every place from which an answer leads here, so that whatever
a real talk can do is among what is walked. An excursion (human, topics, language,
help) records nothing that a side is made of, which is checked for each of its
answers; it is gone through at once, to every place where it can end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from flows import FLOWS
from flows.always import EXCURSIONS, OPENS, Always
from flows.effects import (
    BirthGiven,
    DetailGiven,
    DetailSkipped,
    Effect,
    HumanRequested,
    LanguageChosen,
)
from flows.engine import advance, back, interrupt, pause_for_care, start, state_at
from flows.facts import AgeBand, FactMissing, Facts, domain
from flows.model import Answer, Frame, Into, Place, Position

#: Months of birth that between them are too old, too young, or right for any band.
BIRTHS = ("2013-01", "2009-01", "2008-11", "2001-01")

_SAYS_NOTHING_OF_A_SIDE = (HumanRequested, LanguageChosen)
_OF_A_HUMAN = frozenset({"human_contact", "human_times"})

Node = tuple[Place, tuple[Place, ...]]
Move = tuple[tuple[Effect, ...], Node]


def first(dialogue: str) -> Node:
    """Tell where a talk begins."""
    return _node(start(FLOWS, Into(dialogue)))


@cache
def moves(node: Node, facts: Facts) -> frozenset[Move]:
    """List what can be done here; a fact that is left open is tried both ways."""
    found: set[Move] = set()
    position = _position(node)
    for effects, there in _answers(position, facts):
        found |= {(effects, end) for end in _ends(there)}
    withdrawal = interrupt(FLOWS, position, Always.WITHDRAW, facts)
    found.add((withdrawal.effects, _node(withdrawal.position)))
    for place in _ways_here(_for_good(facts)).get(position.place, ()):
        here = replace(position, trail=(place,))
        found.add(((), _node(back(here, facts))))
    for there in _excursions(position):
        found |= {((), end) for end in _ends(there)}
    return frozenset(found - {((), node)})


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
    yield pause_for_care(FLOWS, position).position


def _ends(position: Position) -> frozenset[Node]:
    return _out_of(_node(position))


@cache
def _out_of(node: Node) -> frozenset[Node]:
    """Go through an excursion to every place where it can end.

    Another one opened from within leads back into it: the engine forgets only places
    in excursions then (`_opened`), never where the outermost one was opened.
    """
    found, ahead = {node}, [node]
    while ahead:
        place, _ = here = ahead.pop()
        if place.dialogue not in EXCURSIONS:
            continue
        position = _position(here)
        there = []
        for effects, onward in _answers(position, Facts(is_holder=False)):
            assert all(map(_is_neutral, effects)), (here, effects)
            there.append(_node(onward))
        for is_held in (True, False):
            returned = back(position, _returning(position, is_held=is_held))
            there.append(_node(returned))
        new = set(there) - found
        found |= new
        ahead += new
    return frozenset(n for n in found if n[0].dialogue not in EXCURSIONS)


def _returning(position: Position, *, is_held: bool) -> Facts:
    return Facts(is_held=is_held, has_place_to_return=bool(position.returns))


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
        there = {end for to in (*turns, withdrawal.position) for end in _ends(to)}
        ahead += there - found
        found |= there
    return {place for place, _ in found}


def _node(position: Position) -> Node:
    return position.place, tuple(frame.place for frame in position.returns)


def _position(node: Node) -> Position:
    place, waiting = node
    return Position(place, (), tuple(Frame(waits) for waits in waiting))
