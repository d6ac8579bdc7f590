"""The commands that copy everything to another database, as for moving to a server."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from bot import settings
from bot.cli.options import AsJson
from bot.cli.printing import say, say_json, say_table
from bot.cli.progress import working

if TYPE_CHECKING:
    from bot.storage.copies.copying import Copied


def _address(value: str) -> str:
    try:
        return settings.database(value)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


#: So much of a hash stands in the table; all of it in the JSON.
_SHOWN = 16
_FROM = "The database to copy: sqlite:///PATH or postgresql://…"
_TO = "An empty database: sqlite:///PATH or postgresql://…"
From = Annotated[
    str, typer.Option("--from", callback=_address, metavar="URL", help=_FROM)
]
CopyTarget = Annotated[
    str, typer.Option("--to", callback=_address, metavar="URL", help=_TO)
]


def copy(source: From, target: CopyTarget, as_json: AsJson = False) -> None:
    """Copy the database to another place, all or nothing. Stop the bot first.

    The command creates the tables, and reads every row back to compare it. Copy the key
    store with `konfliktraad keys copy`.
    """
    from bot.clock import Clock
    from bot.storage.copies.contents import DATABASE
    from bot.storage.copies.migrating_store import copy_whole

    chosen, now = settings.load(), Clock().now
    with working("Copying the database"):
        copied = copy_whole(
            DATABASE,
            source,
            target,
            keys_url=chosen.keys_url,
            key_file=chosen.key_file,
            now=now,
        )
    _tell(copied, "KONFLIKTRAAD_DATABASE_URL", as_json=as_json)


def copy_keys(source: From, target: CopyTarget, as_json: AsJson = False) -> None:
    """Copy the key store to another place, all or nothing. Stop the bot first."""
    from bot.clock import Clock
    from bot.storage.copies.contents import KEY_STORE
    from bot.storage.copies.migrating_store import copy_whole
    from bot.storage.copies.unserved import nobody_served

    chosen, now = settings.load(), Clock().now
    with working("Copying the key store"), nobody_served(chosen.database_url, now):
        copied = copy_whole(
            KEY_STORE,
            source,
            target,
            keys_url=source,
            key_file=chosen.key_file,
            now=now,
        )
    _tell(copied, "KONFLIKTRAAD_KEYS_URL", as_json=as_json)


def _tell(copied: "Mapping[str, Copied]", setting: str, *, as_json: bool) -> None:
    if as_json:
        say_json({"tables": copied})
        return
    found = sorted(copied.items())
    rows = [(name, one.rows, one.sha256[:_SHOWN]) for name, one in found]
    say_table(("Table", "Rows", "SHA-256 begins"), rows)
    say(
        "Every row was read back and is the same. Name the new place in "
        f"{setting}, and let nothing use the old one any more."
    )
