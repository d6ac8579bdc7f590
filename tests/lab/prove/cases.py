"""Walk a case: summary x summary x staff x clock, on the real rules of a case.

Every rule of a case asks of reasons only whether one stands that nobody has settled.
So a case is walked once for each reason, with every other one left out: a case that
breaks a rule about one reason with others around it breaks it without them too, as
fewer reasons never stop a case that more would let go on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product
from typing import NamedTuple

from flows.effects import Reason
from flows.facts import Tie
from flows.rules.case import (
    FINAL,
    RELEASED,
    CaseStanding,
    Need,
    Relation,
    Status,
    ends_on_its_day,
    is_confirmed,
    is_stopped,
    may_plan_meeting,
    reasons_to_raise,
    status,
)
from flows.rules.reasons import LASTING
from flows.rules.side import Summary
from tests.lab.prove.sides import Group, Kind, Sides, summaries

#: The reasons that come of how two people know each other; no rule reads a tie else.
OF_TIES = frozenset(
    {Reason.RELATION_UNKNOWN, Reason.CLOSE_RELATION, Reason.RELATION_DIFFERS}
)
#: Reasons that a side can have whatever else stands, as no guard asks about them.
PASSIVE = frozenset(
    {Reason.CONFESSION_UNCLEAR, Reason.ORDERS, Reason.FEAR, Reason.NOT_UNDERSTOOD}
)
#: One tie for all that a reason treats alike; two that differ, where it asks for that.
_TIES = {
    Reason.RELATION_UNKNOWN: (None, Tie.STRANGER),
    Reason.CLOSE_RELATION: (Tie.STRANGER, Tie.PARTNER),
    Reason.RELATION_DIFFERS: (None, Tie.STRANGER, Tie.ACQUAINTED),
}
#: With this one also the mediator's own questions are walked; no reason reads them.
WITH_MEETING = Reason.ASKED_FOR
_NEXT = {
    Status.CLAIMED: Status.CONTACTED,
    Status.CONTACTED: Status.MEETING_PLANNED,
    Status.MEETING_PLANNED: Status.MEETING_HELD,
    Status.MEETING_HELD: Status.FOLLOW_UP,
    Status.FOLLOW_UP: Status.CLOSED,
}


class State(NamedTuple):
    """A case of two, and where it stands."""

    one: Summary
    other: Summary
    relation: Relation
    needs: frozenset[Need] = frozenset()
    cleared: frozenset[Need] = frozenset()
    #: What nobody settled before a withdrawal.
    dropped: frozenset[Need] = frozenset()
    stands: Status | None = None

    @property
    def case(self) -> CaseStanding:
        """Give what the rules take."""
        is_stage = self.stands is not None and self.stands.is_stage
        return CaseStanding(
            relation=self.relation,
            parties=(self.one, self.other),
            open_needs=self.needs,
            cleared=self.cleared,
            stage=self.stands if is_stage else None,
            dropped=self.dropped,
        )


#: These the coordinator's own answer raises too.
_OF_RELATIONS = frozenset({Reason.RELATION_UNKNOWN, Reason.CLOSE_RELATION})
_Place = tuple[Kind, Group]
#: From which summaries to which others, and whether by taking a yes back.
Moves = set[tuple[frozenset[Summary], frozenset[Summary], bool]]
SummaryMoves = dict[Summary, frozenset[tuple[Summary, bool]]]


@dataclass(slots=True)
class Walked:
    """What the walk of cases found."""

    states: int = 0
    steps: int = 0
    handed_over: int = 0


def all_moves(sides: Sides, *, require_all: bool) -> Moves:
    """Tell which summaries can follow which, whatever stands in what was left out."""
    taken = {
        (kind, group): summaries(kind, group, require_all=require_all)
        for kind, group in sides.all()
    }
    return {(taken[one], taken[other], out) for one, other, out in _changes(sides)}


def summary_moves(moves: Moves, reason: Reason) -> SummaryMoves:
    """Tell which summary with one reason can follow which, and by a withdrawal."""
    found: dict[Summary, set[tuple[Summary, bool]]] = {}
    for one, other, is_withdrawal in moves:
        afters = {(then, is_withdrawal) for then in _projected(other, reason)}
        for before in _projected(one, reason):
            found.setdefault(before, set()).update(afters)
    return {one: frozenset(others) for one, others in found.items()}


def _changes(sides: Sides) -> Iterator[tuple[_Place, _Place, bool]]:
    """List from which side to which a move of a party or of a holder leads."""
    for one, other, is_withdrawal in sides.kind_moves:
        for group in sides.groups[one[1]]:
            same = one[1] == other[1]
            for joined in (group,) if same else sides.groups[other[1]]:
                yield (one, group), (other, joined), is_withdrawal
    for before, group in sides.group_moves:
        for kind in sides.kinds:
            if kind[1] == len(before):
                yield (kind, before), (kind, group), False
    for here in sides.all():
        yield here, here, False


@cache
def _projected(whole: frozenset[Summary], reason: Reason) -> frozenset[Summary]:
    return frozenset(each for one in whole for each in _only(one, reason))


def _only(one: Summary, reason: Reason) -> Iterator[Summary]:
    if reason is not WITH_MEETING:
        one = replace(one, is_reconfirmed=False)
    if reason in OF_TIES:
        for tie in _TIES[reason]:
            is_unknown = reason is Reason.RELATION_UNKNOWN and tie is None
            is_close = reason is Reason.CLOSE_RELATION and tie is Tie.PARTNER
            yield replace(one, tie=tie, reasons=_just(reason, is_unknown or is_close))
    elif reason in PASSIVE:
        for holds in (False, True):
            yield replace(one, tie=Tie.STRANGER, reasons=_just(reason, holds))
    else:
        kept = _just(reason, reason in one.reasons)
        yield replace(one, tie=Tie.STRANGER, reasons=kept)


def _just(reason: Reason, holds: bool) -> frozenset[Reason]:  # noqa: FBT001 - it holds or not
    return frozenset({reason}) if holds else frozenset()


@dataclass(slots=True)
class Walk:
    """The walk of a case of two with one reason."""

    victim: SummaryMoves
    offender: SummaryMoves
    reason: Reason
    found: Walked = field(default_factory=Walked)
    _settled: dict[State, State] = field(default_factory=dict)

    def to_its_end(self) -> Walked:
        """Walk everything that can happen, and hold it to every rule."""
        relations = Relation if self.reason in _OF_RELATIONS else (Relation.OTHER,)
        begin = [
            self.settled(State(one, other, relation))
            for relation in relations
            for one, other in product(_first(self.victim), _first(self.offender))
        ]
        seen, ahead = set(begin), begin
        while ahead:
            state = ahead.pop()
            for then in self._onward(state):
                self.found.steps += 1
                if then not in seen:
                    seen.add(then)
                    ahead.append(then)
        self.found.states = len(seen)
        self.found.handed_over = sum(s.stands is Status.CLAIMED for s in seen)
        return self.found

    def settled(self, state: State) -> State:
        """Raise what is to be raised, and let the case stand where it is put."""
        if state not in self._settled:
            case = state.case
            raised = case.open_needs | set(reasons_to_raise(case))
            stands = status(replace(case, open_needs=raised))
            now = state._replace(needs=raised, stands=stands)
            check_state(now)
            self._settled[state] = now
        return self._settled[state]

    def _onward(self, state: State) -> Iterator[State]:
        for then, is_out in self.victim[state.one]:
            left = _left(state, 0) if is_out else state
            moved = self.settled(left._replace(one=then))
            check_move(state.stands, moved, then, is_withdrawal=is_out)
            yield moved
        for then, is_out in self.offender[state.other]:
            left = _left(state, 1) if is_out else state
            moved = self.settled(left._replace(other=then))
            check_move(state.stands, moved, then, is_withdrawal=is_out)
            yield moved
        needs, cleared = state.needs, state.cleared
        for n in (0, 1) if self.reason is not Reason.RELATION_DIFFERS else ():
            yield self.settled(state._replace(needs=needs | {Need(self.reason, n)}))
        for need in needs:
            done = state._replace(needs=needs - {need}, cleared=cleared | {need})
            yield self.settled(done)
        for stage in by_staff(state):
            yield self.settled(state._replace(stands=stage))


def by_staff(state: State) -> Iterator[Status | None]:
    """List where staff and the clock can bring a case from where it stands."""
    case, stands = state.case, state.stands
    if stands is None or stands in FINAL:
        return
    assert ends_on_its_day(stands) is (stands not in RELEASED), state
    yield Status.ENDED
    if is_stopped(case):
        assert not may_plan_meeting(case), ("a meeting in spite of a stop", case)
        return
    if stands is Status.CONFIRMED and is_confirmed(case):
        yield Status.CLAIMED
    if stands is Status.CLAIMED:
        yield None
    onward = _NEXT.get(stands)
    if onward is not None and _may_go_on(case, onward):
        yield onward


def _may_go_on(case: CaseStanding, onward: Status) -> bool:
    if onward is not Status.MEETING_PLANNED:
        return True
    if may_plan_meeting(case):
        assert all(p.is_reconfirmed and not p.is_out for p in case.parties), case
        assert not case.open_needs, case
        assert not case.open_needs, ("a meeting though a human has to look", case)
        return True
    return False


def check_state(state: State) -> None:
    """Hold where a case stands to what must be true of it."""
    if state.stands is not Status.CONFIRMED:
        return
    for n, party in enumerate((state.one, state.other)):
        assert party.is_ready, ("confirmed without every yes", state)
        assert party.agrees, ("confirmed without every yes", state)
        assert not party.is_out, ("confirmed after a withdrawal", state)
        settled = {need.reason for need in state.cleared if need.party in {None, n}}
        if state.relation is Relation.CLOSE:
            settled |= {Reason.RELATION_UNKNOWN}
        assert party.reasons <= settled, ("confirmed with a reason", state)
        before = {need.reason for need in state.dropped if need.party == n}
        assert before & LASTING <= settled, ("confirmed as if never said", state)
    assert not state.needs, ("confirmed with an open need", state)
    if state.relation is not Relation.OTHER:
        assert state.cleared, ("confirmed though close or unknown", state)


def check_move(
    stood: Status | None, moved: State, then: Summary, *, is_withdrawal: bool
) -> None:
    """Hold what a party's move does to a case to what must be true of it."""
    stands = moved.stands
    if stood in FINAL:
        assert stands is stood, ("an end did not last", moved)
    elif then.is_out or is_withdrawal:
        assert stands is not Status.CONFIRMED, ("still in the queue", moved)
        if stood in RELEASED:
            assert is_stopped(moved.case), ("a mediator still calls", moved)
            assert stands is stood, ("an end before its time", moved)
    elif stood in RELEASED:
        assert stands is stood, ("a case that went on has left its mediator", moved)


def _first(moves: SummaryMoves) -> list[Summary]:
    """Give the summaries of somebody who has not said anything."""
    return [
        one
        for one in moves
        if not (one.has_answered or one.agrees or one.is_out or one.is_reconfirmed)
    ]


def _left(state: State, party: int) -> State:
    """Let nobody ask after somebody who takes a yes back, and forget none of it."""
    gone = frozenset(need for need in state.needs if need.party == party)
    return state._replace(needs=state.needs - gone, dropped=state.dropped | gone)
