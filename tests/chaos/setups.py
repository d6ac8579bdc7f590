"""The ways in which the program is run: which database, and how updates come."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias


@dataclass(frozen=True)
class Place:
    """Where everything is kept, and what each process needs to be told besides."""

    database_url: str
    keys_url: str
    workers: tuple[dict[str, str], ...]


Ready: TypeAlias = Callable[[Path], AbstractAsyncContextManager[Place]]


@dataclass(frozen=True)
class Setup:
    """One way to run the program."""

    name: str
    ready: Ready


@asynccontextmanager
async def _sqlite_polling(folder: Path) -> AsyncIterator[Place]:
    yield Place(f"sqlite:///{folder}/town.db", f"sqlite:///{folder}/keys.db", ({},))


SETUPS: dict[str, Setup] = {
    setup.name: setup for setup in (Setup("sqlite-polling", _sqlite_polling),)
}
