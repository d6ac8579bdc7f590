"""Every call of the bot, with what came of it."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

#: Older calls are forgotten; a demo may run for days.
KEPT_CALLS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Call:
    """One call: what was asked, and the result or the error that it got."""

    at: datetime
    method: str
    params: Mapping[str, object]
    ok: bool
    result: object
    #: The fault that was played on this call, if any.
    fault: str | None = None


class Journal:
    """The calls, oldest first."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=KEPT_CALLS)

    def add(self, call: Call) -> None:
        """Write a call down."""
        self._calls.append(call)

    def __iter__(self) -> Iterator[Call]:
        return iter(tuple(self._calls))

    def of(self, method: str) -> list[Call]:
        """Return the calls of one method."""
        return [call for call in self._calls if call.method == method]
