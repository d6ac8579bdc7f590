"""One party with everything that decides about it, and what a case needs of that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flows.effects import Reason
from flows.facts import (
    AgeBand,
    Authority,
    Confession,
    Fear,
    Interest,
    Majority,
    Orders,
    Role,
    Tie,
)
from flows.rules import holders
from flows.rules.holders import HolderStanding

#: So long a yes is valid; then it must be said again (requirement 9).
VALID_FOR = timedelta(days=90)

#: Leads to a person beside the details that do: a coordinator spoke to them.
COORDINATOR = "coordinator"


@dataclass(frozen=True, slots=True)
class Side:
    """Where one party stands, with its holders; None means not answered yet."""

    role: Role
    #: The one that rules, see `flows.rules.age_bands`.
    age_band: AgeBand | None = None
    #: The party has told another one than the police know.
    is_age_different: bool = False
    majority: Majority | None = None
    interest: Interest | None = None
    confession: Confession | None = None
    #: The last word on taking part: True yes, False no or taken back. A yes that is
    #: too old, or was said to an earlier text, is None.
    takes_part: bool | None = None
    #: The yes was said again to the mediator who has the case, in person.
    is_reconfirmed: bool = False
    #: The notice on data was accepted, and that stands.
    knows_data_notice: bool = False
    #: What is known of the party was written down by staff, who know it too.
    is_written_down: bool = False
    #: The details that lead to the person, and `COORDINATOR`.
    reached_by: frozenset[str] = frozenset()
    tie: Tie | None = None
    orders: Orders | None = None
    fear: Fear | None = None
    #: Every question about what a yes means was answered rightly.
    has_understood: bool = False
    authority: Authority | None = None
    #: The child said whether the holders may be asked.
    may_ask_holders: bool | None = None
    holders: tuple[HolderStanding, ...] = ()

    @property
    def can_be_reached(self) -> bool:
        """Tell whether there is a way to the party, or to a child by its parents.

        Under 15 no number is asked for.
        """
        if self.reached_by or self.age_band is not AgeBand.FROM_12_TO_14:
            return bool(self.reached_by)
        return any(holder.can_be_reached for holder in self.holders)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a case takes of a side, and nothing else."""

    role: Role
    #: The party has given an answer that can be counted.
    has_answered: bool = False
    #: The party itself says yes to everything.
    agrees: bool = False
    #: Everybody whose yes this side needs has said it, and nothing is left to ask.
    is_ready: bool = False
    #: The party, or a holder, has said no or taken a yes back.
    is_out: bool = False
    #: Each of these yeses was said again to the mediator who has the case.
    is_reconfirmed: bool = False
    tie: Tie | None = None
    #: What a human has to look at before the case is handed over.
    reasons: frozenset[Reason] = frozenset()
    #: Danger that staff themselves wrote down: nobody waits for the other side.
    noted: frozenset[Reason] = frozenset()


def summary(side: Side, *, require_all_holders: bool = True) -> Summary:
    """Take from a side what its case is decided by."""
    needed = holders.required(
        side.authority, side.holders, all_of_them=require_all_holders
    )
    is_ready = _agrees(side) and _is_complete(side) and _is_allowed(side, needed)
    unreachable = is_ready and not side.can_be_reached
    reasons = {Reason.UNREACHABLE} if unreachable else frozenset()
    return Summary(
        role=side.role,
        has_answered=side.takes_part is not None or side.interest is Interest.NO,
        agrees=_agrees(side),
        is_ready=is_ready,
        is_out=_is_out(side),
        is_reconfirmed=_is_reconfirmed(side, needed),
        tie=side.tie,
        reasons=frozenset({*_own_reasons(side), *_holders_reasons(side), *reasons}),
        noted=_noted(side),
    )


def needs_holders(side: Side) -> bool:
    """Tell whether a party counts as a minor for consent.

    The month of the 18th birthday belongs to it: the day is not known.
    """
    return side.majority is not Majority.ADULT


def danger_told(side: Side) -> frozenset[Reason]:
    """Say what a party has itself told that speaks against asking the other side."""
    told = {
        Reason.CLOSE_RELATION: side.tie is not None and side.tie.is_close,
        Reason.ORDERS: side.orders not in {None, Orders.NO},
        Reason.FEAR: side.fear not in {None, Fear.NO},
    }
    return frozenset(reason for reason, holds in told.items() if holds)


