"""Every side: a party and its holders, and the summary that its case takes of it.

A party reads nothing of its holders, nor a holder of the party but its majority, and
no holder anything of the other. So each combination of what the walks found can come
about once that many holders were asked, and the sides need not be walked again: they
are put together. Sides and holders that the rules cannot tell apart count once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations_with_replacement

from flows.effects import ConsentState
from flows.facts import Authority, Confession, Interest, Role
from flows.rules import holders
from flows.rules.holders import HolderStanding, HolderState, state
from flows.rules.side import Side, Summary, summary
from tests.lab.prove import parents, parties

Group = tuple[HolderStanding, ...]
#: One party as its case sees it: what was said, and how many holders were asked.
Kind = tuple[Side, int]
#: In which order holders are seated: two tables of the same holders are one.
Order = dict[HolderStanding, int]


@dataclass(slots=True)
class Sides:
    """All sides of one role, by what the rules can tell apart."""

    role: Role
    kinds: set[Kind] = field(default_factory=set)
    kind_moves: set[tuple[Kind, Kind, bool]] = field(default_factory=set)
    groups: dict[int, set[Group]] = field(default_factory=dict)
    group_moves: set[tuple[Group, Group]] = field(default_factory=set)
    #: How many there are if everything is told apart.
    in_full: int = 0

    def all(self) -> Iterator[tuple[Kind, Group]]:
        """List every side."""
        for kind in self.kinds:
            yield from ((kind, group) for group in self.groups[kind[1]])


def put_together(
    role: Role, walked: Iterable[parties.Walked], asked: parents.Walked
) -> Sides:
    """Put parties and holders together."""
    found = Sides(role)
    seats = {standing: seat(standing) for standing in asked.moves}
    order = {one: n for n, one in enumerate(sorted(set(seats.values()), key=repr))}
    found.groups = {n: set(map(_group, _tables(order, n))) for n in range(3)}
    for walk in walked:
        for own in walk.moves:
            found.in_full += len(asked.moves) ** own.asked
            found.kinds.add(kind(own))
            found.kind_moves.update(_moves_of(own, walk))
    changes = {
        (seats[one], seats[other]) for one in seats for other in asked.moves[one]
    }
    for one, other in changes:
        found.group_moves |= _moved(one, other, order)
    return found


def _moves_of(
    own: parties.Own, walk: parties.Walked
) -> Iterator[tuple[Kind, Kind, bool]]:
    for then, labels in walk.moves[own].items():
        is_withdrawal = any("Withdrew" in label for label in labels)
        yield kind(own), kind(then), is_withdrawal


def side_of(kind: Kind, group: Group) -> Side:
    """Seat the holders with their child."""
    return replace(kind[0], holders=group)


@cache
def summaries(kind: Kind, group: Group, *, require_all: bool) -> frozenset[Summary]:
    """Give the summaries of a side, whatever a guard does not ask about."""
    side = side_of(kind, group)
    filled = (
        side,
        replace(side, is_reconfirmed=side.takes_part is True),
        replace(side, confession=None),
        replace(side, reached_by=frozenset()),
    )
    return frozenset(summary(s, require_all_holders=require_all) for s in filled)


@cache
def kind(own: parties.Own) -> Kind:
    """Keep of a party what its summary can tell apart; lemma.py tries whether it is."""
    side = own.side
    return (
        Side(
            role=side.role,
            age_band=side.age_band,
            majority=side.majority,
            interest=side.interest if side.interest is not Interest.LATER else None,
            takes_part=side.takes_part,
            knows_data_notice=side.knows_data_notice,
            has_understood=side.has_understood,
            authority=side.authority,
            may_ask_holders=side.may_ask_holders,
            reached_by=frozenset({"phone"}),
            confession=Confession.YES,
        ),
        own.asked,
    )


def seat(standing: HolderStanding) -> HolderStanding:
    """Keep of a holder what a summary can tell apart."""
    said_yes, said_no = holders.says_yes(standing), holders.says_no(standing)
    # Who has once answered stays one who was asked, whatever becomes of the link.
    has_answered = standing.answer is not None
    return HolderStanding(
        is_bound=standing.is_bound or has_answered,
        is_link_live=standing.is_link_live and not has_answered,
        answer=standing.answer
        if said_yes
        else ConsentState.REFUSED
        if said_no
        else None,
        is_verified=state(standing) is HolderState.VERIFIED,
        says_others=standing.says_others,
        claims_authority=standing.claims_authority,
        can_be_reached=standing.can_be_reached,
    )


def _tables(order: Order, n: int) -> Iterator[Group]:
    return combinations_with_replacement(order, n)


@cache
def _group(table: tuple[HolderStanding, ...]) -> Group:
    """Give the one group that stands for all that the rules cannot tell apart."""
    return _GROUPS.setdefault(_digest(table), table)


_GROUPS: dict[object, Group] = {}


def _digest(table: tuple[HolderStanding, ...]) -> object:
    return (
        len(table),
        tuple(holders.reasons(authority, table) for authority in (None, *Authority)),
        tuple(holders.required(a, table, all_of_them=True) for a in Authority),
        tuple(holders.have_agreed(table, needed) for needed in (1, 2)),
        tuple(holders.have_reconfirmed(table, needed) for needed in (1, 2)),
        any(map(holders.says_no, table)),
        any(holder.can_be_reached for holder in table),
    )


def _moved(
    one: HolderStanding, other: HolderStanding, order: Order
) -> set[tuple[Group, Group]]:
    """Move one holder, alone or with any other one."""
    alone = {(_group((one,)), _group((other,)))}
    both = {
        (_group(_sorted(one, second, order)), _group(_sorted(other, second, order)))
        for second in order
    }
    return {(a, b) for a, b in alone | both if a != b}


def _sorted(one: HolderStanding, other: HolderStanding, order: Order) -> Group:
    return (one, other) if order[one] <= order[other] else (other, one)
