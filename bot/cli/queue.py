"""The commands `queue`: what waits for a mediator, and what one has taken."""

import typer

from bot.cli.desk import do, opened
from bot.cli.examples import WithExamples
from bot.cli.options import AsJson, InDistrict
from bot.cli.printing import say, say_json, say_table

app = typer.Typer(help="Look at the mediator queue.", no_args_is_help=True)


# One command alone would otherwise be the whole group.
@app.callback()
def _queue() -> None: ...


@app.command("list", cls=WithExamples)
def list_(district: InDistrict = None, as_json: AsJson = False) -> None:
    """List the cases that are ready for a mediator, then those that one has taken."""
    from bot import casework

    with opened() as desk:
        queued = do(desk, casework.queue, district)
    if as_json:
        say_json(queued)
        return
    if not queued:
        say("The queue is empty.")
        return
    rows = [(one.case, one.district, one.status, one.since) for one in queued]
    say_table(("Case", "District", "Status", "Since"), rows)
    if stopped := ", ".join(one.case for one in queued if one.stopped):
        say(f"Somebody has stopped; call nobody: {stopped}.")
    if left := ", ".join(one.case for one in queued if one.mediator_left):
        say(f"The mediator no longer serves: {left}. {casework.WITHOUT_MEDIATOR}")
