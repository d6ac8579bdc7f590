"""PostgreSQL goes away while people talk, and comes back.

Apart from the other moments, as a server that is stopped forgets what it has counted.
"""

from pathlib import Path

from tests.lab.moments.outage import stopped
from tests.lab.moments.processes import RUNS
from tests.support.postgres import Server


async def test_postgresql_is_stopped_while_people_talk(
    postgres: Server, tmp_path: Path
) -> None:
    found = await stopped(tmp_path, postgres, RUNS["polling"], people=3, seconds=2)
    assert found.problems == []
