"""Faults that can be switched on, for a number of times or until switched off."""

import random
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

#: What a fault says if nothing else is asked for: seconds to wait, an
#: HTTP status, and seconds to be late.
RETRY_AFTER: Final = 5
STATUS: Final = 502
LATE: Final = 1.0


class FaultKind(StrEnum):
    """What can go wrong between a bot and Telegram."""

    #: 429: the bot is asked to wait.
    TOO_MANY = "too_many"
    #: 5xx: nothing was done.
    SERVER_ERROR = "server_error"
    #: The call is swallowed: nothing was done and no answer comes.
    LOST_REQUEST = "lost_request"
    #: The call is done, but its answer never comes.
    LOST_ANSWER = "lost_answer"
    #: The tap counts as too old to be answered.
    STALE_QUERY = "stale_query"
    #: 403: the account does not exist any more.
    DEACTIVATED = "deactivated"
    #: An update that was confirmed is handed out once more, under the same id.
    DUPLICATE = "duplicate"
    #: A tap is sent a second time, under a new update id.
    RESENT_TAP = "resent_tap"
    #: Updates that wait together are handed out newest first.
    REORDER = "reorder"
    #: An update comes late, and other people's overtake it.
    LATE_PERSON = "late_person"
    #: An update comes late; of the same person, a text overtakes a tap or a tap a text.
    LATE_QUEUE = "late_queue"
    #: No update is handed out: all wait, as while the bot's program is down.
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; `count` is how often it still happens, None until switched off.

    `method` and `phone` narrow it down. Without a method a fault of a call hits
    everything except getUpdates. `chance` is how likely it happens each time, up to 1;
    `seconds` is how late at most what is late comes.
    """

    kind: FaultKind
    count: int | None = None
    method: str | None = None
    phone: str | None = None
    retry_after: int = RETRY_AFTER
    status: int = STATUS
    chance: float = 1.0
    seconds: float = LATE


class Faults:
    """The faults that are switched on, at most one of each kind."""

    def __init__(self, seed: int | None = None) -> None:
        self._on: dict[FaultKind, Fault] = {}
        #: What happens by chance; with a seed, the same chances come again.
        self.dice = random.Random(seed)  # noqa: S311 - guards nothing

    def switch_on(self, fault: Fault) -> None:
        """Let this fault happen from now on."""
        self._on[fault.kind] = fault

    def switch_off(self, kind: FaultKind | None = None) -> None:
        """End one fault, or all."""
        if kind is None:
            self._on.clear()
        else:
            self._on.pop(kind, None)

    def all(self) -> tuple[Fault, ...]:
        """Return what is switched on."""
        return tuple(self._on.values())

    def active(self, kind: FaultKind) -> bool:
        """Tell whether this fault is switched on, without using it up."""
        return kind in self._on

    def take(
        self, kind: FaultKind, *, method: str | None = None, phone: str | None = None
    ) -> Fault | None:
        """Return the fault if it happens now, and count it."""
        fault = self._on.get(kind)
        if fault is None or not _concerns(fault, method, phone):
            return None
        if fault.chance < 1 and self.dice.random() >= fault.chance:
            return None
        if fault.count is not None:
            self._count_down(fault, fault.count - 1)
        return fault

    def _count_down(self, fault: Fault, left: int) -> None:
        if left > 0:
            self._on[fault.kind] = replace(fault, count=left)
        else:
            del self._on[fault.kind]


def _concerns(fault: Fault, method: str | None, phone: str | None) -> bool:
    if fault.phone is not None and fault.phone != phone:
        return False
    if fault.method is not None:
        return method is not None and fault.method.lower() == method.lower()
    return method != "getUpdates"
