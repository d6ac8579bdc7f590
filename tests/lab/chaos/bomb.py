"""A bomb in the program: at one point, the n-th time, its process group is killed.

The points are wrapped from outside, in the libraries that the program stands on. The
program itself knows nothing of it.
"""

import asyncio
import os
import signal
import sys
import threading
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import Final

#: Seconds after which a getUpdates that is under way has surely been received.
_RECEIVED: Final = 0.02
#: Where the program is told what to wrap, and where it notes that it was killed.
POINT: Final = "CHAOS_POINT"
NTH: Final = "CHAOS_NTH"
NOTES: Final = "CHAOS_NOTES"


class Point(StrEnum):
    """Where a process may be killed."""

    BEFORE_COMMIT = "before a commit"
    AFTER_COMMIT = "after a commit"
    BEFORE_SEND = "before a send"
    AFTER_SEND = "after a send"
    BEFORE_ACKNOWLEDGE = "before an acknowledgement"
    AFTER_ACKNOWLEDGE = "after an acknowledgement"


@dataclass
class Bomb:
    """Counts how often the point is reached, in whatever thread, and goes off."""

    point: Point
    nth: int
    notes: Path
    count: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def reached(self, point: Point, what: str = "") -> None:
        """Go off if this is the time."""
        if point is not self.point:
            return
        with self.lock:
            self.count += 1
            if self.count == self.nth:
                self._go_off(what or _work())

    def _go_off(self, what: str) -> None:
        line = f"{os.getpid()}\t{self.point}\t{what}\n"
        with self.notes.open("a", encoding="utf-8") as notes:
            notes.write(line)
        os.killpg(os.getpgid(0), signal.SIGKILL)
        signal.pause()


def from_environment() -> Bomb | None:
    """Read which bomb this process carries, if any."""
    if POINT not in os.environ:
        return None
    point = Point(os.environ[POINT])
    return Bomb(point, int(os.environ[NTH]), Path(os.environ[NOTES]))


def later(bomb: Bomb, point: Point, what: str) -> asyncio.TimerHandle:
    """Reach a point in a moment, when the other side has what was sent."""
    loop = asyncio.get_running_loop()
    return loop.call_later(_RECEIVED, bomb.reached, point, what)


def _work() -> str:
    """Name the unit of work that is being committed: a local variable of its caller."""
    frame: FrameType | None = sys._getframe()  # noqa: SLF001 - only for the table
    while frame is not None:
        work = frame.f_locals.get("work")
        if callable(work):
            named = getattr(work, "func", work)
            return str(getattr(named, "__qualname__", "work")).partition(".<")[0]
        frame = frame.f_back
    return "key store"
