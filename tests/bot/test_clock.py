"""The clock: real time, or time that is moved."""

from datetime import UTC, datetime, timedelta

from bot.clock import Clock, MovableClock

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_the_clock_goes_in_utc() -> None:
    before = Clock().now()
    assert before.tzinfo is UTC
    assert before <= Clock().now()


def test_a_clock_with_a_start_stands_still_until_it_is_moved() -> None:
    clock = MovableClock(NOON)
    assert clock.now() == clock.now() == NOON
    clock.advance(3600)
    clock.advance(60)
    assert clock.now() == NOON + timedelta(hours=1, minutes=1)


def test_a_clock_without_a_start_goes_on_from_now() -> None:
    clock = MovableClock()
    clock.advance(86_400)
    ahead = clock.now() - Clock().now()
    assert timedelta(hours=23, minutes=59) < ahead <= timedelta(days=1)
