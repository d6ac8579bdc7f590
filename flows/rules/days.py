"""On which days the clock looks at a case; every day is one here, in Denmark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from flows.rules.holders import HolderStanding

#: When the daily batch runs, so that no moment of the day tells of anybody's answer.
BATCH_TIME = time(9)
#: So many days before its end, staff are told each day of a case that waits for them.
WARNING = timedelta(days=3)
#: So many days after a parent has opened the link, each reminder comes at the earliest.
REMINDED_AFTER = (timedelta(days=2), timedelta(days=5))
#: Between these hours nobody is reminded of anything.
NIGHT_BEGINS, NIGHT_ENDS = time(20), time(8)


@dataclass(frozen=True, slots=True)
class Reminded:
    """What decides when a parent is reminded next."""

    #: The day on which the parent opened the link.
    bound_on: date
    times: int = 0
    last_on: date | None = None


def next_look(days: Iterable[date], today: date) -> date | None:
    """Find the next day that counts; what was due until today has been done."""
    return min((day for day in days if day > today), default=None)


def days_of_end(ends_on: date, today: date) -> tuple[date, ...]:
    """List the days on which staff are warned, and the one on which a case ends."""
    return max(ends_on - WARNING, today + timedelta(days=1)), ends_on


def seen_on(day: date, at: time) -> date:
    """Tell on which day the batch comes upon what happens on a day at an hour."""
    return day if at <= BATCH_TIME else day + timedelta(days=1)


def is_silent(holder: HolderStanding) -> bool:
    """Tell whether a parent has opened the link and answered nothing yet."""
    return holder.is_bound and holder.answer is None


def reminder_on(reminded: Reminded, most: int) -> date | None:
    """Tell the earliest day of a parent's next reminder; None if there is none.

    `most` is the setting KONFLIKTRAAD_HOLDER_REMINDERS.
    """
    times = reminded.times
    if times >= min(most, len(REMINDED_AFTER)):
        return None
    planned = reminded.bound_on + REMINDED_AFTER[times]
    if times == 0 or reminded.last_on is None:
        return planned
    apart = REMINDED_AFTER[times] - REMINDED_AFTER[times - 1]
    return max(planned, reminded.last_on + apart)


def is_night(at: time) -> bool:
    """Tell whether it is too late, or too early, to remind anybody."""
    return not NIGHT_ENDS <= at < NIGHT_BEGINS
