"""Killed at any moment, the program loses nothing and does nothing twice.

The short form: `make chaos` kills some hundred times more.
"""

import asyncio
from pathlib import Path

import pytest

from tests.chaos.crew import hits
from tests.chaos.plays import PLAYS
from tests.chaos.rounds import Chaos, Outcome, play
from tests.chaos.setups import SETUPS
from tests.chaos.verdict import problems

KILLS = 4
PLAYED = PLAYS[:2]


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The same cases, left alone; every set-up must come to the same."""
    folder = tmp_path_factory.mktemp("calm")
    return asyncio.run(play(folder, SETUPS["sqlite-polling"], PLAYED, Chaos()))


@pytest.mark.parametrize(
    ("setup", "seed"), [(name, n) for n, name in enumerate(SETUPS)]
)
async def test_whole_cases_survive_kills(
    setup: str, seed: int, calm: Outcome, tmp_path: Path
) -> None:
    chaos = Chaos(KILLS, seed, latest=8, disturbed=True)
    found = await play(tmp_path, SETUPS[setup], PLAYED, chaos)
    assert problems(found, calm) == []
    assert hits(found.kills) >= KILLS
