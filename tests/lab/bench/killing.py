"""What a kill -9 among fifty waiting updates loses: people who are never answered."""

import time
from typing import Final

from tests.lab.bench.installing import Installation
from tests.lab.bench.people import People, until

QUEUED: Final = 50
_PEOPLE: Final = range(1, QUEUED + 1)
_NEWCOMER: Final = range(QUEUED + 1, QUEUED + 2)
#: Who is not answered when nothing has happened for so many seconds never will be.
_STILL: Final = 2.5


def lost(bot: Installation, after: int) -> int:
    """Kill a bot when it has answered so many of fifty who stand in its dialogue.

    It is started again, and then who is never answered is counted.
    """
    people = bot.people
    with bot.running() as bots:
        people.open(_PEOPLE, bot.row.opening)
        bots.pause()
        people.write(_PEOPLE, bot.row.word)
        # By the server itself, at that very message.
        groups = [process.group for process in bots.processes]
        people.do("kill", groups=groups, after=after)
        bots.go_on()
        until(bots.are_over, "It was never killed.")
    with bot.running():
        return QUEUED - _answered_in_the_end(bot)


def _answered_in_the_end(bot: Installation) -> int:
    people = bot.people
    # Only when a newcomer is answered does the bot run again.
    people.write(_NEWCOMER, bot.row.opening[0], anew=False)
    until(lambda: people.answered()[-1] is not None, "It did not start again.")
    seen, since = _number(people), time.monotonic()
    while seen < QUEUED and time.monotonic() - since < _STILL:
        time.sleep(0.05)
        if (now := _number(people)) != seen:
            seen, since = now, time.monotonic()
    return seen


def _number(people: People) -> int:
    return sum(moment is not None for moment in people.answered()[:QUEUED])
