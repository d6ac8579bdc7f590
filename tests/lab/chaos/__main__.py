"""`python -m tests.lab.chaos`: kill the program often, and tell what came of it."""

import argparse
import asyncio
import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from tests.lab.chaos.crew import Kill, hits
from tests.lab.chaos.plays import PLAYS
from tests.lab.chaos.rounds import Chaos, Outcome, play
from tests.lab.chaos.setups import SETUPS, Setup
from tests.lab.chaos.verdict import doubles, problems, problems_out_of_order

#: Kills in one round; in each third, people also get in their own way.
_A_ROUND: Final = 25
_OUT_OF_ORDER: Final = 3

_console = Console(soft_wrap=True, highlight=False)


@dataclass
class Tally:
    """What all rounds have come to."""

    points: Counter[tuple[str, str]] = field(default_factory=Counter)
    kills: int = 0
    noted: int = 0
    doubled: int = 0
    failed: list[str] = field(default_factory=list)


def main() -> int:
    """Play rounds until there were as many kills as asked for in each set-up."""
    asked = _arguments()
    _console.print(f"Seed {asked.seed}: {asked.kills} kills in each of {asked.setup}.")
    tally = asyncio.run(_play_all(asked))
    _console.print(_table(tally))
    _console.print(
        f"{tally.kills} kills: 0 lost, 0 doubled steps, 0 doubled records; "
        f"{tally.doubled} messages came twice, "
        f"{tally.noted} are noted as such that may have."
        if not tally.failed
        else "\n".join(["Failed; replay with:", *tally.failed])
    )
    return 1 if tally.failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.lab.chaos", description=__doc__
    )
    parser.add_argument("--kills", type=int, default=100, help="in each set-up")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311 - guards nothing
    parser.add_argument(
        "--setup", nargs="+", choices=SETUPS, default=list(SETUPS), metavar="SETUP"
    )
    return parser.parse_args()


async def _play_all(asked: argparse.Namespace) -> Tally:
    tally = Tally()
    # Left alone, every set-up must say the same: one is the measure of all.
    calm = await _play(next(iter(SETUPS.values())), Chaos())
    for name in asked.setup:
        seed, killed = asked.seed, 0
        while killed < asked.kills:
            kills = min(_A_ROUND, asked.kills - killed)
            out_of_order = seed % _OUT_OF_ORDER == 0
            chaos = Chaos(kills, seed, disturbed=True, out_of_order=out_of_order)
            killed += await _round(SETUPS[name], chaos, calm, tally)
            seed += 1
    return tally


async def _round(setup: Setup, chaos: Chaos, calm: Outcome, tally: Tally) -> int:
    found = await _play(setup, chaos)
    tally.kills += hits(found.kills)
    compare = problems_out_of_order if chaos.out_of_order else problems
    wrong = compare(found, calm)
    tally.points.update((kill.point, _what(setup, kill)) for kill in found.kills)
    if not chaos.out_of_order:
        tally.noted += found.interrupted.total()
        tally.doubled += sum(doubles(found, calm).values())
    again = f"--setup {setup.name} --seed {chaos.seed} --kills {chaos.kills}"
    _console.print(f"{again}: {hits(found.kills)} kills, {len(wrong)} problems")
    if wrong:
        _console.print("\n".join(wrong), markup=False)
        tally.failed.append(f"python -m tests.lab.chaos {again}")
    return hits(found.kills)


async def _play(setup: Setup, chaos: Chaos) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="chaos_") as folder:
        return await play(Path(folder), setup, PLAYS, chaos)


def _what(setup: Setup, kill: Kill) -> str:
    return f"{setup.name}: {kill.what}" if kill.what else setup.name


def _table(tally: Tally) -> Table:
    table = Table("Killed", "What", "Times")
    for (point, what), number in sorted(tally.points.items()):
        table.add_row(point, what, str(number))
    return table


if __name__ == "__main__":
    sys.exit(main())
