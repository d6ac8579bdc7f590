"""Where a test keeps its files, and databases whose tables are made once."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.storage import migrate


@contextmanager
def folder_in_memory() -> Iterator[Path]:
    """Make a folder in memory where there is one: else each commit waits for a disk."""
    memory = Path("/dev/shm")  # noqa: S108 - the folder in it is ours alone
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


def copy_tables(to: Path) -> None:
    """Write a file of SQLite whose tables are those of this version, and empty."""
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(_empty_tables())


@cache
def _empty_tables() -> bytes:
    with folder_in_memory() as folder:
        path = folder / "empty.db"
        migrate(f"sqlite:///{path}")
        return path.read_bytes()
