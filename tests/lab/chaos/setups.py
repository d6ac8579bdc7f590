"""The ways in which the program is run: which database, and how updates come."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from tests.support.balancer import balancing
from tests.support.ports import free_port
from tests.support.postgres import serving
from tests.support.program import by_webhook

#: How many processes serve side by side where more than one may.
_WORKERS: Final = 4


@dataclass(frozen=True)
class Place:
    """Where everything is kept, and what each process needs to be told besides."""

    database_url: str
    keys_url: str
    workers: Sequence[Mapping[str, str]]


Ready: TypeAlias = Callable[[Path], AbstractAsyncContextManager[Place]]


@dataclass(frozen=True)
class Setup:
    """One way to run the program."""

    name: str
    ready: Ready


@asynccontextmanager
async def _sqlite_polling(folder: Path) -> AsyncIterator[Place]:
    yield Place(*_files(folder), [{}])


@asynccontextmanager
async def _sqlite_webhook(folder: Path) -> AsyncIterator[Place]:
    yield Place(*_files(folder), [by_webhook(free_port())])


@asynccontextmanager
async def _postgresql_workers(_folder: Path) -> AsyncIterator[Place]:
    """Serve with several workers; what is committed is on the disk, as in earnest."""
    ports = [free_port() for _ in range(_WORKERS)]
    with serving() as server:
        urls = server.url(server.make()), server.url(server.make())
        async with balancing(ports) as balancer:
            workers = [by_webhook(port, balancer.url) for port in ports]
            yield Place(*urls, workers)


def _files(folder: Path) -> tuple[str, str]:
    return f"sqlite:///{folder}/town.db", f"sqlite:///{folder}/keys.db"


SETUPS: Final = {
    setup.name: setup
    for setup in (
        Setup("sqlite-polling", _sqlite_polling),
        Setup("sqlite-webhook", _sqlite_webhook),
        Setup("postgresql-4-workers", _postgresql_workers),
    )
}
