"""Where a test keeps its files, and databases whose tables are made once."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bot.storage import migrate

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - each folder in it is its test's alone
#: In bytes: more than all tests that run side by side ever need.
ENOUGH: Final = 1 << 30


@contextmanager
def folder_in_memory() -> Iterator[Path]:
    """Make a folder in memory if there is room: else each commit waits for a disk."""
    with TemporaryDirectory(dir=MEMORY if _has_room(MEMORY) else None) as name:
        yield Path(name)


def copy_tables(to: Path) -> None:
    """Write a file of SQLite whose tables are those of this version, and empty."""
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(_empty_tables())


def _has_room(memory: Path) -> bool:
    """Tell whether there is some; a container often has too little."""
    return memory.is_dir() and shutil.disk_usage(memory).free >= ENOUGH


@cache
def _empty_tables() -> bytes:
    with folder_in_memory() as folder:
        path = folder / "empty.db"
        migrate(f"sqlite:///{path}")
        return path.read_bytes()
