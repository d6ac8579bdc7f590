"""The commands `webhook`: how Telegram brings updates, and how it stops doing so."""

import asyncio

import typer

from bot import settings
from bot.cli.examples import WithExamples
from bot.cli.options import AsJson
from bot.cli.printing import say, say_json

app = typer.Typer(
    help="Look at the webhook of `run --webhook`, or remove it.", no_args_is_help=True
)


@app.command(cls=WithExamples)
def status(as_json: AsJson = False) -> None:
    """Print what Telegram reports: the webhook, pending updates, the last error."""
    from bot.channels.telegram.address import address

    chosen = settings.load()
    told = asyncio.run(address(chosen.token(), chosen.telegram_api, chosen.webhook_url))
    if as_json:
        say_json(told)
        return
    say(f"A webhook is set, on {told.host}." if told.is_set else "No webhook is set.")
    if told.is_set:
        is_or_not = "is" if told.is_as_set_here else "is not"
        say(f"Its address {is_or_not} the one of KONFLIKTRAAD_WEBHOOK_URL.")
    say(f"Updates that wait: {told.pending}.")
    if told.last_error and told.last_error_at:
        say(
            f"Last error, {told.last_error_at:%Y-%m-%d %H:%M:%S} UTC: {told.last_error}"
        )


@app.command(cls=WithExamples)
def remove() -> None:
    """Remove the webhook, so that `run` can poll for updates; none is lost.

    Stop all workers first: the command refuses while any process serves the database.
    """
    from bot.channels.telegram.address import remove_address
    from bot.clock import Clock
    from bot.storage.copies.unserved import refuse_while_served

    chosen = settings.load()
    # Workers would go on without hearing anything, and nobody would be answered.
    refuse_while_served(chosen.database_url, Clock().now())
    asyncio.run(remove_address(chosen.token(), chosen.telegram_api))
    say("The webhook is removed. Updates wait at Telegram until `run` polls for them.")
