"""Whatever Telegram does, every chat ends with the question that is asked.

The short form: `make soak` lets 200 people talk through a minute of it.
"""

from pathlib import Path

from tests.lab.chaos.setups import SETUPS
from tests.lab.chaos.soak import Storm, storm


async def test_after_a_storm_every_chat_ends_with_its_question(tmp_path: Path) -> None:
    weather = Storm(60, 5, seed=1, faults=6)
    after = await storm(tmp_path, SETUPS["sqlite-polling"], weather)
    assert after.problems == []
    assert after.calls > 300
    assert after.faults >= 6
