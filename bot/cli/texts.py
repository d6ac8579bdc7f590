"""The commands `texts`: how hard the texts are to read."""

from typing import Annotated

import typer

from bot import reading_level
from bot.catalogue import load
from bot.cli.options import AsJson
from bot.cli.printing import complain, say, say_json, say_table

app = typer.Typer(help="Measure the texts.", no_args_is_help=True)


# One command alone would otherwise be the whole group.
@app.callback()
def _texts() -> None: ...


@app.command()
def report(
    check: Annotated[
        bool, typer.Option("--check", help="Print only what is too hard or too long.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print the reading level of every text; with --check, exit code 1 on faults."""
    catalogue = load()
    if check:
        _check(reading_level.faults(catalogue), as_json=as_json)
        return
    measured = reading_level.report(catalogue)
    if as_json:
        say_json(measured)
        return
    rows = [
        (one.language, one.name, one.words, f"{one.score:.1f}", f"{one.limit:.0f}")
        for one in measured
    ]
    say_table(("Language", "Text", "Words", "LIX or grade", "At most"), rows)


def _check(faults: tuple[str, ...], *, as_json: bool) -> None:
    if as_json:
        say_json({"faults": faults})
    elif not faults:
        say("Every text is as easy to read as it must be.")
    else:
        for fault in faults:
            complain(fault)
    raise typer.Exit(bool(faults))
