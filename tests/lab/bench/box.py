"""The lean Bot API server as a process of its own, with a new token for each bot."""

from pathlib import Path

from tests.lab.bench.machine import Process, free_port
from tests.lab.bench.people import People, until


class PhoneBox:
    """All the people of a run, behind one server."""

    def __init__(self, folder: Path) -> None:
        """Start the server."""
        self.port = free_port()
        module = ("tests.lab.bench.telegram.server", str(self.port))
        self.process = Process(module, folder / "server.txt", {})
        self._tokens = 0
        until(self._is_up, "The server did not start.")

    def people(self) -> People:
        """Give the people of a bot that is not there yet."""
        self._tokens += 1
        return People(self.port, f"{7_000_000 + self._tokens}:AA-bench-{'0' * 26}")

    def _is_up(self) -> bool:
        try:
            People(self.port, "1:x").do("figures")
        except OSError:
            return False
        return True
