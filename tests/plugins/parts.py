"""Tell at the end how long each part of the tests took, and how long it may take.

A new test takes its time from its part. Of two tests that run side by side each takes
half of the seconds that pass.
"""

from collections import defaultdict
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Part:
    """Some of the tests, and the seconds of a run on two cores that are theirs."""

    name: str
    seconds: int
    folders: tuple[str, ...]


#: Whatever anybody does in tests/lab/machine belongs to it, with chance or without.
HYPOTHESIS = Part("Hypothesis", 45, ("tests/lab/machine/",))
REST = Part("the rest", 40, ())
FOLDERS = (
    Part("flows and texts", 20, ("tests/flows/", "tests/texts/")),
    Part("storage", 60, ("tests/bot/storage/",)),
    Part("talks", 40, ("tests/talks/",)),
    Part("browser", 70, ("tests/browser/",)),
    Part("chaos", 45, ("tests/lab/chaos/", "tests/lab/moments/")),
)


def part_of(report: pytest.TestReport) -> Part:
    """Find the part that a test belongs to; properties are a part of their own."""
    if "hypothesis" in report.keywords:
        return HYPOTHESIS
    parts = (*FOLDERS, HYPOTHESIS)
    places = (part for part in parts if report.nodeid.startswith(part.folders))
    return next(places, REST)


class Stopwatch:
    """Adds up what setting up, running and clearing away took."""

    def __init__(self, side_by_side: int) -> None:
        self.side_by_side = side_by_side
        self.took: defaultdict[Part, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.took[part_of(report)] += report.duration

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter
    ) -> None:
        several = f", {self.side_by_side} tests side by side"
        many = self.side_by_side > 1
        terminalreporter.section(f"seconds by part{several if many else ''}")
        for part in (*FOLDERS, HYPOTHESIS, REST):
            took = round(self.took[part] / self.side_by_side)
            work = f" ({self.took[part]:.0f} s of work)" if many else ""
            over = "  MORE THAN IT MAY TAKE" if took > part.seconds else ""
            terminalreporter.write_line(
                f"{took:5} of {part.seconds:3}  {part.name}{work}{over}"
            )


def pytest_configure(config: pytest.Config) -> None:
    side_by_side = config.getoption("numprocesses", None) or 1
    config.pluginmanager.register(Stopwatch(side_by_side))
