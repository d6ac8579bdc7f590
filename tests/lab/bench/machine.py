"""Processes, and what the kernel says of them: time of the CPU, memory."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[3]
_TICKS: Final = os.sysconf("SC_CLK_TCK")


class Process:
    """A program in a process group of its own; what it says goes into a file."""

    def __init__(
        self, module: Sequence[str], log: Path, env: Mapping[str, str]
    ) -> None:
        """Start `python -m module ...` in the folder of the log."""
        plain = {k: v for k, v in os.environ.items() if "KONFLIKTRAAD" not in k}
        self._log = log
        self.began = time.monotonic()
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *module],
                cwd=log.parent,
                env={**plain, "PYTHONPATH": str(ROOT), **env},
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def kill(self) -> None:
        """Kill it and all that it has started, as when the power fails."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal, and to all that it has started."""
        os.killpg(self._process.pid, number)

    def is_over(self) -> bool:
        return self._process.poll() is not None

    def end(self) -> None:
        """Ask it to end, and wait until it has."""
        self._process.terminate()
        self._process.wait(20)

    @property
    def group(self) -> int:
        """Give the number of its process group, to kill it from elsewhere."""
        return self._process.pid

    def must_succeed(self) -> None:
        """Wait for its end; raise `RuntimeError` with what it said if it failed."""
        if self._process.wait():
            raise RuntimeError(f"It has failed: {self.said().strip()}")

    def must_run(self) -> None:
        """Raise `RuntimeError` with what it said last if it has ended."""
        if self.is_over():
            last = self.said().strip().splitlines()[-1:]
            raise RuntimeError(f"It ended by itself: {' '.join(last)}")

    def said(self) -> str:
        return self._log.read_text("utf-8", "replace")

    def cpu(self) -> float:
        """Tell the seconds of CPU that it has used, in all its threads."""
        return cpu(self._process.pid)

    def resident(self) -> float:
        """Tell the megabytes that it holds in memory."""
        status = Path(f"/proc/{self._process.pid}/status").read_text("ascii")
        line = next(x for x in status.splitlines() if x.startswith("VmRSS"))
        return int(line.split()[1]) / 1024


def cpu(pid: int) -> float:
    """Tell the seconds of CPU that a process has used."""
    found = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(found[11]) + int(found[12])) / _TICKS


@contextmanager
def running(
    module: Sequence[str], log: Path, env: Mapping[str, str]
) -> Iterator[Process]:
    """Run a program for a while."""
    process = Process(module, log, env)
    try:
        yield process
    finally:
        process.kill()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
