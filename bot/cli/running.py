"""The commands that set the program up and keep it running."""

from typing import Annotated

import typer

from bot import logs, settings
from bot.cli.desk import typed
from bot.cli.options import in_language
from bot.cli.printing import say
from bot.errors import KeyFileError

_WEBHOOK = "Let Telegram deliver updates to a webhook instead of polling for them."
_NEW = "Create an empty database even if there is a key file already."
_PORT = "The port of the page on this computer."
_BROWSER = "Whether to open the page in a browser."
_LANGUAGE = "The language of the page and its phones."


def run(
    webhook: Annotated[bool, typer.Option("--webhook", help=_WEBHOOK)] = False,
) -> None:
    """Serve the bot on Telegram until Ctrl-C."""
    from bot import wiring

    chosen = settings.load()
    logs.set_up(chosen.log)
    wiring.run(chosen, by_webhook=webhook)


def demo(
    port: Annotated[int, typer.Option(min=1, max=65535, help=_PORT)] = 8080,
    browser: Annotated[bool, typer.Option(help=_BROWSER)] = True,
    language: Annotated[str | None, in_language(told=_LANGUAGE)] = None,
) -> None:
    """Try everything on this computer: phones in a web page, no Telegram needed."""
    from bot.demo import Page
    from bot.demo import demo as rehearse

    logs.set_up("plain")
    rehearse(typed, Page(port, browser, language))


def migrate(
    new: Annotated[bool, typer.Option("--new", help=_NEW)] = False,
) -> None:
    """Create the database, or migrate it to the tables of this version.

    It also creates the key file if there is none. Run it after each upgrade.
    """
    from bot import storage, wiring
    from bot.storage.copies.contents import DATABASE

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
