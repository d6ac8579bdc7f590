"""Fail the run when a test was skipped or left out: in CI each of them must run."""

import pytest

#: Under which a process that runs a share of the tests tells what it left out.
_LEFT_OUT = "left_out"


class NoSkips:
    """Remembers what did not run, and turns a green run red for it."""

    def __init__(self) -> None:
        self._left_out: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        expected_failure = hasattr(report, "wasxfail")
        if report.skipped and not expected_failure:
            self._left_out.add(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self._left_out.add(report.nodeid)

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        self._left_out.update(item.nodeid for item in items)

    def pytest_testnodedown(self, node: object) -> None:
        """Learn what was left out where a share of the tests ran."""
        told = getattr(node, "workeroutput", {})
        self._left_out.update(told.get(_LEFT_OUT, ()))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput[_LEFT_OUT] = sorted(self._left_out)
        if self._left_out and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter
    ) -> None:
        for nodeid in sorted(self._left_out):
            terminalreporter.write_line(f"did not run, which CI refuses: {nodeid}")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(NoSkips())
