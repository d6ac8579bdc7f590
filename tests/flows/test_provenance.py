"""A stop acts at once or is asked about, by where it comes from; nothing else does."""

import pytest

from flows.always import Always
from flows.rules.provenance import MAY, Origin, as_said
from flows.words.reading import Chosen, Flagged, Reading, StopWish, Unclear, Wanted

STOPS: tuple[Reading, ...] = (
    Wanted(Always.WITHDRAW),
    Wanted(Always.WITHDRAW, "KR-7A3K"),
    StopWish(is_plain=True),
)
OTHERS: tuple[Reading, ...] = (
    Flagged(),
    Wanted(Always.HIDE),
    Wanted(Always.MENU),
    Chosen("yes"),
    Unclear(),
)


@pytest.mark.parametrize("origin", Origin)
def test_a_stop_that_was_not_said_here_is_asked_about(origin: Origin) -> None:
    acts = origin not in {Origin.FORWARDED, Origin.THROUGH_BOT}
    assert MAY[origin].stops_at_once is acts
    for stop in STOPS:
        assert as_said(stop, origin) == (stop if acts else StopWish(is_plain=False))


@pytest.mark.parametrize("origin", Origin)
def test_whatever_else_is_read_stays_what_it_is(origin: Origin) -> None:
    assert [as_said(one, origin) for one in OTHERS] == list(OTHERS)


@pytest.mark.parametrize("origin", Origin)
def test_what_only_may_mean_a_stop_is_asked_of_whoever_wrote_it(origin: Origin) -> None:
    """A "no" of somebody else's that was sent on is nobody's wish here."""
    wish = StopWish(is_plain=False)
    is_own = MAY[origin].stops_at_once
    assert as_said(wish, origin) == (wish if is_own else Unclear())
