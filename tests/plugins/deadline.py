"""Begin no test after a moment, and tell which had no time: for `make quick`."""

import time
from collections import Counter
from collections.abc import Iterable, Sequence

import pytest


class Deadline:
    """Lets tests begin until a moment, and remembers which have run."""

    def __init__(self, until: float) -> None:
        self._until = until
        self._all: set[str] = set()
        self._ran: set[str] = set()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self) -> bool | None:
        """Take a test out of the others' hands once it is too late to begin."""
        return True if time.time() >= self._until else None

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self._all.update(item.nodeid for item in session.items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: Sequence[str]) -> None:
        """Learn what there is where the tests run side by side."""
        self._all.update(ids)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._ran.add(report.nodeid)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Let no run be green in which there was no time for any test."""
        shares = hasattr(session.config, "workeroutput")
        if self._all and not self._ran and not shares:
            session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter
    ) -> None:
        left = self._all - self._ran
        if not left:
            return
        terminalreporter.section(f"{len(left)} more tests had no time: make test")
        for line in by_file(left):
            terminalreporter.write_line(line)


def by_file(nodeids: Iterable[str]) -> list[str]:
    """Count tests by the file that they stand in."""
    files = Counter(nodeid.partition("::")[0] for nodeid in nodeids)
    return [f"{count:5}  {file}" for file, count in sorted(files.items())]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--until", type=float, help="seconds since the epoch")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Deadline(config.getoption("until")))
