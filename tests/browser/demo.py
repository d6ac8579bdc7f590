"""The real demo, started as a person would, in a process of its own."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.ports import free_port

PROGRAM = Path(sys.executable).with_name("konfliktraad")
ADDRESS = re.compile(r"The phones are at (http://127\.0\.0\.1:\d+)")
SECOND_WINDOW = re.compile(r"For commands in a second window: (export .+)")
READY = re.compile(r"Ready: \w+ is being served")
#: Seconds that it may take to start, and to end.
PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo that runs: its page, and what it says on the terminal."""

    url: str
    terminal: Path

    def newest_case(self) -> str:
        """Tell the status of the case that was opened last, as a second window does."""
        cases = json.loads(self.types("case list --json"))
        return str(cases[-1]["status"])

    def types(self, command: str) -> str:
        """Type a command in a second window, after the line that the demo shows."""
        said = self.terminal.read_text(encoding="utf-8")
        told = SECOND_WINDOW.search(said)
        assert told, said
        typed = f"{told[1]} && {PROGRAM} {command}"
        shell = ["/bin/sh", "-c", typed]
        return subprocess.run(shell, check=True, capture_output=True, text=True).stdout

    def complaints(self) -> list[str]:
        """Pick what a newcomer should not see from the terminal."""
        lines = self.terminal.read_text(encoding="utf-8").splitlines()
        return [said for said in lines if re.search(r"ERROR|Traceback|Error\b", said)]


@contextmanager
def performing(folder: Path) -> Iterator[Demo]:
    """Run `konfliktraad demo` until the block is left; it must end in good order."""
    terminal = folder / "terminal.txt"
    temporary = folder / "tmp"
    temporary.mkdir()
    with (
        terminal.open("w", encoding="utf-8") as written,
        subprocess.Popen(
            [PROGRAM, "demo", "--no-browser", "--port", str(free_port())],
            cwd=folder,
            env={**os.environ, "TMPDIR": str(temporary)},
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        try:
            yield Demo(_address(process, terminal), terminal)
        finally:
            ended = _end(process)
    assert ended == 0, terminal.read_text(encoding="utf-8")
    assert not list(temporary.iterdir()), "the demo left something behind"


def _address(process: subprocess.Popen[bytes], terminal: Path) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        said = terminal.read_text(encoding="utf-8")
        if (found := ADDRESS.search(said)) and READY.search(said):
            return found[1]
        time.sleep(0.05)
    raise AssertionError(
        f"The demo did not start:\n{terminal.read_text(encoding='utf-8')}"
    )


def _end(process: subprocess.Popen[bytes]) -> int | None:
    """Press Ctrl-C; what does not go is killed with all that it has started."""
    process.send_signal(signal.SIGINT)
    try:
        return process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return None
