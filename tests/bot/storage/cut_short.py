"""A program that ends at the n-th thing that it does to a disk or a database.

What it does is wrapped from outside, in the libraries that the program stands on. As a
program of its own it changes the key file of copies of a house, and is killed each time
one step later, until it comes to its end.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any
from unittest import mock

from sqlalchemy.engine.default import DefaultDialect

from bot.storage.copies.rotating import rotate
from tests.bot.storage.house import House

TODAY = date(2026, 12, 1)
#: After each of them something stays that was not there before.
_CALLS = (
    (os, "fsync"),
    (os, "replace"),
    (os, "unlink"),
    (DefaultDialect, "do_commit"),
)


class Ended(Exception):
    """The program has ended; nothing of ours catches it."""


@dataclass
class Fuse:
    """Counts what is done, before and after it, and ends the program at the n-th."""

    nth: int
    end: Callable[[], None]
    count: int = 0

    def burn(self) -> None:
        self.count += 1
        if self.count == self.nth:
            self.end()

    @contextmanager
    def lit(self) -> Iterator[None]:
        """Let it burn for as long as the block lasts."""
        patches = [
            mock.patch.object(where, name, self._around(getattr(where, name)))
            for where, name in _CALLS
        ]
        for patch in patches:
            patch.start()
        try:
            yield
        finally:
            for patch in patches:
                patch.stop()

    def _around(self, call: Callable[..., object]) -> Callable[..., object]:
        def done(*args: Any, **kwargs: Any) -> object:  # noqa: ANN401 - any call's
            self.burn()
            result = call(*args, **kwargs)
            self.burn()
            return result

        return done


def end() -> None:
    """End as an exception does, which leaves everything as it stands."""
    raise Ended


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _kill_each_time_later(folder: Path) -> None:
    for nth in count(1):
        house = House(folder / f"{nth}")
        shutil.copytree(folder / "0", house.folder)
        child = os.fork()
        if not child:
            with Fuse(nth, _kill).lit():
                rotate(house.keys_url, house.key_file, on=TODAY)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            sys.exit(os.WEXITSTATUS(status))


if __name__ == "__main__":
    _kill_each_time_later(Path(sys.argv[1]))
