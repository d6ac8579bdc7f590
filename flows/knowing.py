"""What a talk itself has brought about, as far as a yes to taking part needs it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from flows.effects import (
    Effect,
    FearGiven,
    HoldersAllowed,
    HumanRequested,
    OrdersGiven,
    Reason,
    TieGiven,
    Understood,
)
from flows.facts import Facts
from flows.model import MessageId
from flows.required import RECORDED, required

#: What the safety gate asks, and what counts as told.
GATE = frozenset({"tie", "orders", "fear"})


@dataclass(frozen=True, slots=True)
class Knowing:
    """What was shown and said so far in one talk."""

    is_holder: bool
    shown: frozenset[MessageId] = frozenset()
    #: Which questions of the safety gate were answered.
    told: frozenset[str] = frozenset()
    has_understood: bool = False
    may_ask_holders: bool = False

    @property
    def is_informed(self) -> bool:
        """Tell whether every text was shown that a yes needs."""
        return self.shown.issuperset(required(is_holder=self.is_holder))

    @property
    def is_gate_passed(self) -> bool:
        """Tell whether every question of the safety gate was answered."""
        return self.told == GATE

    def facts(self, *, has_place_to_return: bool) -> Facts:
        """Give these facts to guards; all others stay open."""
        return Facts(
            is_holder=self.is_holder,
            is_informed=self.is_informed,
            has_understood=self.has_understood,
            is_gate_passed=self.is_gate_passed,
            may_ask_holders=self.may_ask_holders,
            has_place_to_return=has_place_to_return,
        )


def reading(known: Knowing, texts: Iterable[MessageId]) -> Knowing:
    """Follow what is shown to the person."""
    return replace(known, shown=known.shown | RECORDED.intersection(texts))


def after(known: Knowing, effect: Effect) -> Knowing:
    """Follow what an answer causes."""
    match effect:
        case TieGiven() | HumanRequested(Reason.CLOSE_RELATION):
            # A human who is told that the two are close settles the tie.
            return replace(known, told=known.told | {"tie"})
        case OrdersGiven():
            return replace(known, told=known.told | {"orders"})
        case FearGiven():
            return replace(known, told=known.told | {"fear"})
        case Understood():
            return replace(known, has_understood=True)
        case HoldersAllowed(allowed):
            return replace(known, may_ask_holders=allowed)
        case _:
            return known
