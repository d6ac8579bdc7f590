"""What one run has found; of several rounds the median counts."""

import statistics
from dataclasses import dataclass, field

from tests.lab.bench.against import Compared
from tests.lab.bench.calling import TurnCalls
from tests.lab.bench.closed import CHATS, Cell, Round
from tests.lab.bench.crowded import Crowded
from tests.lab.bench.growing import Grown
from tests.lab.bench.reading import Reading
from tests.lab.bench.steady import Steady


@dataclass
class Result:
    """One bot: its rounds, and how many people a kill has lost."""

    rounds: list[Round]
    #: None: not tried.
    lost: int | None = None

    def cells(self) -> list[Cell]:
        """Give the median of each figure, for each number of chats."""
        by_chats = zip(*(one.cells for one in self.rounds), strict=True)
        return [_median(cells) for cells in by_chats]

    def turns_per_second(self) -> float | None:
        """Tell how many turns a second were made with most chats."""
        cells = self.cells()
        return cells[CHATS.index(max(CHATS))].turns_per_second if cells else None

    def first_reply(self) -> float:
        return statistics.median(one.first_reply for one in self.rounds)

    def resident(self) -> tuple[float, float]:
        """Tell the megabytes after the first answer, and at the end."""
        first, last = zip(*(one.resident for one in self.rounds), strict=True)
        return statistics.median(first), statistics.median(last)


@dataclass
class Results:
    """Everything that one run has found."""

    rows: dict[str, Result]
    steady: dict[str, list[Steady]] = field(default_factory=dict)
    grown: list[Grown] = field(default_factory=list)
    calls: list[TurnCalls] = field(default_factory=list)
    against: list[Compared] = field(default_factory=list)
    #: None: not measured.
    reading: Reading | None = None
    crowded: Crowded | None = None
    #: None: not looked at.
    imports: list[str] | None = None
    #: What could not be measured, and why.
    failures: dict[str, str] = field(default_factory=dict)


def _median(cells: tuple[Cell, ...]) -> Cell:
    def middle(name: str) -> float:
        return float(statistics.median(getattr(cell, name) for cell in cells))

    return Cell(
        chats=cells[0].chats,
        turns_per_second=middle("turns_per_second"),
        p50=middle("p50"),
        p99=middle("p99"),
        calls=middle("calls"),
        cpu=middle("cpu"),
    )
