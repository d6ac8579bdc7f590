"""The safety gate: what must have been answered before anything links the two."""

from __future__ import annotations

from flows.facts import Fear, Orders, Tie


def is_passed(
    tie: Tie | None,
    orders: Orders | None,
    fear: Fear | None,
    *,
    is_information_only: bool,
) -> bool:
    """Tell whether tie, orders and fear were told (requirements 27-29).

    A link that informs only stands for a tie that the coordinator knows. An answer
    that worries is passed too: the human whom it calls holds the person up.
    """
    is_tie_known = tie is not None or is_information_only
    return is_tie_known and orders is not None and fear is not None
