"""The real program in a process of its own, as an operator starts it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import aiohttp

from bot.simulator.account import TOKEN
from bot.simulator.server import HOST
from tests.support import forked
from tests.support.ports import free_port

WEBHOOK_SECRET = "q7Yb-" * 8
#: Seconds that it may take to start, and to end.
PATIENCE = 60


Process: TypeAlias = asyncio.subprocess.Process | forked.Forked
#: Lets a process begin in a folder, in an environment, with arguments.
Begin: TypeAlias = Callable[..., Awaitable[Process]]


@dataclass(frozen=True)
class Program:
    """A running `konfliktraad run`."""

    process: Process
    folder: Path
    port: int

    async def asks(self, path: str) -> tuple[int, str]:
        """Ask it as monitoring does; status 0 means that nobody answers."""
        return await asks(self.port, path)

    async def says(self, path: str, wanted: Callable[[str], bool]) -> tuple[int, str]:
        """Ask until it says what is wanted."""
        async with asyncio.timeout(PATIENCE):
            while not (found := await self.asks(path))[0] or not wanted(found[1]):
                assert self.process.returncode is None, self.log()
                await asyncio.sleep(0.02)
        return found

    async def is_ready(self) -> None:
        """Wait until it says that it serves people."""
        await self.says("readyz", lambda told: told == "Ready.\n")

    async def is_killed(self) -> None:
        """Kill it and all that it has started, as when the power fails."""
        os.killpg(self.process.pid, signal.SIGKILL)
        await self.process.wait()

    async def finishes(self) -> int:
        """Wait until it ends by itself, and tell its exit code."""
        async with asyncio.timeout(PATIENCE):
            return await self.process.wait()

    async def ends(self) -> int:
        """Ask it to end, as an operating system does, and tell its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await self.finishes()

    def log(self) -> str:
        return (self.folder / "log.txt").read_text("utf-8")


async def asks(port: int, path: str) -> tuple[int, str]:
    try:
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://{HOST}:{port}/{path}") as answer,
        ):
            return answer.status, await answer.text()
    except aiohttp.ClientConnectionError:
        return 0, ""


def program(
    folder: Path, telegram_api: str, *how: str, **settings: str
) -> AbstractAsyncContextManager[Program]:
    """Start the program in a folder with a database, and end it if it still runs.

    It is a fork of a process that has read all its modules, which takes a second.

    Args:
        folder: where it runs and keeps its files.
        telegram_api: where its Telegram is.
        how: what stands behind `run`.
        settings: names without KONFLIKTRAAD_, and values.
    """
    return _begun(_fork, folder, telegram_api, how, settings)


def program_anew(
    folder: Path, telegram_api: str, *how: str, **settings: str
) -> AbstractAsyncContextManager[Program]:
    """Start it likewise, by an interpreter that has read nothing yet."""
    return _begun(_interpreter, folder, telegram_api, how, settings)


@asynccontextmanager
async def _begun(
    begin: Begin,
    folder: Path,
    telegram_api: str,
    how: Sequence[str],
    settings: Mapping[str, str],
) -> AsyncIterator[Program]:
    port = free_port()
    own = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API": telegram_api}
    own |= {"HEALTH_PORT": str(port), **settings}
    env = {name: v for name, v in os.environ.items() if "KONFLIKTRAAD" not in name}
    env |= {f"KONFLIKTRAAD_{name}": value for name, value in own.items()}
    process = await begin(folder, env, "run", *how)
    try:
        yield Program(process, folder, port)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _fork(folder: Path, env: dict[str, str], *arguments: str) -> forked.Forked:
    return await asyncio.to_thread(forked.start, folder, env, *arguments)


async def _interpreter(
    folder: Path, env: dict[str, str], *arguments: str
) -> asyncio.subprocess.Process:
    with (folder / "log.txt").open("ab") as log:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.cli", *arguments),
            cwd=folder,
            env=env,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def by_webhook(port: int, url: str | None = None) -> dict[str, str]:
    """What has to be set for `run --webhook`; without a balancer its own address."""
    own = f"http://{HOST}:{port}/updates"
    return {
        "WEBHOOK_URL": url or own,
        "WEBHOOK_SECRET": WEBHOOK_SECRET,
        "WEBHOOK_PORT": str(port),
    }
