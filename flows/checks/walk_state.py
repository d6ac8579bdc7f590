"""What a talk itself has brought about, as far as a yes to taking part needs it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from flows.checks import after as effects_on
from flows.effects import Effect, HumanRequested, Reason
from flows.facts import Confession, Facts, Fear, Orders, Role, Tie
from flows.model import MessageId
from flows.rules import gate
from flows.rules.required import RECORDED, required
from flows.rules.side import Side

#: Nothing that is followed here depends on the day.
_A_DAY = date(2026, 1, 1)

NOTHING_SAID = Side(Role.VICTIM)
#: Stands for every answer about the police that is no yes.
UNCLEAR = Confession.PARTLY
#: Everything that a yes needs was answered; which answer it was changes nothing here.
ALL_SAID = replace(
    NOTHING_SAID,
    tie=Tie.STRANGER,
    orders=Orders.NO,
    fear=Fear.NO,
    has_understood=True,
    may_ask_holders=True,
)


@dataclass(frozen=True, slots=True)
class Knowing:
    """What was shown and said so far in one talk."""

    is_holder: bool
    shown: frozenset[MessageId] = frozenset()
    side: Side = NOTHING_SAID
    #: A human has been told that the two are close, as with a link that only informs.
    is_close_known: bool = False

    @property
    def is_informed(self) -> bool:
        """Tell whether every text was shown that a yes needs."""
        return self.shown.issuperset(required(is_holder=self.is_holder))

    @property
    def is_gate_passed(self) -> bool:
        """Tell whether the questions about safety were answered."""
        return gate.is_passed(
            self.side.tie,
            self.side.orders,
            self.side.fear,
            is_information_only=self.is_close_known,
        )

    def facts(self, *, has_place_to_return: bool) -> Facts:
        """Give these facts to guards; all others stay open."""
        is_unclear = self.side.confession is UNCLEAR
        return Facts(
            is_holder=self.is_holder,
            # Nothing but the own later yes leads on past this answer.
            is_held=True if is_unclear else None,
            may_answer_again=None if is_unclear else False,
            is_informed=self.is_informed,
            has_understood=self.side.has_understood,
            is_gate_passed=self.is_gate_passed,
            may_ask_holders=self.side.may_ask_holders is True,
            has_place_to_return=has_place_to_return,
        )


@cache
def reading(known: Knowing, texts: tuple[MessageId, ...]) -> Knowing:
    """Follow what is shown to the person."""
    return replace(known, shown=known.shown | RECORDED.intersection(texts))


@cache
def after(known: Knowing, effect: Effect) -> Knowing:
    """Follow what an answer causes."""
    side = _bare(effects_on.after(known.side, effect, _A_DAY))
    is_close = effect == HumanRequested(Reason.CLOSE_RELATION)
    return replace(known, side=side, is_close_known=known.is_close_known or is_close)


def _bare(side: Side) -> Side:
    """Leave out what is not followed, so that the walk comes to an end."""
    return Side(
        NOTHING_SAID.role,
        tie=ALL_SAID.tie if side.tie else None,
        orders=ALL_SAID.orders if side.orders else None,
        fear=ALL_SAID.fear if side.fear else None,
        has_understood=side.has_understood,
        may_ask_holders=side.may_ask_holders,
        confession=None if side.confession in {None, Confession.YES} else UNCLEAR,
    )
