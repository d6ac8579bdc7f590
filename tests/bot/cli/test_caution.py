"""What cannot be undone is asked for at a terminal, and can be looked at first."""

import io
import sys

import pytest

from tests.bot.cli.record import SAFE, Record
from tests.bot.cli.terminal import Desk, Printed
from tests.bot.cli.test_parent_links import Window
from tests.support.town import Town

END = "case end --reason moved_away --by Birgit"
SAID = "--who victim:1 --answer given --method phone --purpose data_notice"


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setattr(sys, "stdin", Window(typed))


def test_a_case_ends_only_when_somebody_at_the_terminal_agrees(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_terminal(monkeypatch, "n\n")
    kept = record.terminal.types(END, record.reference)
    assert (kept.code, kept.err) == (1, "Nothing was changed.\n")
    assert "is collecting and ends for good" in kept.out
    assert record.status() == "collecting"
    at_a_terminal(monkeypatch, "y\n")
    assert record.terminal.types(END, record.reference).code == 0
    assert record.status() == "ended"


@pytest.mark.parametrize("how", ["--yes", "--json", "in a script"])
def test_a_script_and_whoever_says_yes_beforehand_are_not_asked(
    record: Record, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    at_a_terminal(monkeypatch, "")
    if not how.startswith("--"):
        monkeypatch.setattr(sys, "stdin", io.StringIO())
    option = [how] if how.startswith("--") else []
    assert record.terminal.types(END, record.reference, *option).code == 0
    assert record.status() == "ended"


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (END, "ends for good; its parties are told. Nothing was changed."),
        ("case link --who victim:1", "Nobody in case"),
        ("case party --who offender:1 --by B --age-band 18", "nobody who has come"),
        (
            f"consent record {SAID} --date {{today}} --by B",
            "is recorded as given. Nothing was changed.",
        ),
    ],
)
def test_a_dry_run_tells_and_changes_nothing(
    record: Record, command: str, told: str
) -> None:
    record.told("victim:1", f"--age-band 18 {SAFE}")
    before = record.shown()
    typed = command.format(today=record.today)
    assert told in record.terminal.prints(f"{typed} --dry-run", record.reference)
    dry = record.terminal.gets(f"{typed} --dry-run", record.reference, kind=dict)
    assert dry["dry_run"]
    assert record.shown() == before


def test_a_dry_run_of_a_consent_prints_the_text_to_read_aloud(record: Record) -> None:
    record.told("victim:1", f"--age-band 18 {SAFE}")
    said = f"consent record {SAID} --by B"
    command = f"{said} --date {record.today} --language en --dry-run"
    printed = record.terminal.prints(command, record.reference)
    assert printed.startswith("Read aloud (")


async def test_whoever_removes_a_mediator_hears_first_what_stays_behind(
    town: Town, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await town.hires("mediator", "mediator")
    [member] = await desk.gets("staff list", kind=list)

    async def removes(*more: str) -> Printed:
        return await desk.types("staff remove", member["id"], *more)

    assert "no longer serves" in (await removes("--dry-run")).out
    at_a_terminal(monkeypatch, "n\n")
    assert (await removes()).code == 1
    assert await desk.gets("staff list", kind=list) == [member]
    assert (await removes("--yes")).code == 0
    assert await desk.gets("staff list", kind=list) == []


@pytest.mark.parametrize("member", ["-q3hk0vYbTyYx", "-y", "-hy"])
def test_whatever_letters_an_id_holds_it_is_an_id(record: Record, member: str) -> None:
    refused = record.terminal.types("staff remove", member)
    assert refused.code != 0
    assert "konfliktraad staff list" in refused.err


def test_a_database_is_replaced_only_when_somebody_agrees(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    record.terminal.prints("backup before.db")
    record.terminal.prints(END, record.reference)
    at_a_terminal(monkeypatch, "n\n")
    refused = record.terminal.types("restore before.db --replace")
    assert "withdrawals and hidden chats too" in refused.out
    assert record.status() == "ended"
    at_a_terminal(monkeypatch, "")
    record.terminal.prints("restore before.db --replace --yes")
    assert record.status() == "collecting"
