"""What this process has done since it began: numbers, and of nobody in particular.

Only the event loop writes here, so nothing needs a lock.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

#: Upper bounds of the classes into which turn times fall, in seconds.
BOUNDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@dataclass(slots=True)
class Times:
    """How long something took: how often within each bound, and beyond the last."""

    classes: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    seconds: float = 0.0
    #: When that began which is not done yet.
    _under_way: dict[object, float] = field(default_factory=dict)

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Measure what happens inside, also when it fails."""
        mark = object()
        begun = self._under_way[mark] = time.monotonic()
        try:
            yield
        finally:
            del self._under_way[mark]
            self.add(time.monotonic() - begun)

    def longest(self) -> float:
        """Tell for how many seconds the oldest has been under way."""
        oldest = min(self._under_way.values(), default=None)
        return 0.0 if oldest is None else time.monotonic() - oldest

    def add(self, seconds: float) -> None:
        """Count one more."""
        self.classes[sum(seconds > bound for bound in BOUNDS)] += 1
        self.seconds += seconds


@dataclass(slots=True)
class Figures:
    """The counters of one process; wiring makes them and hands them on."""

    turns: Times = field(default_factory=Times)
    #: Turns that were given up after every try, and cases that a batch left out.
    failed_turns: int = 0
    #: Photos, edits, words in groups and whatever else is no answer to anything.
    unusable: int = 0
    #: Calls that Telegram has carried out: messages, edits, deletions.
    sends: int = 0
    #: Calls that are made again later.
    retries: int = 0
    #: Messages that may have arrived twice.
    possible_doubles: int = 0
    #: Calls that are never made again.
    failed_sends: int = 0
    #: Why no updates are taken just now, as a sentence.
    held_up: str | None = "Telegram has not answered yet."
    #: When Telegram last answered; of a clock of its own.
    _answered_at: float | None = None

    def answered(self) -> None:
        """Note that Telegram has answered who we are, or what is new."""
        self._answered_at, self.held_up = time.monotonic(), None

    def silence(self) -> float | None:
        """Tell for how many seconds Telegram has been silent; None: since the start."""
        if self._answered_at is None:
            return None
        return time.monotonic() - self._answered_at
