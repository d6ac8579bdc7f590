"""The messenger's clock, which dates all that is written in a chat, ours and theirs.

A tap bears no date, and our own clock may be wrong: moments of one talk would then not
follow each other.
"""

from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock

#: Messengers date in whole seconds, and an answer of their own takes a moment to come.
_NO_DIFFERENCE: Final = timedelta(seconds=2)


class ChannelClock:
    """Our clock, put right by the dates of what was just sent for us."""

    def __init__(self, clock: Clock) -> None:
        """Go by our clock as long as nothing else is known."""
        self._clock = clock
        self._ahead = timedelta()

    def sent(self, at: datetime) -> None:
        """Note how the messenger dates a message that it has sent at this moment."""
        ahead = at - self._clock.now()
        self._ahead = ahead if abs(ahead) > _NO_DIFFERENCE else timedelta()

    def now(self) -> datetime:
        """Return the present moment as the messenger's clock has it."""
        return self._clock.now() + self._ahead
