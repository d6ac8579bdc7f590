"""Walk everything that a party can say, with every mark of the clock and of staff."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property

from flows.checks.after import after
from flows.effects import (
    BirthGiven,
    Effect,
    HolderLinkRenewed,
    HoldersInvited,
    Withdrew,
)
from flows.facts import AgeBand, Facts, Interest, Majority, Role
from flows.rules.majority import fits
from flows.rules.side import Side
from tests.lab.prove.merging import kept
from tests.lab.prove.talking import Node, first, moves

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Own:
    """What a party has said, without its holders."""

    side: Side
    #: The month of birth that was told goes with the age band.
    is_fitting: bool = False
    #: How many holders have been asked.
    asked: int = 0

    @cached_property
    def _hash(self) -> int:
        return hash((self.side, self.is_fitting, self.asked))

    def __hash__(self) -> int:
        return self._hash


@dataclass(slots=True)
class Walked:
    """What a walk of parties found."""

    #: Places of talks with what was said: each is one state of the walk.
    states: int = 0
    steps: int = 0
    #: Everything that a party can have said, with what it can do next.
    moves: dict[Own, dict[Own, set[str]]] = field(default_factory=dict)


def walk(role: Role, bands: Iterable[AgeBand]) -> Walked:
    """Walk the talk of a party of these age bands to its end."""
    found, wanted = Walked(), frozenset({None, *bands})
    begin = first("arrival"), Own(Side(role))
    seen: dict[Own, set[Node]] = {begin[1]: {begin[0]}}
    ahead = [begin]
    while ahead:
        node, own = ahead.pop()
        found.states += 1
        changes = found.moves.setdefault(own, {})
        for label, there, then in _onward(node, own):
            if then.side.age_band not in wanted:
                continue
            found.steps += 1
            if then is not own:
                changes.setdefault(then, set()).add(label)
            places = seen.setdefault(then, set())
            if there not in places:
                places.add(there)
                ahead.append((there, then))
    return found


def _onward(node: Node, own: Own) -> Iterator[tuple[str, Node, Own]]:
    for effects, there in moves(node, facts(own)):
        label, then = _said(own, effects)
        yield label, there, then
    for label, then in marks(own):
        yield label, node, then


@cache
def _said(own: Own, effects: tuple[Effect, ...]) -> tuple[str, Own]:
    tried = kept(effects)
    return " + ".join(map(told, tried)), the(said(own, tried))


_KNOWN: dict[Own, Own] = {}


def the(own: Own) -> Own:
    """Give the one object that stands for all that are equal to it."""
    return _KNOWN.setdefault(own, own)


def told(effect: Effect) -> str:
    """Name an effect in the table and in a complaint."""
    return str(effect)


def said(own: Own, effects: Iterable[Effect]) -> Own:
    """Tell what stands after a turn; holders are walked on their own."""
    side, is_fitting, asked = own.side, own.is_fitting, own.asked
    for effect in effects:
        side = after(side, effect, TODAY)
        if isinstance(effect, Withdrew):
            is_fitting = False
        if isinstance(effect, BirthGiven) and side.age_band is not None:
            is_fitting = fits(side.age_band, effect.value, TODAY)
        if isinstance(effect, HoldersInvited | HolderLinkRenewed):
            asked = max(asked, len(side.holders))
    return Own(replace(side, holders=()), is_fitting, asked)


@cache
def marks(own: Own) -> tuple[tuple[str, Own], ...]:
    """List what the clock and the staff can change, at any time, in any order."""
    return tuple((label, the(then)) for label, then in _marks(own))


def _marks(own: Own) -> Iterator[tuple[str, Own]]:
    side = own.side
    is_told = own.is_fitting and side.age_band is AgeBand.FROM_15_TO_17
    if is_told and side.majority is Majority.MINOR:
        yield "month begins", _with(own, majority=Majority.TURNING_18)
    if side.majority is Majority.TURNING_18:
        yield "month ends", _with(own, majority=Majority.ADULT)
    if side.takes_part:
        yield "90 days: yes", _with(own, takes_part=None)
    if side.knows_data_notice:
        yield "90 days: data", _with(own, knows_data_notice=False)
    yield (
        "coordinator: yes",
        _with(
            own,
            takes_part=True,
            knows_data_notice=True,
            interest=Interest.YES,
        ),
    )
    yield "coordinator: no", _with(own, takes_part=False)


def _with(own: Own, **values: object) -> Own:
    return replace(own, side=replace(own.side, **values))  # type: ignore[arg-type] # any field


@cache
def facts(own: Own) -> Facts:
    """Tell what guards see of a party; what is left open is tried both ways."""
    side = own.side
    return Facts(
        role=side.role,
        age_band=side.age_band,
        is_age_known=side.age_band is not None,
        majority=side.majority,
        authority=side.authority,
        may_ask_holders=side.may_ask_holders,
        has_understood=side.has_understood,
        has_live_yes=side.takes_part is True and side.knows_data_notice,
        is_birth_fitting=own.is_fitting,
        is_holder=False,
    )
