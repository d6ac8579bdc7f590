"""The commands that set the program up and keep it running."""

import logging
from typing import Annotated

import typer

from bot import settings
from bot.cli.printing import say

_PORT = "The port of the page on this computer."


def run() -> None:
    """Run the bot on Telegram until Ctrl-C."""
    from bot import wiring

    _log()
    wiring.run(settings.load())


def demo(
    port: Annotated[int, typer.Option(min=1, max=65535, help=_PORT)] = 8080,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
) -> None:
    """Try everything on this computer: phones in a web page, no Telegram needed."""
    from bot.demo import demo as rehearse

    _log()
    rehearse(port=port, open_browser=browser)


def migrate() -> None:
    """Make the database, or bring it to the tables of this version."""
    from bot import storage, wiring

    chosen = settings.load()
    is_first = not chosen.key_file.exists()
    storage.migrate(chosen.database_url)
    with wiring.desk(chosen):
        say("The database is ready.")
    if is_first:
        say(
            f"The key file {chosen.key_file} was made. Without this file everything is "
            "lost: keep a copy of it apart from the backups."
        )


def _log() -> None:
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(message)s",
        datefmt="%Y-%m-%d %H:%M:%S",
    )
    # They tell of every answer and of every table; we note what counts ourselves.
    for library in ("transitions", "alembic"):
        logging.getLogger(library).setLevel(logging.WARNING)
