"""A messenger's request to wait: mostly for one chat, sometimes for the whole bot."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

#: So many chats that are asked to wait at the same time mean all of them.
CHATS: Final = 3
#: What counts as the same time.
WITHIN: Final = timedelta(seconds=5)


@dataclass(slots=True)
class Flood:
    """Remembers for a moment which chats were asked to wait.

    Each worker looks for itself: a wait that is meant for all is told to each at once.
    """

    _told: dict[str, datetime] = field(default_factory=dict)

    def is_for_all(self, chat: str, at: datetime) -> bool:
        """Note that a chat was asked to wait; True when that is meant for all."""
        recent = {c: told for c, told in self._told.items() if at - told < WITHIN}
        self._told = recent | {chat: at}
        return len(self._told) >= CHATS
