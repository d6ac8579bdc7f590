"""Processes that serve, are killed as they were doomed to, and are started again."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.lab.chaos.bomb import NOTES, NTH, POINT
from tests.lab.chaos.plan import Doom

_AT_RANDOM: Final = "at a random moment"
_WITH_ANOTHER: Final = "with another"


@dataclass(frozen=True)
class Kill:
    """Where a process was killed, and what it was doing there."""

    point: str
    what: str


@dataclass
class Crew:
    """All processes that serve one database, each in a process group of its own."""

    folder: Path
    #: The settings of each process.
    workers: Sequence[Mapping[str, str]]
    #: Draws how the next process is to end.
    dooms: Iterator[Doom]
    #: Kills until processes are left alone.
    target: int
    #: Called with the number of a process that has died, while others on its machine
    #: still take it for living: nothing of it was taken over by anybody.
    examine: Callable[[int], None] = lambda _: None
    environment: Mapping[str, str] = field(default_factory=dict)
    kills: list[Kill] = field(default_factory=list)
    is_over: asyncio.Event = field(default_factory=asyncio.Event)
    running: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)

    @asynccontextmanager
    async def on_duty(self) -> AsyncIterator[None]:
        """Serve for as long as there is something to do; end as when told to."""
        try:
            async with asyncio.TaskGroup() as group:
                for number in range(len(self.workers)):
                    group.create_task(self._serve(number))
                yield
                self._end()
        finally:
            self._kill_all()
            for process in self.running.values():
                process.wait()

    async def _serve(self, number: int) -> None:
        """Keep one place of the crew filled until all is over."""
        while not self.is_over.is_set():
            doom = next(self.dooms) if hits(self.kills) < self.target else None
            process = self._start(number, doom)
            if self.is_over.is_set():
                _tell_to_end(process)
            await _outlast(process, doom)
            self.examine(process.pid)
            process.wait()
            del self.running[number]
            if self.is_over.is_set() and process.returncode in {0, -signal.SIGTERM}:
                return
            self._note(process, doom)
            if doom is not None and doom.takes_all:
                self._kill_all()

    def _end(self) -> None:
        """Tell all to end, as an operating system does."""
        self.is_over.set()
        for process in self.running.values():
            _tell_to_end(process)

    def log(self) -> str:
        """Read what all processes have written."""
        return (self.folder / "log.txt").read_text("utf-8")

    def _start(self, number: int, doom: Doom | None) -> subprocess.Popen[bytes]:
        env = {name: v for name, v in os.environ.items() if "KONFLIKTRAAD" not in name}
        env |= self.environment
        env |= {f"KONFLIKTRAAD_{n}": v for n, v in self.workers[number].items()}
        if doom is not None and doom.point is not None:
            env |= {POINT: doom.point, NTH: str(doom.nth), NOTES: str(self._notes)}
        arguments = ["--webhook"] if "WEBHOOK_URL" in self.workers[number] else []
        with (self.folder / "log.txt").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.lab.chaos.doomed", "run", *arguments],
                cwd=self.folder,
                env=env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.running[number] = process
        return process

    def _note(self, process: subprocess.Popen[bytes], doom: Doom | None) -> None:
        if process.returncode != -signal.SIGKILL:
            raise AssertionError(
                f"A process ended with {process.returncode}.\n{self.log()[-4000:]}"
            )
        if doom is not None and doom.point is None:
            self.kills.append(Kill(_AT_RANDOM, ""))
            return
        noted = [line.split("\t") for line in self._noted()]
        found = [Kill(p, what) for pid, p, what in noted if int(pid) == process.pid]
        self.kills.append(found[0] if found else Kill(_WITH_ANOTHER, ""))

    def _kill_all(self) -> None:
        for process in self.running.values():
            _kill(process)

    @property
    def _notes(self) -> Path:
        return self.folder / "kills.txt"

    def _noted(self) -> list[str]:
        with suppress(FileNotFoundError):
            return self._notes.read_text("utf-8").splitlines()
        return []


def hits(kills: Sequence[Kill]) -> int:
    """Count the kills; several processes that died together count once."""
    return sum(kill.point != _WITH_ANOTHER for kill in kills)


async def _outlast(process: subprocess.Popen[bytes], doom: Doom | None) -> None:
    """Wait for a process's end, or bring it about."""
    if doom is not None and doom.point is None:
        with suppress(TimeoutError):
            async with asyncio.timeout(doom.seconds):
                await _death(process)
        _kill(process)
    await _death(process)


async def _death(process: subprocess.Popen[bytes]) -> None:
    while not _is_dead(process):  # noqa: ASYNC110 - a death raises no event
        await asyncio.sleep(0.01)


def _is_dead(process: subprocess.Popen[bytes]) -> bool:
    """Look without waiting for it, which would let all others see that it is gone."""
    only_looking = os.WEXITED | os.WNOWAIT | os.WNOHANG
    return os.waitid(os.P_PID, process.pid, only_looking) is not None


def _tell_to_end(process: subprocess.Popen[bytes]) -> None:
    # A Popen of its own accord would wait for who is dead already.
    os.kill(process.pid, signal.SIGTERM)


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