def _noted(side: Side) -> frozenset[Reason]:
    """Say what danger staff have written down of a party who has not said no."""
    is_known = side.is_written_down and not has_left(side)
    return danger_told(side) if is_known else frozenset()


def waits_for_holders(side: Side, *, all_of_them: bool = True) -> bool:
    """Tell whether a minor has said yes, and its holders have not said all that counts.

    `all_of_them` is the setting KONFLIKTRAAD_REQUIRE_ALL_HOLDERS.
    """
    needed = holders.required(side.authority, side.holders, all_of_them=all_of_them)
    return _agrees(side) and not _is_out(side) and not _is_allowed(side, needed)


def _agrees(side: Side) -> bool:
    return (
        side.takes_part is True
        and side.knows_data_notice
        and side.interest is Interest.YES
    )


def _is_complete(side: Side) -> bool:
    """Tell whether nothing is left to ask the party itself.

    A child of 12 to 14 is asked for no way to reach it: where no parent gave one
    either, a human finds one.
    """
    confessed = not is_confession_asked(side) or side.confession is not None
    by_parents = side.age_band is AgeBand.FROM_12_TO_14
    return confessed and (side.can_be_reached or by_parents)


def is_confession_asked(side: Side) -> bool:
    """Tell whether a party is asked what they have told the police.

    Under 15 nobody can be charged: the coordinator's check alone counts.
    """
    return side.role is not Role.VICTIM and side.age_band is not AgeBand.FROM_12_TO_14


def _is_allowed(side: Side, needed: int) -> bool:
    """Tell whether the party is of age, or its holders have said yes (act, § 2(2)).

    Under 12 a human does it all, without the bot.
    """
    if not needs_holders(side):
        return True
    if side.age_band not in {AgeBand.FROM_12_TO_14, AgeBand.FROM_15_TO_17}:
        return False
    return holders.have_agreed(side.holders, needed)


def _is_out(side: Side) -> bool:
    """Tell whether a yes was taken back; one that is merely too old was not."""
    if has_left(side):
        return True
    return needs_holders(side) and any(map(holders.says_no, side.holders))


def has_left(side: Side) -> bool:
    """Tell whether the party itself has said no, or has taken a yes back."""
    return side.takes_part is False or side.interest is Interest.NO


def _is_reconfirmed(side: Side, needed: int) -> bool:
    if not needs_holders(side):
        return side.is_reconfirmed
    return side.is_reconfirmed and holders.have_reconfirmed(side.holders, needed)


def _own_reasons(side: Side) -> frozenset[Reason]:
    """Say what stands in the way; what was not answered is not taken as harmless."""
    is_close = side.tie is not None and side.tie.is_close
    unclear = is_confession_asked(side) and side.confession not in {
        None,
        Confession.YES,
    }
    raised = {
        Reason.CONFESSION_UNCLEAR: unclear,
        Reason.AGE_DIFFERS: side.is_age_different and not has_left(side),
        Reason.RELATION_UNKNOWN: side.tie in {None, Tie.UNSAID},
        Reason.CLOSE_RELATION: is_close,
        Reason.ORDERS: side.orders is not Orders.NO,
        Reason.FEAR: side.fear is not Fear.NO,
        Reason.NOT_UNDERSTOOD: not side.has_understood,
    }
    return frozenset(reason for reason, holds in raised.items() if holds)


def _holders_reasons(side: Side) -> frozenset[Reason]:
    """Say what a human has to look at because the party is under 18.

    Where the child has said no there is nothing left to ask anybody.
    """
    if side.majority is None or not needs_holders(side) or has_left(side):
        return frozenset()
    raised = {
        Reason.MINOR: side.age_band is AgeBand.UNDER_12,
        Reason.UNDER_15: side.age_band is AgeBand.FROM_12_TO_14,
        Reason.TURNING_18: side.majority is Majority.TURNING_18,
        Reason.HOLDERS_UNWELCOME: side.may_ask_holders is False,
    }
    own = frozenset(reason for reason, holds in raised.items() if holds)
    return own | holders.reasons(side.authority, side.holders)
