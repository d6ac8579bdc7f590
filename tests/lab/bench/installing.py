"""Each bot with a folder or database of its own, started as an operator would."""

import signal
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from tests.lab.bench.box import PhoneBox
from tests.lab.bench.machine import Process, free_port
from tests.lab.bench.people import People
from tests.lab.bench.rows import Row
from tests.support.postgres import Server, serving

NO_LIMITS: Final = {"CHAT_RATE": "0", "SEND_RATE": "0"}
_WEBHOOK: Final = {
    "WEBHOOK_URL": "http://127.0.0.1/telegram",
    "WEBHOOK_SECRET": "a-word-that-only-the-bench-and-the-bot-know",
}


@dataclass(frozen=True)
class Bots:
    """The running processes of one row: one, or several workers."""

    processes: list[Process]

    def cpu(self) -> float:
        return sum(process.cpu() for process in self.processes)

    def resident(self) -> float:
        """Tell the megabytes of the largest."""
        return max(process.resident() for process in self.processes)

    def began(self) -> float:
        return min(process.began for process in self.processes)

    def must_run(self) -> None:
        for process in self.processes:
            process.must_run()

    def said(self) -> str:
        """Read what they wrote into their log."""
        return self.processes[0].said()

    def pause(self) -> None:
        """Let them stand still until `go_on`, so that updates wait."""
        for process in self.processes:
            process.signal(signal.SIGSTOP)

    def go_on(self) -> None:
        for process in self.processes:
            process.signal(signal.SIGCONT)

    def are_over(self) -> bool:
        return all(process.is_over() for process in self.processes)

    def kill(self) -> None:
        for process in self.processes:
            process.kill()

    def end(self) -> None:
        for process in self.processes:
            process.end()


@dataclass(frozen=True)
class Installation:
    """A bot that is set up and does not run yet."""

    row: Row
    folder: Path
    people: People
    env: Mapping[str, str]
    ports: list[int] = field(default_factory=list)

    def start(self) -> Bots:
        """Start it; whoever waits for it is answered as soon as it can."""
        log = self.folder / "log.txt"
        if self.row.module:
            return Bots([Process(self.row.module, log, self.env)])
        if not self.ports:
            return Bots([Process(("bot.cli", "run"), log, self.env)])
        self.people.do("deliver", ports=self.ports)
        module = ("bot.cli", "run", "--webhook")
        ports = ({"KONFLIKTRAAD_WEBHOOK_PORT": str(port)} for port in self.ports)
        return Bots([Process(module, log, {**self.env, **port}) for port in ports])

    @contextmanager
    def running(self) -> Iterator[Bots]:
        bots = self.start()
        self.people.check = bots.must_run
        try:
            yield bots
        finally:
            bots.kill()

    def with_settings(self, settings: Mapping[str, str]) -> "Installation":
        return replace(self, env={**self.env, **_named(settings)})


class Site:
    """Where bots are installed: a folder, the server, and PostgreSQL when asked for."""

    def __init__(self, folder: Path, box: PhoneBox) -> None:
        """Prepare; nothing is installed."""
        self.folder: Final = folder
        self._box = box
        self._postgres: Server | None = None
        self._to_stop = ExitStack()
        self._number = 0

    def install(self, row: Row) -> Installation:
        """Set a bot up with nothing stored yet, and a token of its own."""
        self._number += 1
        folder = self.folder / f"{self._number}-{row.key}"
        folder.mkdir()
        people = self._box.people()
        if row.module:
            env = {
                "BENCH_PORT": str(self._box.port),
                "BENCH_TOKEN": people.token,
                "BENCH_FOLDER": str(folder),
            }
            return Installation(row, folder, people, env)
        return self._ours(row, folder, people)

    def close(self) -> None:
        """End what runs here."""
        self._box.process.kill()
        self._to_stop.close()

    def _ours(self, row: Row, folder: Path, people: People) -> Installation:
        database, keys = self._databases(row, folder)
        settings = {
            "TELEGRAM_TOKEN": people.token,
            "TELEGRAM_API": f"http://127.0.0.1:{self._box.port}",
            "DATABASE_URL": database,
            "KEYS_URL": keys,
            "KEY_FILE": str(folder / "konfliktraad.key"),
            **NO_LIMITS,
            **(_WEBHOOK if row.workers else {}),
        }
        env = {**_named(settings), "PYTHONPATH": str(row.tree)}
        Process(("bot.cli", "migrate"), folder / "log.txt", env).must_succeed()
        ports = [free_port() for _ in range(row.workers)]
        return Installation(row, folder, people, env, ports)

    def _databases(self, row: Row, folder: Path) -> tuple[str, str]:
        if not row.on_postgres:
            return f"sqlite:///{folder}/konfliktraad.db", f"sqlite:///{folder}/keys.db"
        if self._postgres is None:
            # As it comes: what is committed is on the disk.
            self._postgres = self._to_stop.enter_context(serving())
        server = self._postgres
        return server.url(server.make()), server.url(server.make())


def _named(settings: Mapping[str, str]) -> dict[str, str]:
    return {f"KONFLIKTRAAD_{name}": value for name, value in settings.items()}
