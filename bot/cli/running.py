"""The commands that set the program up and keep it running."""

from typing import Annotated

import typer

from bot import logs, settings
from bot.cli.desk import typed
from bot.cli.printing import say
from bot.errors import KeyFileError

_WEBHOOK = "Let Telegram bring updates instead of asking for them."
_NEW = "Make an empty database although there is a key file already."
_PORT = "The port of the page on this computer."


def run(
    webhook: Annotated[bool, typer.Option("--webhook", help=_WEBHOOK)] = False,
) -> None:
    """Run the bot on Telegram until Ctrl-C."""
    from bot import wiring

    chosen = settings.load()
    logs.set_up(chosen.log)
    wiring.run(chosen, by_webhook=webhook)


def demo(
    port: Annotated[int, typer.Option(min=1, max=65535, help=_PORT)] = 8080,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
) -> None:
    """Try everything on this computer: phones in a web page, no Telegram needed."""
    from bot.demo import demo as rehearse

    logs.set_up("plain")
    rehearse(typed, port=port, open_browser=browser)


def migrate(
    new: Annotated[bool, typer.Option("--new", help=_NEW)] = False,
) -> None:
    """Make the database, or bring it to the tables of this version."""
    from bot import storage, wiring
    from bot.storage.contents import DATABASE

    chosen = settings.load()
    is_first = not chosen.key_file.exists()
    if not is_first and not new and DATABASE.is_new(chosen.database_url):
        raise KeyFileError(
            f"There is a key file, {chosen.key_file}, but nothing is in the database: "
            "check KONFLIKTRAAD_DATABASE_URL, restore a backup, or add --new to begin "
            "with an empty one."
        )
    storage.migrate(chosen.database_url)
    with wiring.desk(chosen):
        say("The database is ready.")
    if is_first:
        say(
            f"The key file {chosen.key_file} was made. Without this file everything is "
            "lost: keep a copy of it apart from the backups."
        )
