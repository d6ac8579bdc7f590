"""How long is waited before something is tried again: twice as long each time."""

from typing import Final

from bot.storage.mail.pace import LONGEST_WAIT

#: Seconds between two tries: 1, 2, 4 and so on, up to this.
LONGEST_PAUSE: Final = 30.0
#: A database that is away is tried again after 1, 2, 4, 4, 4 ... seconds.
_LONGEST_DOUBLING: Final = 2
_MOST_DOUBLINGS: Final = 10


def pause(attempt: int, asked_for: float = 0.0) -> float:
    """Return the seconds to wait after so many failed tries before this one.

    `asked_for` seconds are waited in any case, within reason.
    """
    usual = min(2.0 ** min(attempt, _MOST_DOUBLINGS), LONGEST_PAUSE)
    return max(usual, min(asked_for, LONGEST_WAIT.total_seconds()))


def pause_for_database(failures: int) -> float:
    """Return the seconds until a database that is away is tried again."""
    return pause(min(failures, _LONGEST_DOUBLING))
