"""What sets the reasons for a human apart: when they are raised, and what they hold."""

from __future__ import annotations

from typing import Final

from flows.effects import Reason

#: These do not wait until everybody is willing: a parent waits for an answer.
AT_ONCE: Final = frozenset(
    {
        Reason.VERIFY_HOLDER,
        Reason.CONFLICT,
        Reason.HOLDERS_DIFFER,
        Reason.TURNING_18,
    }
)


#: An answer for which a human is needed is not undone by stopping and answering anew.
LASTING: Final = frozenset(
    {
        Reason.CONFESSION_UNCLEAR,
        Reason.CLOSE_RELATION,
        Reason.RELATION_UNKNOWN,
        Reason.ORDERS,
        Reason.FEAR,
        Reason.NOT_UNDERSTOOD,
        Reason.AGE_UNCLEAR,
        Reason.HOLDERS_UNCLEAR,
        Reason.HOLDERS_UNWELCOME,
    }
)


#: What a victim may have told of the other person.
DANGERS: Final = frozenset({Reason.CLOSE_RELATION, Reason.ORDERS, Reason.FEAR})

#: A talk goes on while these wait for a human.
HOLD_NOBODY_UP: Final = AT_ONCE | {
    Reason.ASKED_FOR,
    Reason.UNDER_15,
    Reason.UNREACHABLE,
}
