"""Which age band rules where the police and the person do not say the same."""

from __future__ import annotations

from flows.facts import AgeBand


def ruling(told: AgeBand | None, known: AgeBand | None) -> AgeBand | None:
    """Give the younger of two bands; nobody is treated as older than either says.

    Before the person has told anything there is none: they are asked.
    """
    if told is None or known is None:
        return told
    return min(told, known, key=lambda band: band.lowest)


def differ(told: AgeBand | None, known: AgeBand | None) -> bool:
    """Tell whether a person has told another band than the police know."""
    return None not in {told, known} and told is not known
