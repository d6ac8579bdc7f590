"""Walk everything that a holder of parental authority can say, clock and staff too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from flows.checks.after import after, after_holder
from flows.effects import ConsentState, Effect, HolderLinkRenewed, HoldersInvited
from flows.facts import Authority, Facts, Majority, Role
from flows.rules.holders import HolderStanding, HolderState, says_yes, state
from flows.rules.side import Side
from tests.lab.prove.parties import TODAY
from tests.lab.prove.talking import Node, first, moves


@dataclass(slots=True)
class Walked:
    """What the walk of holders found."""

    states: int = 0
    steps: int = 0
    #: Where a holder can stand, with what can happen next, by the child's majority.
    moves: dict[HolderStanding, dict[HolderStanding, set[tuple[str, Majority]]]] = (
        field(default_factory=dict)
    )


@cache
def walk(*majorities: Majority) -> Walked:
    """Walk the talk of a holder to its end, for a child of each of these."""
    found, begin = Walked(), (first("holder"), invited())
    seen, ahead = {begin}, [begin]
    while ahead:
        node, standing = ahead.pop()
        found.states += 1
        changes = found.moves.setdefault(standing, {})
        for majority in majorities:
            for label, there, then in _onward(node, standing, majority):
                found.steps += 1
                if then != standing:
                    changes.setdefault(then, set()).add((label, majority))
                if (there, then) not in seen:
                    seen.add((there, then))
                    ahead.append((there, then))
    return found


def invited() -> HolderStanding:
    """Give the standing of a holder whom a child has just asked."""
    return after(
        Side(Role.VICTIM, authority=Authority.ONE), HoldersInvited(), TODAY
    ).holders[0]


def _onward(
    node: Node, standing: HolderStanding, majority: Majority
) -> Iterator[tuple[str, Node, HolderStanding]]:
    known = Facts(is_holder=True, majority=majority, has_live_yes=says_yes(standing))
    for effects, there in moves(node, known):
        label, then = _said(standing, effects)
        yield label, there, then
    for label, then in marks(standing):
        yield label, node, then
    renewed = _renewed(standing)
    if renewed != standing:
        yield "child: a new link", first("holder"), renewed


@cache
def _said(
    standing: HolderStanding, effects: tuple[Effect, ...]
) -> tuple[str, HolderStanding]:
    for effect in effects:
        standing = after_holder(standing, effect)
    return " + ".join(map(str, effects)), standing


@cache
def _renewed(standing: HolderStanding) -> HolderStanding:
    child = Side(Role.VICTIM, authority=Authority.ONE, holders=(standing,))
    return after(child, HolderLinkRenewed(1), TODAY).holders[0]


def marks(standing: HolderStanding) -> Iterator[tuple[str, HolderStanding]]:
    """List what the clock and the staff can change, at any time, in any order."""
    if standing.is_link_live:
        yield "link expires", replace(standing, is_link_live=False)
    if says_yes(standing):
        yield "90 days: yes", _answering(standing, ConsentState.EXPIRED)
    if state(standing) is HolderState.STATED:
        yield "coordinator: verified", replace(standing, is_verified=True)
    if state(standing) is HolderState.VERIFIED:
        again = replace(standing, answer=ConsentState.RECONFIRMED)
        yield "mediator: yes again", again
    yield "coordinator: yes", _answering(standing, ConsentState.GIVEN)
    yield "coordinator: no", _answering(standing, ConsentState.REFUSED)


def _answering(standing: HolderStanding, answer: ConsentState) -> HolderStanding:
    return replace(standing, answer=answer, is_verified=False)
