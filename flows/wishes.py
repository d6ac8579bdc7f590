"""What somebody may wish who writes in their own words: to stop, perhaps, or not."""

from __future__ import annotations

from enum import StrEnum


class Wish(StrEnum):
    """What a text in somebody's own words tells of wanting to stop."""

    STOPS = "stops"
    """A plain statement of taking back, which acts at once."""
    MAY_STOP = "may_stop"
    """It may mean that: the person is asked."""
    NEITHER = "neither"
    """It is about something else."""
