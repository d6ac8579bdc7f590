"""A minor until the month of the 18th birthday; in that month a human settles it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.facts import AgeBand, Majority
from flows.rules.majority import counting, fits, majority

TODAY = date(2026, 11, 23)
UNDER_18 = [band for band in AgeBand if band is not AgeBand.ADULT]


@pytest.mark.parametrize(
    ("birth", "day", "counts_as"),
    [
        ("2008-12", TODAY, Majority.MINOR),
        ("2008-11", date(2026, 10, 31), Majority.MINOR),
        ("2008-11", date(2026, 11, 1), Majority.TURNING_18),
        ("2008-11", date(2026, 11, 30), Majority.TURNING_18),
        ("2008-11", date(2026, 12, 1), Majority.ADULT),
        ("2008-01", TODAY, Majority.ADULT),
        ("2008-12", date(2027, 1, 1), Majority.ADULT),
    ],
)
def test_the_month_decides(birth: str, day: date, counts_as: Majority) -> None:
    assert majority(AgeBand.FROM_15_TO_17, birth, day) is counts_as


@pytest.mark.parametrize("band", UNDER_18)
def test_who_has_not_told_the_month_counts_as_a_minor(band: AgeBand) -> None:
    assert majority(band, None, TODAY) is Majority.MINOR


def test_an_adult_is_not_asked_for_the_month() -> None:
    assert majority(AgeBand.ADULT, None, TODAY) is Majority.ADULT


@pytest.mark.parametrize(
    ("band", "first", "last"),
    [
        (AgeBand.UNDER_12, "2014-11", "2026-11"),
        (AgeBand.FROM_12_TO_14, "2011-11", "2014-11"),
        (AgeBand.FROM_15_TO_17, "2008-11", "2011-11"),
    ],
)
def test_a_month_fits_a_band_if_somebody_born_in_it_can_be_that_old(
    band: AgeBand, first: str, last: str
) -> None:
    assert fits(band, first, TODAY)
    assert fits(band, last, TODAY)
    assert not fits(band, _moved(first, -1), TODAY)
    assert not fits(band, _moved(last, 1), TODAY)


@pytest.mark.parametrize("birth", ["", "2008", "2008-13", "2008-00", "08-11", "2008-1"])
def test_what_is_no_month_is_refused(birth: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM"):
        fits(AgeBand.FROM_15_TO_17, birth, TODAY)
    with pytest.raises(ValueError, match="YYYY-MM"):
        majority(AgeBand.FROM_15_TO_17, birth, TODAY)


@given(
    st.dates(date(1990, 1, 1), date(2026, 11, 23)),
    st.dates(date(2026, 11, 23), date(2030, 1, 1)),
)
def test_nobody_is_an_adult_before_the_birthday_nor_a_minor_after_it(
    born: date, today: date
) -> None:
    """Whatever the day in the month is, the month is never wrong about either."""
    is_18 = (today.year - 18, today.month, today.day) >= (
        born.year,
        born.month,
        born.day,
    )
    counts_as = majority(AgeBand.FROM_15_TO_17, f"{born:%Y-%m}", today)
    assert counts_as is not (Majority.MINOR if is_18 else Majority.ADULT)


@given(st.dates(date(2000, 1, 1), date(2026, 11, 23)))
def test_every_month_fits_a_band_and_two_only_in_the_month_of_a_birthday(
    born: date,
) -> None:
    bands = [band for band in AgeBand if fits(band, f"{born:%Y-%m}", TODAY)]
    assert 1 <= len(bands) <= 2
    assert len(bands) == 1 or born.month == TODAY.month


def _moved(birth: str, months: int) -> str:
    count = int(birth[:4]) * 12 + int(birth[5:]) - 1 + months
    return f"{count // 12:04}-{count % 12 + 1:02}"


def test_a_month_that_did_not_go_with_the_band_counts_for_nothing() -> None:
    assert counting(AgeBand.FROM_15_TO_17, "1990-05", TODAY) is None
    assert counting(AgeBand.FROM_15_TO_17, "2010-05", TODAY) == "2010-05"
    assert counting(AgeBand.FROM_15_TO_17, None, TODAY) is None
