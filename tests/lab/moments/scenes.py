"""All kinds of moments, and how often each is brought about."""

from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from tests.lab.moments import claims, failing, hiding, staff, taps
from tests.lab.moments.crew import Crew
from tests.lab.moments.report import Report

Scene: TypeAlias = Callable[[Crew, int], Awaitable[Report]]

#: Each with its size in the short form and in the long one. Where what was said is
#: also sent comes first: the others read what waits.
SCENES: Final[tuple[tuple[Scene, int, int], ...]] = (
    (hiding.covered, 3, 100),
    (hiding.covered_staff, 3, 50),
    (hiding.found_again, 4, 50),
    (taps.many_taps, 2, 20),
    (taps.taps_without_case, 1, 20),
    (taps.same_update, 4, 100),
    (taps.strangers, 4, 100),
    (claims.claimers, 1, 200),
    (claims.last_yeses, 5, 200),
    (claims.withdrawals, 6, 200),
    (staff.coordinators, 2, 50),
    (staff.joining, 4, 40),
    (failing.one_fails, 10, 200),
    (staff.daily_batch, 6, 200),
)
