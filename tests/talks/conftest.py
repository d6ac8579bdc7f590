import os
from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from bot.channels.telegram import connection, poller
from bot.serving import backoff, sender
from bot.upkeep import background
from tests.support.beginnings import known
from tests.support.folders import copy_tables
from tests.support.postgres import Server
from tests.support.resident import WAYS, Way
from tests.support.town import Empty, Town, founded

#: For a file of talks that every run holds on both databases.
ON_BOTH = pytest.mark.parametrize(
    "empty_database", ["sqlite", "postgresql"], indirect=True
)


#: With these a test changes the program, or reads what it has said beside the talks.
_LISTENING: Final = frozenset({"monkeypatch", "caplog"})


@pytest.fixture
def answer_within() -> float:
    """Seconds until Telegram's answer counts as lost; short where it is lost."""
    return 20.0


@pytest.fixture(autouse=True)
def impatient(answer_within: float) -> Iterator[None]:
    """Let looks and tries follow each other at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backoff, "LONGEST_PAUSE", 0.02)
        patch.setattr(sender, "LOOK_EVERY", 0.05)
        patch.setattr(background, "LOOK_EVERY", 0.1)
        patch.setattr(poller, "LONG_POLL", 1)
        patch.setattr(poller, "GRACE", answer_within)
        soon = partial(connection.connected, answer_within=answer_within)
        patch.setattr(connection, "connected", soon)
        yield


@pytest.fixture(scope="session")
def empty_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Empty:
    """Make the tables once; each town gets a copy.

    All talks are held on PostgreSQL with KONFLIKTRAAD_TEST_DATABASE=postgresql.
    """
    usual = os.environ.get("KONFLIKTRAAD_TEST_DATABASE", "sqlite")
    if getattr(request, "param", usual) == "postgresql":
        server: Server = request.getfixturevalue("postgres")
        return server
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    copy_tables(path)
    return path


@pytest.fixture
async def town(
    request: pytest.FixtureRequest, tmp_path: Path, empty_database: Empty
) -> AsyncIterator[Town]:
    """A town; who has changed the program, or reads its log, sees everybody walk."""
    is_known = _LISTENING.isdisjoint(request.fixturenames)
    async with founded(tmp_path, empty_database) as made:
        if not is_known or isinstance(empty_database, Server):
            yield made
            return
        await made.rests()
        with known(made, tmp_path):
            yield made


@pytest.fixture(params=WAYS, ids=lambda way: f"{way.language}-{way.manner}")
def way(request: pytest.FixtureRequest) -> Way:
    """One of the languages, by buttons, words or numbers only."""
    found: Way = request.param
    return found


@pytest.fixture(params=WAYS[1:3], ids=lambda way: f"{way.language}-{way.manner}")
def short_way(request: pytest.FixtureRequest) -> Way:
    """Each language once and each manner once, where that is enough."""
    found: Way = request.param
    return found
