"""Killed at any moment, the program loses nothing and does nothing twice.

The short form: `make chaos` kills some hundred times more.
"""

import asyncio
from pathlib import Path

from tests.lab.chaos.crew import hits
from tests.lab.chaos.plays import PLAYS
from tests.lab.chaos.rounds import Chaos, play
from tests.lab.chaos.setups import SETUPS
from tests.lab.chaos.verdict import problems

#: In each set-up.
KILLS = 4
PLAYED = PLAYS[:2]


def folder(parent: Path, number: int) -> Path:
    made = parent / str(number)
    made.mkdir()
    return made


async def test_whole_cases_survive_kills_however_they_are_served(
    tmp_path: Path,
) -> None:
    """The same cases, left alone, say what must come out; all at once, to save time."""
    doomed = [Chaos(KILLS, n, latest=8, disturbed=True) for n in range(len(SETUPS))]
    runs = [
        (SETUPS["sqlite-polling"], Chaos()),
        *zip(SETUPS.values(), doomed, strict=True),
    ]
    folders = [folder(tmp_path, n) for n in range(len(runs))]
    calm, *found = await asyncio.gather(
        *(
            play(where, setup, PLAYED, chaos)
            for where, (setup, chaos) in zip(folders, runs, strict=True)
        )
    )
    assert [problems(outcome, calm) for outcome in found] == [[]] * len(SETUPS)
    assert [hits(outcome.kills) >= KILLS for outcome in found] == [True] * len(SETUPS)
