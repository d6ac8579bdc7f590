"""Whose details may be seen on a case's card, by whoever has to call."""

from __future__ import annotations

from collections.abc import Collection

from flows.rules.case import RELEASED, Need, Status


def may_see_card(
    stands: Status, *, is_stopped: bool = False, open_needs: Collection[object] = ()
) -> bool:
    """Tell whether somebody has to call the parties now, or one of them."""
    if is_stopped:
        return bool(open_needs)
    return stands in (Status.NEEDS_HUMAN, *RELEASED)


def is_card_by_needs(stands: Status, *, is_stopped: bool) -> bool:
    """Tell whether only those may be called for whom a human is needed."""
    return is_stopped or stands is Status.NEEDS_HUMAN


def is_on_card(
    stands: Status,
    open_needs: Collection[Need],
    party: int,
    *,
    is_stopped: bool = False,
) -> bool:
    """Tell whether the details of a party, counted from 0, may be seen now.

    While a case waits for a human, only of those for whom it waits: the others have
    not asked anybody to look at what they told. So it is after a stop.
    """
    if not is_card_by_needs(stands, is_stopped=is_stopped):
        return True
    return any(need.party in {None, party} for need in open_needs)
