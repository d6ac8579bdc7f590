from collections.abc import Iterator

import pytest

from tests.support.postgres import FORGETFUL, Server, serving


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server; it takes a second, so only who asks for it gets it."""
    with serving(**FORGETFUL) as server:
        yield server
