"""Nobody says yes too early, and nobody is stopped without a human, on any way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from flows.always import OPENS, Always
from flows.checks.paths import ENTRIES, sites
from flows.checks.walk import WalkStep, anywhere, reached
from flows.effects import (
    ConsentGiven,
    Effect,
    HolderLinkRenewed,
    HoldersInvited,
    Purpose,
    Withdrew,
)
from flows.engine import interrupt, state_at
from flows.facts import Facts, Majority
from flows.model import Flows, Into, Place, Position
from flows.rules.required import NAME_A_HUMAN

Rule = Callable[[WalkStep], bool]

_TAKING_PART = frozenset({Purpose.TAKE_PART, Purpose.PARENTAL_TAKE_PART})
_AS_AN_ADULT = Place("consent", "consented")
_OWN_QUESTION = Place("offer", "ask_confession")
#: Here a human has to look at something before the person goes on.
_HELD_UP = {
    Place("safety", "stopped"),
    Place("human", "awaiting_human"),
    Place("human", "awaiting_call"),
}


@dataclass(frozen=True, slots=True)
class Proof:
    """What was visited, and what is wrong, as sentences."""

    #: Different stands of a talk that are reached from where talks begin.
    spots: int
    #: Answers that were tried there.
    steps: int
    #: Those among them that give a yes to taking part.
    yeses: int
    #: Answers that were tried at every state, with all or nothing shown and told.
    anywhere: int
    #: States from which a human was asked for.
    states: int
    faults: tuple[str, ...]


def prove(flows: Flows, entries: Iterable[Into] = ENTRIES) -> Proof:
    """Walk everything that talks come to, and apply every rule to every step."""
    ways = tuple(reached(flows, entries))
    places = [Place(flow.id, state.name) for flow, state in sites(flows)]
    single = tuple(anywhere(flows, places, Into("programme")))
    given = [purpose for step in ways for purpose in _agreed(step)]
    faults = [*broken((*ways, *single)), *_never(given), *_stopped(flows)]
    return Proof(
        spots=len({step.spot for step in ways}),
        steps=len(ways),
        yeses=len(given),
        anywhere=len(single),
        states=len(places),
        faults=tuple(dict.fromkeys(faults)),
    )


def broken(steps: Iterable[WalkStep]) -> Iterator[str]:
    """Name every rule that a step breaks, with the place where it does."""
    for step in steps:
        place = step.spot.place
        for fault, is_broken in _RULES.items():
            if is_broken(step):
                yield f"{place.dialogue}.{place.state}: {fault}"


def _never(given: Iterable[Purpose]) -> Iterator[str]:
    """Name a yes that nobody can come to: the walk would prove nothing about it."""
    for purpose in sorted(_TAKING_PART.difference(given)):
        yield f"no row of answers leads to a yes to {purpose}."


def _stopped(flows: Flows) -> Iterator[str]:
    """Name the states from which no human, and no word on whom to call, is reached."""
    for flow, state in sites(flows):
        position = Position(Place(flow.id, state.name))
        if NAME_A_HUMAN.isdisjoint(state.says) and not _reaches_human(flows, position):
            yield f"{flow.id}.{state.name}: nothing leads from here to a human."


def _reaches_human(flows: Flows, position: Position) -> bool:
    if Always.HUMAN not in OPENS:
        return False
    asked = interrupt(flows, position, Always.HUMAN, Facts()).position
    return not NAME_A_HUMAN.isdisjoint(state_at(flows, asked.place).says)


def _agreed(step: WalkStep) -> frozenset[Purpose]:
    """Collect the yeses to taking part that a step gives."""
    return _given(step.turn.effects)


@cache
def _given(effects: tuple[Effect, ...]) -> frozenset[Purpose]:
    given = (effect.purpose for effect in effects if isinstance(effect, ConsentGiven))
    return _TAKING_PART.intersection(given)


def _is_uninformed(step: WalkStep) -> bool:
    return bool(_agreed(step)) and not step.spot.known.is_informed


def _is_not_understood(step: WalkStep) -> bool:
    return bool(_agreed(step)) and not step.spot.known.side.has_understood


def _is_unsafe(step: WalkStep) -> bool:
    return Purpose.TAKE_PART in _agreed(step) and not step.spot.known.is_gate_passed


def _is_minor_taken_for_adult(step: WalkStep) -> bool:
    rests = step.turn.position.place == _AS_AN_ADULT
    is_adult = step.facts.majority is Majority.ADULT
    return Purpose.TAKE_PART in _agreed(step) and rests and not is_adult


def _is_parents_yes_too_late(step: WalkStep) -> bool:
    is_minor = step.facts.majority is Majority.MINOR
    return Purpose.PARENTAL_TAKE_PART in _agreed(step) and not is_minor


def _asks_parents_unasked(step: WalkStep) -> bool:
    invites = any(
        isinstance(effect, HoldersInvited | HolderLinkRenewed)
        for effect in step.turn.effects
    )
    return invites and step.spot.known.side.may_ask_holders is not True


def _asks_parents_first(step: WalkStep) -> bool:
    invites = HoldersInvited() in step.turn.effects
    return invites and Purpose.TAKE_PART not in _agreed(step)


def _leaves_human_early(step: WalkStep) -> bool:
    """Tell whether somebody who may be held gets on, other than by withdrawing.

    Who is held by their own answer alone may go back to its question.
    """
    there = step.turn.position.place
    if there == _OWN_QUESTION and step.facts.may_answer_again:
        return False
    if step.spot.place not in _HELD_UP or Withdrew() in step.turn.effects:
        return False
    is_free = step.facts.is_held is False
    is_still_there = there.dialogue == "human" or there == step.spot.place
    return not is_free and not is_still_there


_RULES: dict[str, Rule] = {
    "a yes is taken before everything was shown.": _is_uninformed,
    "a yes is taken before it is clear what it means.": _is_not_understood,
    "a yes is taken before the questions about safety.": _is_unsafe,
    "the yes of a minor rests as that of an adult.": _is_minor_taken_for_adult,
    "a parent says yes for somebody who is turning 18.": _is_parents_yes_too_late,
    "parents are asked against the wish of the child.": _asks_parents_unasked,
    "parents are asked before the child has said yes.": _asks_parents_first,
    "somebody gets on whom a human has to let go on.": _leaves_human_early,
}
