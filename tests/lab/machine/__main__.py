"""Play many cases in which anybody does anything: `python -m tests.lab.machine`.

Two processes play side by side. A failure prints what was done, step by step, and the
seed; with `--seed N` the same cases are played again.
"""

import argparse
import secrets
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from bot import catalogue
from tests.lab.machine.machine import AdultsOnly, WithChildren
from tests.support.statements import put_together_once

_MACHINES = (AdultsOnly, WithChildren)
#: So many cases are played in one go; each go has a seed of its own.
_STRETCH = 100
_STEPS = 20


def played(go: int, cases: int, first_seed: int) -> float:
    """Play one go, and tell how many seconds it took; raises what was found."""
    machine, began = _MACHINES[go % len(_MACHINES)], time.monotonic()
    catalogue.load = cache(catalogue.load)
    chosen = settings(
        max_examples=cases,
        stateful_step_count=_STEPS,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    with put_together_once():
        run_state_machine_as_test(seed(first_seed + go)(machine), settings=chosen)
    return time.monotonic() - began


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=5000)
    options.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    asked = options.parse_args()
    goes, began = -(-asked.cases // _STRETCH), time.monotonic()
    sys.stdout.write(f"Playing {asked.cases:,} cases, seed {asked.seed}.\n")
    sys.stdout.flush()
    with ProcessPoolExecutor(2) as both:
        sizes = [min(_STRETCH, asked.cases - n * _STRETCH) for n in range(goes)]
        list(both.map(played, range(goes), sizes, [asked.seed] * goes))
    seconds = time.monotonic() - began
    sys.stdout.write(
        f"{asked.cases:,} cases, {_STEPS} things done in each: everything held; "
        f"{seconds / 60:.1f} min.\n"
    )


if __name__ == "__main__":
    main()
