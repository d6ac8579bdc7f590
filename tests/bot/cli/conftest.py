import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot import wiring
from bot.serving import backoff, sender
from bot.settings import PREFIX, Settings
from tests.bot.cli.record import Record, opened_by
from tests.bot.cli.terminal import Desk, Terminal
from tests.support.folders import copy_tables
from tests.support.town import Town, founded

SET = (
    "telegram_token",
    "telegram_api",
    "database_url",
    "keys_url",
    "key_file",
    "contacts",
)
OFFICES = """
[districts.fyn]
office = "Fyns Politi, Konfliktråd"
mail = "fyn@example.org"
verified_on = 2026-11-22
"""


@pytest.fixture
def terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Terminal]:
    """A terminal in an empty folder, with nothing set and nothing made."""
    for name in Settings.__slots__:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    yield Terminal(capsys)
    capsys.readouterr()


@pytest.fixture
def office(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, empty_database: Path
) -> Terminal:
    """A terminal where everything is made, the bot is known, and Fyn has an office."""
    Path("var").mkdir()
    shutil.copy(empty_database, "var/konfliktraad.db")
    know_the_bot(Path("var/konfliktraad.db"))
    Path("contacts.toml").write_text(OFFICES, "utf-8")
    monkeypatch.setenv("KONFLIKTRAAD_CONTACTS", "contacts.toml")
    return terminal


@pytest.fixture
def record(office: Terminal) -> Record:
    return opened_by(office)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the tables once; each test gets a copy."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    copy_tables(path)
    return path


@pytest.fixture
async def town(
    tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Town]:
    """A town whose bot runs; looks and tries follow each other at once."""
    monkeypatch.setattr(backoff, "LONGEST_PAUSE", 0.02)
    monkeypatch.setattr(sender, "LOOK_EVERY", 0.05)
    async with founded(tmp_path, empty_database) as made:
        # A link is made with the name that the bot learns of itself.
        await made.until(made.archive.bot_username)
        yield made


@pytest.fixture
def desk(town: Town, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The coordinator's terminal, on the town's database and by the town's clock."""
    settings = town.desk.settings
    for name in SET:
        monkeypatch.setenv(PREFIX + name.upper(), str(getattr(settings, name)))
    monkeypatch.setattr(wiring, "Clock", lambda: town.desk.clock)
    return Desk(terminal)


def know_the_bot(database: Path) -> None:
    with sqlite3.connect(database) as connection:
        row = ("bot_username", "konfliktraad_bot")
        connection.execute("INSERT INTO meta (name, value) VALUES (?, ?)", row)
    connection.close()
