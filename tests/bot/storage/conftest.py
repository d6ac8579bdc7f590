from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage import Store
from tests.bot.storage.house import House


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "var").migrate()


@pytest.fixture
def store(house: House) -> Iterator[Store]:
    store = house.open()
    yield store
    store.close()
