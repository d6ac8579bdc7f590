from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from bot.storage import Store
from tests.bot.storage.chat import IDA, Carrier, Chat
from tests.bot.storage.house import House
from tests.support.postgres import Server

Build: TypeAlias = Callable[[str], House]


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Each test runs on both, unless its file says otherwise."""
    found: str = request.param
    return found


@pytest.fixture
def build(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Build]:
    """Build houses of a name; there are no tables in them."""
    if kind == "sqlite":
        yield lambda name: House(tmp_path / name)
        return
    server: Server = request.getfixturevalue("postgres")
    with server.tidied():

        def on_server(name: str) -> House:
            made = {"konfliktraad": server.make(), "keys": server.make()}
            return House(tmp_path / name, lambda database: server.url(made[database]))

        yield on_server


@pytest.fixture
def empty(build: Build) -> House:
    return build("var")


@pytest.fixture
def house(
    kind: str, tmp_path: Path, build: Build, request: pytest.FixtureRequest
) -> Iterator[House]:
    """A house with tables and nothing in them."""
    if kind == "sqlite":
        yield build("var").furnish()
        return
    server: Server = request.getfixturevalue("postgres")
    with server.lent() as (main, keys):
        yield House(tmp_path / "var", {"konfliktraad": main, "keys": keys}.__getitem__)


@pytest.fixture
def store(house: House) -> Iterator[Store]:
    store = house.open()
    yield store
    store.close()


@pytest.fixture
def ida(store: Store) -> Chat:
    return Chat(store, IDA)


@pytest.fixture
def carrier(store: Store) -> Carrier:
    return Carrier(store)
