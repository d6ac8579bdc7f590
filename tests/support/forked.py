"""The program in a process of its own that begins where all its modules are read.

They are read once, by a server of forks; each program is a fork of that. From there
on it is what an operator starts: its own group, folder, settings, log and signals.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Final

#: What `run` and `run --webhook` read, libraries and all.
_READ: Final = (
    "bot.cli.running",
    "bot.health.server",
    "bot.channels.telegram.commands",
    "bot.channels.telegram.poller",
    "bot.serving.reception",
    "bot.serving.serving_lease",
    "bot.serving.sender",
    "bot.serving.taps",
    "bot.channels.telegram.webhook",
    "bot.wiring",
    "psycopg",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "tests.support.forked",
)


@dataclass(frozen=True)
class Forked:
    """A process that can be told and waited for, as one that was started anew."""

    process: ForkServerProcess

    @property
    def pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    @property
    def returncode(self) -> int | None:
        return self.process.exitcode

    def send_signal(self, number: int) -> None:
        """Tell it something, unless it is gone: its number may be somebody else's."""
        if self.returncode is not None:
            raise ProcessLookupError
        os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self.process.sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(self.process.sentinel)
        self.process.join()
        code = self.returncode
        assert code is not None
        return code


def start(folder: Path, env: Mapping[str, str], *arguments: str) -> Forked:
    """Run `konfliktraad` with these arguments; it writes to log.txt in its folder."""
    forks = _forks()
    begun, begins = forks.Pipe(duplex=False)
    own = (folder, dict(env), arguments, begins)
    process = forks.Process(target=_be, args=own)
    process.start()
    begins.close()
    with begun:
        begun.recv()
    return Forked(process)


@cache
def _forks() -> ForkServerContext:
    context = get_context("forkserver")
    context.set_forkserver_preload(list(_READ))
    return context


def _be(
    folder: Path, env: dict[str, str], arguments: tuple[str, ...], begins: Connection
) -> None:
    from bot.cli import main  # noqa: PLC0415 - only forks run it

    os.setsid()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    with Path("log.txt").open("ab") as log:
        os.dup2(log.fileno(), sys.stdout.fileno())
        os.dup2(log.fileno(), sys.stderr.fileno())
    with begins:
        # From now on whoever kills its group kills it.
        begins.send(None)
    sys.exit(main(arguments))
