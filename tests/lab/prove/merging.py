"""What a walk leaves out because no guard reads it, and how it is put in again.

`after` writes each of these fields on its own, and only `summary` reads them: so they
stand independently of where a talk goes. Where a guard asks whether something of the
kind was told, a walk tries yes and no. `variants` puts every value in again, whether
it could have been told by then or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from flows.effects import (
    AuthorityGiven,
    ConfessionGiven,
    DetailGiven,
    DetailSkipped,
    Effect,
    FearGiven,
    OrdersGiven,
    TieGiven,
)
from flows.facts import Authority, Confession, Fear, Orders, Tie
from flows.rules.side import Side

#: Each of these fields of a side, and its values.
LEFT_OUT: dict[str, tuple[object, ...]] = {
    "tie": (None, *Tie),
    "orders": (None, *Orders),
    "fear": (None, *Fear),
    "confession": (None, *Confession),
    "reached_by": (frozenset(), frozenset({"phone"}), frozenset({"coordinator"})),
    "is_reconfirmed": (False, True),
}


_WRITE_WHAT_IS_LEFT_OUT = (
    TieGiven,
    OrdersGiven,
    FearGiven,
    ConfessionGiven,
    DetailGiven,
    DetailSkipped,
)
#: One holder, whether a parent or not: nothing tells these two apart.
_ONE, _OTHER = AuthorityGiven(Authority.ONE), AuthorityGiven(Authority.OTHER)


def kept(effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """Give what is tried in place of these effects."""
    return tuple(
        _ONE if effect == _OTHER else effect
        for effect in effects
        if not isinstance(effect, _WRITE_WHAT_IS_LEFT_OUT)
    )


def variants(side: Side, *names: str) -> Iterator[Side]:
    """Put every value into fields that were left out."""
    for values in product(*(LEFT_OUT[name] for name in names)):
        yield replace(side, **dict(zip(names, values, strict=True)))  # type: ignore[arg-type] # of those fields
