"""`make bench`: measures everything in one run, prints it, and writes it as JSON."""

import argparse
import json
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final, TypeVar

from tests.lab.bench.against import PAIRS, QUICK_PAIRS, compared, unpack
from tests.lab.bench.box import PhoneBox
from tests.lab.bench.calling import TurnCalls, calling
from tests.lab.bench.closed import Round, one_round
from tests.lab.bench.crowded import crowded
from tests.lab.bench.growing import Grown, grown
from tests.lab.bench.installing import Site
from tests.lab.bench.killing import lost
from tests.lab.bench.machine import ROOT
from tests.lab.bench.reading import reading
from tests.lab.bench.results import Result, Results
from tests.lab.bench.rows import POSTGRES, ROWS, SQLITE, Row
from tests.lab.bench.starting import needless_imports
from tests.lab.bench.steady import Steady, limited, unlimited
from tests.lab.bench.table import report
from tests.support.folders import folder_in_memory

T = TypeVar("T")

#: A bot is killed when so many of fifty are answered.
KILLED_AFTER: Final = 20
PARTS: Final = (
    "closed",
    "kill",
    "steady",
    "grow",
    "imports",
    "reading",
    "calls",
    "crowd",
)
#: What there is time for in a short run, unless something else is asked for.
QUICK: Final = ("closed", "imports", "reading", "calls")


class Bench:
    """One run; what cannot be measured is said and left out."""

    def __init__(self, asked: argparse.Namespace, site: Site) -> None:
        """Prepare; nothing is measured."""
        self._site = site
        self._quick: bool = asked.quick
        self._parts: Sequence[str] = asked.parts or (QUICK if self._quick else PARTS)
        self._rows = [row for row in ROWS if not asked.only or row.key in asked.only]
        self.failures: dict[str, str] = {}

    def run(self) -> Results:
        results = Results(rows=self._closed())
        if "kill" in self._parts:
            self._kill(results)
        for row in (SQLITE, POSTGRES):
            if "steady" in self._parts and row in self._rows:
                results.steady[row.name] = self._try(row.name, self._steady, row) or []
        if "reading" in self._parts:
            tell("hostile texts")
            many = 1_000 if self._quick else 10_000
            results.reading = self._try("reading", reading, many)
        results.calls = self._calls()
        if "crowd" in self._parts and SQLITE in self._rows:
            tell("hiding beside twelve who send hostile texts")
            bot = self._site.install(SQLITE)
            results.crowded = self._try("crowd", crowded, bot)
        if SQLITE in self._rows:
            results.grown = self._grown()
            if "imports" in self._parts:
                bot = self._site.install(SQLITE)
                results.imports = self._try("imports", needless_imports, bot)
        results.failures = self.failures
        return results

    def against(self, revision: str) -> Results:
        """Measure our rows beside themselves at an earlier commit."""
        tree = unpack(revision, self._site.folder)
        results, pairs = Results(rows={}), QUICK_PAIRS if self._quick else PAIRS
        for row in self._rows:
            if not row.module:
                tell(f"{row.name}, now and before")
                found = self._try(row.name, compared, self._site, row, tree, pairs)
                results.against += found or []
        results.failures = self.failures
        return results

    def _closed(self) -> dict[str, Result]:
        """Measure every row in turn, and again, so that noise falls on all alike."""
        rounds, seconds = (1, 0.5) if self._quick else (3, 1.5)
        found: dict[str, list[Round]] = {row.key: [] for row in self._rows}
        for number in range(rounds if "closed" in self._parts else 0):
            for row in self._rows:
                tell(f"round {number + 1} of {rounds}: {row.name}")
                one = self._try(row.name, self._round, row, seconds)
                found[row.key] += [one] if one else []
        return {key: Result(rounds=some) for key, some in found.items()}

    def _kill(self, results: Results) -> None:
        for row in self._rows:
            if row.is_bot and row.name not in self.failures:
                tell(f"kill -9: {row.name}")
                results.rows[row.key].lost = self._try(row.name, self._lost, row)

    def _grown(self) -> list[Grown]:
        if "grow" not in self._parts:
            return []
        many, seconds = (50_000, 0.7) if self._quick else (1_000_000, 1.5)
        tell(f"turn time with {many:,} stored people")
        return self._try("growing", grown, self._site, many, seconds) or []

    def _calls(self) -> list[TurnCalls]:
        if "calls" not in self._parts:
            return []
        tell("calls of our own functions")
        with folder_in_memory() as folder:
            return self._try("calls", calling, folder) or []

    def _round(self, row: Row, seconds: float) -> Round:
        return one_round(self._site.install(row), seconds)

    def _lost(self, row: Row) -> int:
        return lost(self._site.install(row), KILLED_AFTER)

    def _steady(self, row: Row) -> list[Steady]:
        tell(f"a steady rate: {row.name}")
        bot, seconds = self._site.install(row), 5.0 if self._quick else 30.0
        found = unlimited(bot, seconds)
        return found + (limited(bot, seconds) if row == SQLITE else [])

    def _try(self, name: str, work: Callable[..., T], *args: object) -> T | None:
        """Do one part; when it cannot be done, say why and go on with the others."""
        if name in self.failures:
            return None
        try:
            return work(*args)
        except (OSError, RuntimeError, TimeoutError) as error:
            self.failures[name] = str(error)
            return None


def tell(what: str) -> None:
    """Say on stderr what is going on; the table alone goes to stdout."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')}  {what}\n")


def main() -> int:
    """Measure what was asked for."""
    asked = _asked()
    # Told to end, it ends what it has started too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="bench_") as name:
        site = Site(Path(name), PhoneBox(Path(name)))
        try:
            bench = Bench(asked, site)
            results = bench.against(asked.against) if asked.against else bench.run()
        finally:
            site.close()
    asked.json.parent.mkdir(parents=True, exist_ok=True)
    asked.json.write_text(json.dumps(asdict(results), indent=1), encoding="utf-8")
    sys.stdout.write(report(results))
    return 1 if results.failures else 0


def _asked() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="make bench", description=__doc__)
    asked.add_argument(
        "--quick", action="store_true", help="one short round, speed alone"
    )
    keys = [row.key for row in ROWS]
    asked.add_argument("--only", nargs="+", choices=keys, help="these rows alone")
    asked.add_argument("--parts", nargs="+", choices=PARTS, help="these parts alone")
    asked.add_argument(
        "--against", metavar="REV", help="ours beside ours at an earlier commit alone"
    )
    asked.add_argument("--json", type=Path, default=ROOT / "var" / "bench.json")
    return asked.parse_args()


if __name__ == "__main__":
    sys.exit(main())
