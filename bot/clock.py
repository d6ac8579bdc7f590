"""The only place that reads the system time."""

from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

#: The days and hours of people here.
DANISH_TIME: Final = ZoneInfo("Europe/Copenhagen")


def danish_day(at: datetime) -> date:
    """Tell which day it is here at a moment."""
    return at.astimezone(DANISH_TIME).date()


class Clock:
    """Tells what time it is."""

    def now(self) -> datetime:
        """Return the present moment, aware and in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place that may


class MovableClock(Clock):
    """A clock for demo and tests that can be moved forward.

    With a start it stands still there until it is moved; without one it goes on from
    the present moment.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self._start = start
        self._shifted = timedelta()

    def now(self) -> datetime:
        """Return the moment that this clock has come to, aware and in UTC."""
        return (self._start or super().now()) + self._shifted

    def advance(self, seconds: float) -> None:
        """Move the clock on."""
        self._shifted += timedelta(seconds=seconds)
