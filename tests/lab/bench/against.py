"""Ours as it is beside ours at an earlier commit, in turns: noise falls on both."""

import io
import statistics
import subprocess
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tests.lab.bench.closed import CHATS, Cell, one_round
from tests.lab.bench.installing import Site
from tests.lab.bench.machine import ROOT
from tests.lab.bench.rows import Row

#: Of nine pairs the second and the eighth enclose the median with 96 %.
PAIRS: Final = 9
QUICK_PAIRS: Final = 3


@dataclass(frozen=True)
class Ratio:
    """Today's figure divided by the earlier one: the median of all pairs."""

    middle: float
    lowest: float
    highest: float


@dataclass(frozen=True)
class Compared:
    """One row beside itself, with so many chats at once."""

    name: str
    chats: int
    turns_per_second: Ratio
    p50: Ratio
    cpu: Ratio


def unpack(revision: str, folder: Path) -> Path:
    """Write the tree of a commit into a folder.

    Raises:
        RuntimeError: there is no such commit here.
    """
    archive = ("git", "-C", str(ROOT), "archive", "--format=tar", revision)
    found = subprocess.run(archive, capture_output=True, check=False)
    if found.returncode:
        raise RuntimeError(found.stderr.decode().strip())
    tree = folder / "before"
    with tarfile.open(fileobj=io.BytesIO(found.stdout)) as packed:
        packed.extractall(tree, filter="data")
    return tree


def compared(site: Site, row: Row, tree: Path, pairs: int) -> list[Compared]:
    """Measure a row and the same row of an earlier tree, and who begins in turns."""
    both = (row, replace(row, tree=tree))
    found: dict[Row, list[list[Cell]]] = {one: [] for one in both}
    for number in range(pairs):
        for one in both if number % 2 else reversed(both):
            found[one].append(one_round(site.install(one), 1.5).cells)
    now, before = (found[one] for one in both)
    return [
        _compared(
            row.name,
            [cells[place] for cells in now],
            [cells[place] for cells in before],
        )
        for place in range(len(CHATS))
    ]


def _compared(name: str, now: Sequence[Cell], before: Sequence[Cell]) -> Compared:
    def ratio(figure: str) -> Ratio:
        return _ratio(
            [
                getattr(one, figure) / getattr(other, figure)
                for one, other in zip(now, before, strict=True)
            ]
        )

    return Compared(
        name=name,
        chats=now[0].chats,
        turns_per_second=ratio("turns_per_second"),
        p50=ratio("p50"),
        cpu=ratio("cpu"),
    )


def _ratio(found: Sequence[float]) -> Ratio:
    beyond = 1 if len(found) >= PAIRS else 0
    ordered = sorted(found)
    middle = statistics.median(ordered)
    return Ratio(middle, ordered[beyond], ordered[-1 - beyond])
