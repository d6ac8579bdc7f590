"""Who counts as a minor for consent, from an age band and a month of birth."""

from __future__ import annotations

import re
from datetime import date

from flows.facts import AgeBand, Majority

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_MONTHS = 12
_OF_AGE = 18


def majority(band: AgeBand, birth: str | None, today: date) -> Majority:
    """Tell whether somebody counts as a minor; `birth` is a month, "YYYY-MM".

    A minor until the month of the 18th birthday begins, an adult after it is over.
    The month counts also of somebody whose band has grown old. Raises `ValueError`
    for a month that cannot be read.
    """
    if band is AgeBand.ADULT:
        return Majority.ADULT
    if birth is None:
        return Majority.MINOR
    months = _months_since(birth, today)
    if months == _OF_AGE * _MONTHS:
        return Majority.TURNING_18
    return Majority.ADULT if months > _OF_AGE * _MONTHS else Majority.MINOR


def counting(band: AgeBand, birth: str | None, told_on: date) -> str | None:
    """Give a month of birth that went with the band when it was told, and no other.

    Nobody is of age by a month that does not fit. Raises `ValueError` for a month that
    cannot be read.
    """
    return birth if birth is not None and fits(band, birth, told_on) else None


def turns(birth: str) -> tuple[date, date]:
    """Tell the first day of the month of the 18th birthday, and the first after it.

    Raises `ValueError` for a month that cannot be read.
    """
    year, month = _read(birth)
    year += _OF_AGE
    after = date(year + month // _MONTHS, month % _MONTHS + 1, 1)
    return date(year, month, 1), after


def fits(band: AgeBand, birth: str, today: date) -> bool:
    """Tell whether somebody born in that month can be in the band today.

    In the month of a birthday both ages are possible. Raises `ValueError` for a
    month that cannot be read.
    """
    months = _months_since(birth, today)
    oldest = months // _MONTHS
    youngest = oldest - 1 if months % _MONTHS == 0 else oldest
    return oldest >= band.lowest and youngest <= _highest(band)


def _highest(band: AgeBand) -> int:
    above = [other.lowest for other in AgeBand if other.lowest > band.lowest]
    return min(above) - 1 if above else 120


def _months_since(birth: str, today: date) -> int:
    """Count the months between the month of birth and this one."""
    year, month = _read(birth)
    return (today.year - year) * _MONTHS + today.month - month


def _read(birth: str) -> tuple[int, int]:
    found = _MONTH.fullmatch(birth)
    if found is None:
        raise ValueError("A month of birth is written YYYY-MM.")
    return int(found[1]), int(found[2])
