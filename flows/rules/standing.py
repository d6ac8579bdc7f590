"""What somebody's last word on a purpose counts for, at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from flows.effects import ConsentState
from flows.rules.notices import is_current

#: A yes, as long as it stands.
YES: Final = (ConsentState.GIVEN, ConsentState.RECONFIRMED)


class Standing(StrEnum):
    """Whether a last word is a yes that stands, and if not, why."""

    YES = "yes"
    NO = "no"
    """It was a no, or was taken back."""
    TOO_OLD = "too_old"
    """It was a yes, and its time is over."""
    OF_EARLIER_WORDS = "of_earlier_words"
    """It was a yes to words that say something else today."""
    NOTED = "noted"
    """It was a yes that stood no more, and that was written down."""


@dataclass(frozen=True, slots=True)
class LastSaid:
    """A last word: what it was, until when it is valid, and to which words."""

    state: ConsentState
    valid_until: datetime | None
    #: The notice by its id, and its version; None where no words were shown.
    notice: str | None
    version: str | None

    @property
    def is_yes(self) -> bool:
        """Tell whether it was a yes, whether or not it still stands."""
        return self.state in YES

    def standing(self, at: datetime) -> Standing:
        """Tell what it counts for: the words and the time both have to hold."""
        if self.state is ConsentState.EXPIRED:
            return Standing.NOTED
        if not self.is_yes:
            return Standing.NO
        if self.valid_until is not None and at >= self.valid_until:
            return Standing.TOO_OLD
        is_of_today = is_current(self.notice, self.version)
        return Standing.YES if is_of_today else Standing.OF_EARLIER_WORDS
