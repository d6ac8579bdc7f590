"""The page docs/commands.md, written from the help of the commands themselves."""

from collections.abc import Iterator
from typing import Final

import typer
from typer.core import TyperCommand, TyperGroup

from bot.cli import app
from bot.cli.examples import examples_of

PROGRAM: Final = "konfliktraad"
_INTRODUCTION: Final = """\
# Commands

Written from the program's own help. To write this page anew, see
[development.md](development.md#changing-something). If the program is not installed
system-wide, type `.venv/bin/konfliktraad` for `konfliktraad`. What coordinators do with
these commands is in [casework.md](casework.md), how the machine is run in
[operations.md](operations.md).
"""


def page() -> str:
    """Render every command with its options, in the order of the help."""
    root = _program()
    at = typer.Context(root, info_name=PROGRAM)
    parts = [_INTRODUCTION, *_described(root, at), "## All commands\n"]
    parts += [_listed(named, command) for named, command, _ in commands()]
    for named, command, context in commands():
        parts += ["", f"## `{named}`\n", *_described(command, context)]
        parts += ["", "```sh", *examples_of(named), "```"]
    return "\n".join(parts) + "\n"


def commands() -> Iterator[tuple[str, TyperCommand, typer.Context]]:
    """Go through every command that can be typed, with what it is typed as."""
    root = _program()
    yield from _below(root, typer.Context(root, info_name=PROGRAM), "")


def _program() -> TyperGroup:
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)
    return root


def _below(
    group: TyperGroup, at: typer.Context, before: str
) -> Iterator[tuple[str, TyperCommand, typer.Context]]:
    for name in group.list_commands(at):
        command = group.get_command(at, name)
        assert command is not None
        context = typer.Context(command, info_name=name, parent=at)
        if isinstance(command, TyperGroup):
            yield from _below(command, context, f"{before}{name} ")
        elif isinstance(command, TyperCommand) and not command.hidden:
            yield f"{before}{name}", command, context


def _listed(named: str, command: TyperCommand) -> str:
    first = (command.help or "").partition("\n\n")[0]
    anchor = named.replace(" ", "-")
    return f"- [`{named}`](#{anchor}): {' '.join(first.split())}"


def _described(command: TyperCommand | TyperGroup, at: typer.Context) -> Iterator[str]:
    yield f"{command.help}\n"
    if isinstance(command, TyperCommand):
        usage = command.get_usage(at).removeprefix("Usage: ")
        yield f"`{' '.join(usage.split())}`\n"
    yield from _parameters(command, at)
    if command.epilog:
        yield f"\n{command.epilog}\n"


def _parameters(command: TyperCommand | TyperGroup, at: typer.Context) -> Iterator[str]:
    for parameter in command.get_params(at):
        told = parameter.get_help_record(at)
        if told is not None and parameter.name != "help":
            name, meaning = told
            yield f"- `{name}`: {meaning}" if meaning else f"- `{name}`"
