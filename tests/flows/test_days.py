"""The days on which the clock looks, and on which a parent may be reminded."""

from datetime import date, time, timedelta

import pytest

from flows.effects import ConsentState
from flows.rules.days import (
    Reminded,
    days_of_end,
    is_night,
    is_silent,
    next_look,
    reminder_on,
    seen_on,
)
from flows.rules.holders import HolderStanding
from flows.rules.majority import turns

MONDAY = date(2026, 11, 23)


def days(number: int) -> date:
    return MONDAY + timedelta(days=number)


def test_the_clock_looks_on_the_first_day_that_is_still_to_come() -> None:
    assert next_look([days(5), days(2), days(0), days(-3)], MONDAY) == days(2)
    assert next_look([days(0)], MONDAY) is None


def test_staff_are_warned_on_each_of_the_last_three_days() -> None:
    last = days(10)
    looked = [next_look(days_of_end(last, days(n)), days(n)) for n in range(10)]
    assert looked == [*[days(7)] * 7, days(8), days(9), days(10)]


def test_what_happens_after_the_batch_is_seen_by_the_next_one() -> None:
    assert seen_on(MONDAY, time(9)) == MONDAY
    assert seen_on(MONDAY, time(9, 0, 1)) == days(1)


@pytest.mark.parametrize("answer", [None, *ConsentState])
def test_only_who_has_answered_nothing_at_all_is_silent(
    answer: ConsentState | None,
) -> None:
    assert is_silent(HolderStanding(is_bound=True, answer=answer)) == (answer is None)
    assert not is_silent(HolderStanding(is_link_live=True))


def test_a_parent_is_reminded_twice_at_most() -> None:
    assert reminder_on(Reminded(MONDAY), 2) == days(2)
    assert reminder_on(Reminded(MONDAY, 1, days(2)), 2) == days(5)
    assert reminder_on(Reminded(MONDAY, 2, days(5)), 2) is None
    assert reminder_on(Reminded(MONDAY, 1, days(2)), 1) is None
    assert reminder_on(Reminded(MONDAY), 0) is None


def test_a_late_reminder_brings_no_second_one_on_its_heels() -> None:
    assert reminder_on(Reminded(MONDAY, 1, days(9)), 2) == days(12)


def test_nobody_is_reminded_between_20_and_8() -> None:
    night = [hour for hour in range(24) if is_night(time(hour))]
    assert night == [0, 1, 2, 3, 4, 5, 6, 7, 20, 21, 22, 23]
    assert not is_night(time(19, 59, 59))


@pytest.mark.parametrize(
    ("birth", "first", "after"),
    [
        ("2008-12", date(2026, 12, 1), date(2027, 1, 1)),
        ("2009-01", date(2027, 1, 1), date(2027, 2, 1)),
    ],
)
def test_the_month_of_a_birthday_has_a_first_day_and_one_after_it(
    birth: str, first: date, after: date
) -> None:
    assert turns(birth) == (first, after)
