"""Whatever happens at the same moment comes to the same as one after the other.

The short form: `make moments` brings each moment about some hundred times.
"""

from collections.abc import Iterator

import pytest

from bot.serving import turns
from tests.lab.moments.crew import Crew, deadlocks, on_postgresql, on_sqlite
from tests.lab.moments.scenes import SCENES, Scene
from tests.support.folders import folder_in_memory
from tests.support.postgres import Server


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def crew(request: pytest.FixtureRequest) -> Iterator[Crew]:
    """One worker on SQLite; four on PostgreSQL, none of which wait in a circle."""
    with folder_in_memory() as folder:
        if request.param == "sqlite":
            with on_sqlite(folder) as made:
                yield made
            return
        server: Server = request.getfixturevalue("postgres")
        before = deadlocks(server)
        with on_postgresql(folder, server) as made:
            yield made
        assert deadlocks(server) == before


@pytest.mark.parametrize(
    ("scene", "size"),
    [pytest.param(scene, size, id=scene.__name__) for scene, size, _ in SCENES],
)
async def test_at_the_same_moment(
    crew: Crew, scene: Scene, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "PAUSES", (0.5, 0.5))
    found = await scene(crew, size)
    assert found.problems == []
    assert crew.errors == []
    assert crew.brought_again == 0
