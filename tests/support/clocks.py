"""The clocks of a town: Telegram's, and what the program takes for it."""

import time
from datetime import UTC, datetime, timedelta

from bot.clock import Clock, MovableClock

#: A Monday, ten o'clock in Denmark: an hour after the daily batch.
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class TownClock(MovableClock):
    """Begins on a Monday morning, goes on as time does, and can be moved."""

    def __init__(self) -> None:
        super().__init__(MONDAY)
        self._begun = time.monotonic()
        #: By so much the program's own clock is ahead of this one, which is Telegram's.
        self.wrong_by = timedelta()

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=time.monotonic() - self._begun)


class ProgramClock(Clock):
    """What the program takes for the town's time."""

    def __init__(self, town: TownClock) -> None:
        self._town = town

    def now(self) -> datetime:
        return self._town.now() + self._town.wrong_by
