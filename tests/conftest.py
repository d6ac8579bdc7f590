from collections.abc import Iterator

import pytest

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
