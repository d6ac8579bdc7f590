import gc
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot import catalogue, wiring
from bot.chat.words import vocabulary
from tests.support.folders import folder_in_memory
from tests.support.postgres import FORGETFUL, Server, serving
from tests.support.statements import put_together_once


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server; it takes a second, so only who asks for it gets it."""
    with serving(**FORGETFUL) as server:
        yield server


@pytest.fixture(scope="session", autouse=True)
def statements() -> Iterator[None]:
    with put_together_once():
        yield


@pytest.fixture(scope="session", autouse=True)
def texts_read_once() -> Iterator[None]:
    """Read the catalogue and its words once; they never change while a program runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "load", cache(catalogue.load))
        patch.setattr(wiring, "vocabulary", cache(vocabulary))
        yield


@pytest.fixture(scope="session", autouse=True)
def frozen_imports() -> Iterator[None]:
    """Spare the collector what never goes away: the libraries, a tenth of the time."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder of a test's own; it is gone when the test has ended."""
    with folder_in_memory() as folder:
        yield folder
