"""The commands `intake`: close the bot for people for a while, and open it again."""

from datetime import datetime

import typer

from bot.cli.desk import do, opened
from bot.cli.examples import WithExamples
from bot.cli.options import AsJson
from bot.cli.printing import say, say_json

app = typer.Typer(
    help="Close the intake for a while, and open it again.",
    no_args_is_help=True,
)


@app.command(cls=WithExamples)
def close(as_json: AsJson = False) -> None:
    """Close the intake: the bot tells everybody whom to call. Stop and hide still work.

    Staff continue as usual, and nothing is lost.
    """
    from bot.casework import intake

    with opened() as desk:
        do(desk, intake.close)
        _tell(do(desk, intake.closed_since), as_json=as_json)


@app.command("open", cls=WithExamples)
def open_(as_json: AsJson = False) -> None:
    """Open the intake: people continue where they were when they next write."""
    from bot.casework import intake

    with opened() as desk:
        do(desk, intake.reopen)
        _tell(None, as_json=as_json)


@app.command(cls=WithExamples)
def status(as_json: AsJson = False) -> None:
    """Tell whether the intake is open, or since when it is closed."""
    from bot.casework import intake

    with opened() as desk:
        _tell(do(desk, intake.closed_since), as_json=as_json)


def _tell(closed_since: datetime | None, *, as_json: bool) -> None:
    if as_json:
        say_json({"open": closed_since is None, "closed_since": closed_since})
    elif closed_since is None:
        say("The intake is open.")
    else:
        say(
            f"The intake has been closed since {closed_since:%Y-%m-%d %H:%M} UTC: "
            "everybody who writes is told whom to call. Staff continue as usual."
        )
