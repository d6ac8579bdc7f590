"""The simulator's time, which can be moved forward."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class TimeSource(Protocol):
    """What the simulator asks of a clock."""

    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        ...

    def advance(self, seconds: float) -> None:
        """Move the clock forward."""
        ...


class MovableTimeSource:
    """The computer's time plus what has been skipped."""

    def __init__(self) -> None:
        self._skipped = timedelta()

    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        return datetime.fromtimestamp(time.time(), UTC) + self._skipped

    def advance(self, seconds: float) -> None:
        """Skip some time."""
        self._skipped += timedelta(seconds=seconds)
