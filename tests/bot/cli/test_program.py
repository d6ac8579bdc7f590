"""Setting the program up, and what is told when it cannot go on."""

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.cli.terminal import Terminal
from tests.flows.test_details import a_new_question, given


def test_migrate_makes_everything_and_asks_for_a_copy_of_the_key(
    terminal: Terminal,
) -> None:
    printed = terminal.prints("migrate")
    assert "Without this file everything is lost" in printed
    key = Path("var/konfliktraad.key")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert terminal.prints("case list") == "There are no cases to list.\n"
    assert terminal.prints("migrate") == "The database is ready.\n"


def test_a_mistyped_address_makes_no_empty_bot_beside_a_key_file(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.prints("migrate")
    monkeypatch.setenv("KONFLIKTRAAD_DATABASE_URL", "sqlite:///var/mistyped.db")
    result = terminal.types("migrate")
    assert result.code == 1
    assert "check KONFLIKTRAAD_DATABASE_URL" in result.sentence
    assert "--new" in result.sentence
    assert not Path("var/mistyped.db").exists()
    Path("var/mistyped.db").touch()
    assert terminal.types("migrate").code == 1
    Path("var/keys.db").unlink()
    assert terminal.prints("migrate --new") == "The database is ready.\n"


def test_a_command_before_migrate_says_what_to_do(terminal: Terminal) -> None:
    result = terminal.types("case list")
    assert result.code == 1
    assert result.sentence.endswith("run konfliktraad migrate.")


def test_a_key_file_that_is_gone_is_told(office: Terminal) -> None:
    office.prints("case list")
    Path("var/konfliktraad.key").unlink()
    result = office.types("case list")
    assert result.code == 1
    assert "konfliktraad.key is missing" in result.sentence


@pytest.mark.parametrize("command", ["case list", "check", "run", "migrate"])
def test_a_wrong_setting_is_named_and_its_value_is_not_shown(
    office: Terminal, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("KONFLIKTRAAD_TELEGRAM_TOKEN", "my-secret")
    result = office.types(command)
    assert result.code == 2
    assert "KONFLIKTRAAD_TELEGRAM_TOKEN" in result.sentence
    assert "my-secret" not in result.sentence


def test_running_needs_a_token(office: Terminal) -> None:
    result = office.types("run")
    assert result.code == 2
    assert "BotFather" in result.sentence


def test_links_wait_until_the_bot_is_known(
    office: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect("var/konfliktraad.db") as connection:
        connection.execute("DELETE FROM meta WHERE name = 'bot_username'")
    connection.close()
    assert office.types("case open --district fyn --relation other").code == 2

    monkeypatch.setenv("KONFLIKTRAAD_TELEGRAM_TOKEN", "12345:abc")
    monkeypatch.setenv("KONFLIKTRAAD_TELEGRAM_API", "http://127.0.0.1:1")
    result = office.types("case open --district fyn --relation other")
    assert result.code == 1
    assert "Telegram does not answer" in result.sentence
    assert office.gets("case list", kind=list) == []


def test_the_dialogues_are_checked_and_the_figures_told(terminal: Terminal) -> None:
    printed = terminal.prints("flows check")
    assert printed.startswith("Visited 22 dialogues,")
    assert "a yes to taking part" in printed
    assert printed.endswith("No faults.\n")
    told = terminal.gets("flows check", kind=dict)
    assert told["faults"] == []
    assert told["walked"]["yeses"] > 0


def test_a_fault_in_a_dialogue_is_told_and_fails(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.flows.FLOWS", {"wrong": _arrival()})
    result = terminal.types("flows check")
    assert result.code == 1
    assert "arrival: this dialogue stands in the table as 'wrong'." in result.err
    assert "Visited 1 dialogue," in result.out
    assert "No way was walked" in result.out


def test_a_question_whose_answer_nobody_reads_is_told_and_fails(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A parent is asked for an address, which lies sealed and is shown to nobody."""
    monkeypatch.setattr("bot.cli.flows.FLOWS", a_new_question(given("address")))
    result = terminal.types("flows check")
    assert result.code == 1
    assert (
        "holder.ask_address: the answer is kept as 'address', and "
        "flows/rules/details.py has "
        "no row for that."
    ) in result.err


def test_a_dialogue_is_printed_as_it_is_read(terminal: Terminal) -> None:
    danish = terminal.prints("flows script offer")
    english = terminal.prints("flows script offer --lang en")
    assert danish.startswith("offer, version 2\n")
    assert (
        "[Ja] when: The person is under 12 years old, so a human takes over at once."
        in danish
    )
    assert (
        "[Yes] when: The person is under 12 years old, so a human takes over at once."
        in english
    )
    assert "\narrival, version 1" in "\n" + terminal.prints("flows script")
    assert "there are arrival, language" in terminal.types("flows script x").sentence


def test_the_graph_is_mermaid(terminal: Terminal) -> None:
    lines = terminal.prints("flows graph").splitlines()
    assert lines[0] == "flowchart TD"
    assert any("offer.ask_interest" in line and "-->" in line for line in lines)


def test_every_text_is_measured(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "arrival.explain_bot" in terminal.prints("texts report")
    measured = terminal.gets("texts report", kind=list)
    assert list(measured[0]) == ["language", "name", "words", "score", "limit"]
    assert terminal.prints("texts report --check")

    monkeypatch.setattr("bot.reading_level.LONGEST_MESSAGE", 10)
    result = terminal.types("texts report --check")
    assert result.code == 1
    assert "words, at most 10." in result.err


def test_a_wish_is_explained(terminal: Terminal) -> None:
    """Which features weigh most, and what would be done about the text."""
    told = terminal.prints("texts wish", "fjern mit ja, jeg er her ikke")
    assert "A party: is asked whether to stop, as a model believes it." in told
    assert "(every text)" in told
    text = "jeg trækker mit ja tilbage"
    plain = terminal.gets("texts wish", text, kind=dict)
    assert (plain["party"], plain["listed"]) == ("stops", True)
    assert set(plain["languages"]) == {"da", "en"}


def test_the_program_starts_without_what_only_some_commands_need() -> None:
    heavy = "{'sqlalchemy', 'telegram', 'alembic', 'aiohttp', 'starlette'}"
    code = f"import sys, bot.cli; print(sorted({heavy} & set(sys.modules)))"
    assert _python("-c", code).stdout == "[]\n"


def test_the_console_script_prints_help_and_an_exit_code() -> None:
    helped = _python("-m", "bot.cli", "--help")
    assert helped.returncode == 0
    for command in ("run", "demo", "migrate", "check", "case", "staff", "queue"):
        assert f"│ {command} " in helped.stdout
    assert _python("-m", "bot.cli", "staff", "remove").returncode == 2


def _python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "100"},
    )


def _arrival() -> object:
    from flows import FLOWS  # noqa: PLC0415 - beside its one use

    return FLOWS["arrival"]
