"""`python -m tests.lab.moments`: what happens when much happens at the same moment."""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from tests.lab.moments.crew import Crew, deadlocks, on_postgresql, on_sqlite
from tests.lab.moments.outage import stopped
from tests.lab.moments.posting import posted
from tests.lab.moments.processes import BY_WEBHOOK, RUNS
from tests.lab.moments.report import Report
from tests.lab.moments.scenes import SCENES
from tests.support.postgres import FORGETFUL, serving

#: One file with one writer has less to show: every tenth is enough.
_PART_ON_SQLITE: Final = 10
#: How many tap where the program runs in processes of its own.
_TAPPING: Final = 20
#: How many talk while PostgreSQL is stopped, and for how many seconds it is.
_TALKING: Final = 40
_STOPPED: Final = 20

_console = Console(soft_wrap=True, highlight=False)


class Protocol:
    """What was brought about, as a table."""

    def __init__(self) -> None:
        self.table = Table("Where", "At the same moment", "Brought about", "Found", "s")
        self.problems: list[str] = []

    async def notes(self, where: str, scene: Awaitable[Report]) -> None:
        """Note what comes of one kind of moment, and how long it took."""
        began = time.monotonic()
        report = await scene
        took = f"{time.monotonic() - began:.0f}"
        _console.print(where, report.what, took, *report.problems[:3], markup=False)
        self.table.add_row(where, report.what, report.did, report.told(), took)
        self.problems += report.problems


def main() -> int:
    """Bring every kind of moment about, and tell what came of it."""
    protocol = Protocol()
    with (
        tempfile.TemporaryDirectory(prefix="moments_") as name,
        ThreadPoolExecutor(1) as beside,
    ):
        # There is mostly waiting in it, so that it takes no time of its own.
        processes = beside.submit(_with_processes, protocol, Path(name))
        waited = _in_one_process(protocol, Path(name))
        processes.result()
    _console.print(protocol.table)
    _console.print(f"{len(protocol.problems)} problems; {waited} deadlocks.")
    return 1 if protocol.problems or waited else 0


def _in_one_process(protocol: Protocol, folder: Path) -> int:
    """Let workers meet, and count how often two have waited for each other."""
    with serving(**FORGETFUL) as server:
        with on_postgresql(_made(folder, "server"), server) as crew:
            asyncio.run(_play(protocol, "PostgreSQL, 4 workers", crew, 1))
        waited = deadlocks(server)
    with on_sqlite(_made(folder, "file")) as crew:
        asyncio.run(_play(protocol, "SQLite", crew, _PART_ON_SQLITE))
    return waited


def _with_processes(protocol: Protocol, folder: Path) -> None:
    with serving(**FORGETFUL) as server:
        taps = posted(_made(folder, "posted"), server, _TAPPING)
        asyncio.run(protocol.notes(f"PostgreSQL, {BY_WEBHOOK}", taps))
        for how, run in RUNS.items():
            outage = stopped(
                _made(folder, how), server, run, people=_TALKING, seconds=_STOPPED
            )
            asyncio.run(protocol.notes(f"PostgreSQL, {how}", outage))


async def _play(protocol: Protocol, where: str, crew: Crew, part: int) -> None:
    for scene, _, size in SCENES:
        await protocol.notes(where, scene(crew, max(4, size // part)))
    protocol.problems += crew.errors
    again = f"{where}: {crew.brought_again} updates were brought again."
    _console.print(again, markup=False)


def _made(folder: Path, name: str) -> Path:
    (folder / name).mkdir()
    return folder / name


if __name__ == "__main__":
    sys.exit(main())
