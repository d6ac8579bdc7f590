"""What the program says of itself: version, help, examples, completion."""

import os
import shlex
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
import typer

from bot.cli.examples import examples_of
from bot.demo import Page
from bot.errors import SettingsError
from flows.rules.districts import DISTRICTS
from tests.bot.cli.terminal import Terminal
from tests.support.commands_page import commands

COMMANDS = [(named, command, at) for named, command, at in commands()]
NAMES = [named for named, _, _ in COMMANDS]


def test_the_version_is_that_of_the_package(terminal: Terminal) -> None:
    assert terminal.prints("--version") == f"konfliktraad {version('konfliktraad')}\n"


@pytest.mark.parametrize("named", NAMES)
def test_every_command_helps_in_two_spellings(
    terminal: Terminal, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each example stands there in whole, however narrow the window is."""
    monkeypatch.setenv("COLUMNS", "40")
    printed = terminal.prints(f"{named} -h")
    assert printed == terminal.prints(f"{named} --help")
    assert examples_of(named), "a command without an example"
    for example in examples_of(named):
        assert f"   {example}\n" in printed


@pytest.mark.parametrize(("named", "command", "at"), COMMANDS, ids=NAMES)
def test_every_example_can_be_typed(
    terminal: Terminal, named: str, command: typer.core.TyperCommand, at: typer.Context
) -> None:
    """It is read as the shell would pass it on; nothing is done."""
    assert terminal.types("--version").code == 0
    Path("kvittering.json").touch()
    for example in examples_of(named):
        line = example.replace("\\\n", " ").replace("$(date +%F)", "today")
        line = line.partition(" > ")[0]
        words = shlex.split(line)[1 + len(named.split()) :]
        command.make_context(named, words, parent=at.parent)


def test_every_option_and_argument_is_explained() -> None:
    silent = [
        f"{named} {one.name}"
        for named, command, at in COMMANDS
        for one in command.get_params(at)
        if (told := one.get_help_record(at)) and not told[1].partition("[")[0].strip()
    ]
    assert silent == []


def test_the_shell_completes_commands_options_and_districts() -> None:
    assert completed("konfliktraad ca") == ["case"]
    assert "--district" in completed("konfliktraad case list --")
    assert completed("konfliktraad case open --district fy") == ["fyn"]
    assert set(completed("konfliktraad case open --district s")) == {
        one for one in DISTRICTS if one.startswith("s")
    }


def completed(typed: str) -> list[str]:
    """Ask for completion as bash does."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys, bot.cli; sys.exit(bot.cli.main())"],
        capture_output=True,
        text=True,
        check=True,
        env={
            **os.environ,
            "_KONFLIKTRAAD_COMPLETE": "complete_bash",
            "COMP_WORDS": typed,
            "COMP_CWORD": str(len(typed.split()) - 1),
        },
    )
    return done.stdout.split()


def test_the_demo_starts_in_the_language_that_is_asked_for(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Page] = []

    def demo(_typed: object, page: Page) -> None:
        shown.append(page)
        raise SettingsError("Enough was seen.")

    monkeypatch.setattr("bot.demo.demo", demo)
    assert terminal.types("demo --language en --port 8090 --no-browser").code == 2
    assert shown == [Page(8090, open_browser=False, language="en")]


def test_texts_are_measured_in_one_language(terminal: Terminal) -> None:
    measured = terminal.gets("texts report --language en", kind=list)
    assert {one["language"] for one in measured} == {"en"}
