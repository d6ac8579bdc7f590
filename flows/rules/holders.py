"""Holders of parental authority: where each one stands, and what a child needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from flows.effects import ConsentState, Reason
from flows.facts import Authority, OtherHolder


class HolderState(StrEnum):
    """Where a holder stands; derived, never stored."""

    ASKED = "asked"
    OPENED = "opened"
    STATED = "stated"
    """Said yes in the chat; nobody has made sure of who that was."""
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    """The link or the yes has run out, or there was never a link."""
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class HolderStanding:
    """What is known of one holder; None means not answered yet."""

    #: Somebody has said that the link is for them.
    is_bound: bool = False
    #: There is a link that can still be opened.
    is_link_live: bool = False
    #: The last word on the child's taking part.
    answer: ConsentState | None = None
    #: A human has made sure of who gave this yes; a new yes is to be looked at anew.
    is_verified: bool = False
    #: Whether somebody else has parental authority too.
    says_others: OtherHolder | None = None
    #: Asked only of somebody who is neither mother nor father.
    claims_authority: bool | None = None
    #: A phone number was given, or one of the staff spoke to them.
    can_be_reached: bool = False


_SAID_YES = (ConsentState.GIVEN, ConsentState.RECONFIRMED)
_SAID_NO = (ConsentState.REFUSED, ConsentState.WITHDRAWN)


def state(holder: HolderStanding) -> HolderState:
    """Say where a holder stands."""
    if says_yes(holder):
        return HolderState.VERIFIED if holder.is_verified else HolderState.STATED
    if holder.answer is not None:
        return HolderState(holder.answer)
    if holder.is_bound:
        return HolderState.OPENED
    return HolderState.ASKED if holder.is_link_live else HolderState.EXPIRED


def says_yes(holder: HolderStanding) -> bool:
    """Tell whether a holder's yes stands, whoever they are."""
    return holder.answer in _SAID_YES


def says_no(holder: HolderStanding) -> bool:
    """Tell whether a holder has refused, or has taken a yes back."""
    return holder.answer in _SAID_NO


def is_asked(holder: HolderStanding) -> bool:
    """Tell whether somebody can open a link, has opened it, or has answered."""
    return holder.is_bound or holder.is_link_live or holder.answer is not None


def is_missed(authority: Authority | None, n: int, holder: HolderStanding) -> bool:
    """Tell whether the link or the yes of a holder, counted from 1, is to be renewed.

    Not of one who was let go of, and has no authority as far as is told.
    """
    told = authority.holders if authority else 0
    may_have_it = told == 0 or n <= told
    return state(holder) is HolderState.EXPIRED and (may_have_it or is_asked(holder))


def required(
    authority: Authority | None, holders: Iterable[HolderStanding], *, all_of_them: bool
) -> int:
    """Count the holders whose yes a child needs; 0 while nobody knows.

    Nobody who is asked is passed over, whatever is said afterwards of who has the
    authority. `all_of_them` is the setting KONFLIKTRAAD_REQUIRE_ALL_HOLDERS.
    """
    told = authority.holders if authority else 0
    if told == 0 or not all_of_them:
        return min(told, 1)
    return max(told, sum(map(is_asked, holders)))


def have_agreed(holders: Iterable[HolderStanding], needed: int) -> bool:
    """Tell whether so many holders have given a yes that a human made sure of.

    One no is enough to stop it, however many others said yes.
    """
    asked = tuple(holders)
    verified = sum(state(holder) is HolderState.VERIFIED for holder in asked)
    return 0 < needed <= verified and not any(map(says_no, asked))


def have_reconfirmed(holders: Iterable[HolderStanding], needed: int) -> bool:
    """Tell whether so many holders have said yes again to the mediator, in person."""
    again = sum(holder.answer is ConsentState.RECONFIRMED for holder in holders)
    return 0 < needed <= again


def reasons(
    authority: Authority | None, holders: Iterable[HolderStanding]
) -> frozenset[Reason]:
    """Say why a human has to look at what the holders have said."""
    asked = tuple(holders)
    said_yes = any(map(says_yes, asked))
    raised = {
        Reason.HOLDERS_UNCLEAR: authority is Authority.UNKNOWN,
        Reason.HOLDERS_DIFFER: _are_too_many(authority, asked)
        or any(_differs(authority, holder) for holder in asked),
        Reason.CONFLICT: said_yes and any(map(says_no, asked)),
        Reason.VERIFY_HOLDER: any(state(h) is HolderState.STATED for h in asked),
    }
    return frozenset(reason for reason, holds in raised.items() if holds)


def _are_too_many(
    authority: Authority | None, holders: Iterable[HolderStanding]
) -> bool:
    """Tell whether more are asked than the child says have the authority."""
    told = authority.holders if authority else 0
    return 0 < told < sum(map(is_asked, holders))


def _differs(authority: Authority | None, holder: HolderStanding) -> bool:
    """Tell whether child and holder do not say the same of who has the authority."""
    if holder.claims_authority is False:
        return True
    if holder.says_others is None:
        return False
    if authority is Authority.OTHER and holder.claims_authority is None:
        # A mother or a father, where the child has named somebody else.
        return True
    both = authority is Authority.BOTH
    return holder.says_others is not (OtherHolder.YES if both else OtherHolder.NO)
