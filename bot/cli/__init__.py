"""The command line `konfliktraad`, for coordinators and for whoever runs the bot."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Annotated

import typer

from bot.cli import (
    assigning,
    case,
    check,
    code,
    consent,
    copying,
    flows,
    intake,
    keeping,
    link,
    overview,
    party,
    queue,
    rotating,
    running,
    staff,
    texts,
    webhook,
)
from bot.cli.examples import WithExamples
from bot.cli.printing import complain, say
from bot.errors import AlreadyServed, BotError, ProgramOutdated, SettingsError

_EXIT_CODES = """\
Exit codes: 0 done; 1 could not be done, or faults were found; 2 a setting or what was
asked for is wrong; 3 another process serves this database; 4 a newer version of the
program has served it. Most commands print JSON with `--json`."""

app = typer.Typer(
    epilog=_EXIT_CODES,
    help="The front door of Konfliktråd: a Telegram bot, and the work of its staff.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode="markdown",
    # A rich traceback could show the values of variables, and so personal data.
    pretty_exceptions_enable=False,
)


def _tell_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        say(f"konfliktraad {version('konfliktraad')}")
        raise typer.Exit


_Version = Annotated[
    bool,
    typer.Option(
        "--version",
        callback=_tell_version,
        is_eager=True,
        help="Print the version and exit.",
    ),
]


@app.callback()
def _program(version: _Version = False) -> None: ...


app.command(cls=WithExamples)(running.run)
app.command(cls=WithExamples)(running.demo)
app.command(cls=WithExamples)(running.migrate)
app.command(cls=WithExamples)(check.check)
app.command(cls=WithExamples)(keeping.backup)
app.command(cls=WithExamples)(keeping.restore)
app.command(cls=WithExamples)(copying.copy)
keeping.keys.command("copy", cls=WithExamples)(copying.copy_keys)
keeping.keys.command(cls=WithExamples)(rotating.rotate)
keeping.keys.command(cls=WithExamples)(rotating.fingerprint)
app.add_typer(keeping.keys, name="keys")
case.app.command("open", cls=WithExamples)(case.open_)
case.app.command("list", cls=WithExamples)(overview.list_)
case.app.command(cls=WithExamples)(overview.show)
case.app.command(cls=WithExamples)(case.card)
case.app.command(cls=WithExamples)(case.clear)
case.app.command(cls=WithExamples)(assigning.assign)
case.app.command(cls=WithExamples)(case.end)
case.app.command(cls=WithExamples)(link.link)
case.app.command(cls=WithExamples)(code.code)
case.app.command(cls=WithExamples)(party.party)
case.app.command(cls=WithExamples)(party.holder)
case.app.command(cls=WithExamples)(party.verify)
app.add_typer(case.app, name="case")
app.add_typer(consent.app, name="consent")
app.add_typer(staff.app, name="staff")
app.add_typer(queue.app, name="queue")
app.add_typer(intake.app, name="intake")
app.add_typer(webhook.app, name="webhook")
app.add_typer(flows.app, name="flows")
app.add_typer(texts.app, name="texts")

_FAILED, _WRONGLY_ASKED, _ALREADY_SERVED, _OUTDATED = 1, 2, 3, 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command, by default the one that was typed, and give its exit code.

    Everything that goes wrong is one sentence on stderr. 2 means that a setting or what
    was asked for is wrong, 3 that another process does it already, 1 that it could not
    be done or that faults were found.
    """
    try:
        code: object = _commands()(
            arguments, prog_name="konfliktraad", standalone_mode=False
        )
    except typer.TyperException as wrong:
        complain(_sentence(wrong))
        return wrong.exit_code
    except BotError as error:
        complain(str(error))
        return _code(error)
    except typer.Abort:
        complain("Nothing was changed.")
        return _FAILED
    return code if isinstance(code, int) else 0


@cache
def _commands() -> Callable[..., object]:
    """Put the commands together once, however many are typed at the demo's desk."""
    return typer.main.get_command(app)


def _sentence(wrong: typer.TyperException) -> str:
    """Write Typer's complaint in one line: it puts choices on lines of their own."""
    text = " ".join(wrong.format_message().split())
    # How the library under it begins what it says of a choice.
    return text.replace(" Value error,", "")


def _code(error: BotError) -> int:
    from bot.casework import Refused
    from bot.consent.verify_receipt import NotAReceipt

    if isinstance(error, AlreadyServed):
        return _ALREADY_SERVED
    if isinstance(error, ProgramOutdated):
        return _OUTDATED
    wrongly_asked = isinstance(error, SettingsError | Refused | NotAReceipt)
    return _WRONGLY_ASKED if wrongly_asked else _FAILED
