from collections.abc import Iterator
from functools import cache

import pytest

from bot import catalogue


@pytest.fixture(scope="session", autouse=True)
def texts_read_once() -> Iterator[None]:
    """Read the catalogue once; it never changes while a program runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "load", cache(catalogue.load))
        yield
