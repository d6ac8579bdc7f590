"""What is compared: one row of the table for each bot."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.lab.bench.machine import ROOT


@dataclass(frozen=True)
class Row:
    """One bot: its name in the table, and the way in which people reach it."""

    key: str
    name: str
    #: The module of a peer; ours has none.
    module: tuple[str, ...] = ()
    #: What people write, one after the other, until they stand in the cycle.
    opening: tuple[str, ...] = ("/start",)
    #: What is typed in each turn, instead of tapping.
    word: str | None = None
    on_postgres: bool = False
    #: How many webhook workers there are; 0 stands for a process that polls.
    workers: int = 0
    #: Whether it is a bot at all, that can be killed and asked what it lost.
    is_bot: bool = True
    #: The program is taken from here.
    tree: Path = ROOT


_OURS: Final = ("/start", "topics")

SQLITE: Final = Row("sqlite", "ours, SQLite", opening=_OURS)
POSTGRES: Final = Row(
    "postgres",
    "ours, PostgreSQL, 1 webhook worker",
    opening=_OURS,
    on_postgres=True,
    workers=1,
)
POSTGRES4: Final = Row(
    "postgres4",
    "ours, PostgreSQL, 4 webhook workers",
    opening=_OURS,
    on_postgres=True,
    workers=4,
)
ROWS: Final = (
    Row(
        "echo",
        "python-telegram-bot, stock echo",
        ("tests.lab.bench.peers.ptb_echo",),
        opening=("hello",),
        word="hello",
    ),
    Row(
        "conversation",
        "ConversationHandler + PicklePersistence",
        ("tests.lab.bench.peers.ptb_conversation",),
    ),
    Row(
        "aiogram", "aiogram, state in memory", ("tests.lab.bench.peers.aiogram_memory",)
    ),
    SQLITE,
    POSTGRES,
    POSTGRES4,
    Row("ceiling", "our ceiling: keeps nothing", ("tests.lab.bench.peers.ceiling",)),
    Row("floor", "floor: raw HTTP, raw commit", ("tests.lab.bench.peers.floor",)),
    Row(
        "server",
        "the server itself: raw HTTP alone",
        ("tests.lab.bench.peers.floor", "--no-commit"),
        is_bot=False,
    ),
)
