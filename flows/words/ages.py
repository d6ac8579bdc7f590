"""An age as people type it, and the answer that it belongs to."""

import re
from collections.abc import Sequence

from flows.facts import AgeBand

_AGE = re.compile(r"([0-9]{1,2})(?: [^\W\d]+)?")
_AGES = re.compile(r"([0-9]{2}) ?[-\u2013] ?([0-9]{2})")


def band_of(said: str, names: Sequence[str]) -> str | None:
    """Find the age band of an age ("13", "13 years") or of two ages ("12-14")."""
    if found := _AGES.fullmatch(said):
        name = f"{found[1]}_{found[2]}"
        return name if name in names else None
    found = _AGE.fullmatch(said)
    bands = (band for band in AgeBand if found and int(found[1]) >= band.lowest)
    return max(bands, key=lambda band: band.lowest, default=None)
