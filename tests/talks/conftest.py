import gc
import os
from collections.abc import AsyncIterator, Iterator
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot import catalogue
from bot.storage import migrate
from bot.telegram import connection, poller, sender
from bot.upkeep import background
from tests.support.postgres import Server
from tests.support.resident import WAYS, Way
from tests.support.town import Empty, Town, founded


@pytest.fixture
def answer_within() -> float:
    """Seconds until Telegram's answer counts as lost; short where it is lost."""
    return 20.0


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch, answer_within: float) -> None:
    """Let looks and tries follow each other at once."""
    monkeypatch.setattr(connection, "LONGEST_PAUSE", 0.02)
    monkeypatch.setattr(sender, "LOOK_EVERY", 0.05)
    monkeypatch.setattr(background, "LOOK_EVERY", 0.1)
    monkeypatch.setattr(poller, "LONG_POLL", 1)
    monkeypatch.setattr(poller, "GRACE", answer_within)
    soon = partial(connection.connected, answer_within=answer_within)
    monkeypatch.setattr(connection, "connected", soon)


@pytest.fixture(scope="session", autouse=True)
def texts_read_once() -> Iterator[None]:
    """Read the catalogue once; it never changes while a program runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "load", cache(catalogue.load))
        yield


@pytest.fixture(scope="session", autouse=True)
def frozen_imports() -> Iterator[None]:
    """Spare the collector what never goes away: the libraries, a tenth of the time."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(scope="session")
def empty_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Empty:
    """Make the tables once; each town gets a copy.

    All talks are held on PostgreSQL with KONFLIKTRAAD_TEST_DATABASE=postgresql.
    """
    if os.environ.get("KONFLIKTRAAD_TEST_DATABASE") == "postgresql":
        server: Server = request.getfixturevalue("postgres")
        return server
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder in memory where there is one: a disk takes a third of the time."""
    memory = Path("/dev/shm")  # noqa: S108 - the folder in it is ours alone
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


@pytest.fixture
async def town(folder: Path, empty_database: Empty) -> AsyncIterator[Town]:
    async with founded(folder, empty_database) as made:
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
