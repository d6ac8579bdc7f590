"""The commands with which copies are made and brought back."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from bot import settings
from bot.cli.options import AsJson
from bot.cli.printing import say, say_json
from bot.errors import StorageError

keys = typer.Typer(help="The key store.", no_args_is_help=True)

_COPY = "Where the copy is put; a file of that name is replaced."
_BACKUP = "A file that konfliktraad backup has made."
_REPLACE = "Let the backup take the place of what is in the database."

To = Annotated[Path, typer.Argument(metavar="FILE", help=_COPY)]


# One command alone would otherwise be the whole group.
@keys.callback()
def _keys() -> None: ...


def backup(file: To, as_json: AsJson = False) -> None:
    """Copy the database, while the bot runs; the key store is never in it."""
    from bot.clock import Clock
    from bot.storage.backup import copy, note

    chosen = settings.load()
    never = (chosen.keys_url, chosen.key_file)
    counts = copy(chosen.database_url, file, never=never)
    # The copy is there, whether or not that can be noted for `check`.
    with suppress(StorageError):
        note(chosen.database_url, Clock().now())
    if as_json:
        say_json({"file": str(file), "rows": counts})
        return
    say(
        f"{file} holds {counts.get('cases', 0)} cases and {counts.get('people', 0)} "
        "people, and was checked."
    )


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_BACKUP)],
    replace: Annotated[bool, typer.Option("--replace", help=_REPLACE)] = False,
    as_json: AsJson = False,
) -> None:
    """Bring a backup back; who was erased since is taken out before anything runs."""
    from bot.clock import Clock
    from bot.storage.restoring import restore as bring_back

    chosen = settings.load()
    done = bring_back(
        file,
        chosen.database_url,
        keys_url=chosen.keys_url,
        key_file=chosen.key_file,
        now=Clock().now,
        replace=replace,
        require_all_holders=chosen.require_all_holders,
    )
    if as_json:
        say_json(done)
        return
    say(f"Restored: {done.cases} cases and {done.people} people.")
    if done.erased:
        say(f"{done.erased} people who were erased since were taken out again.")
    if done.unknown:
        say(
            f"{done.unknown} people have a key and do not stand in this backup: they "
            "wrote after it was made. The next konfliktraad run destroys their keys, "
            "so restore a newer backup first if there is one."
        )
    say(
        "Whatever was said after this backup was made is gone, withdrawals and hidden "
        "chats too: read docs/operations.md before you start konfliktraad run."
    )


@keys.command("backup")
def backup_keys(file: To, as_json: AsJson = False) -> None:
    """Copy the key store; keep the copy apart from those of the database."""
    from bot.storage.backup import copy, fingerprint
    from bot.storage.contents import KEY_STORE

    chosen = settings.load()
    never = (chosen.database_url, chosen.key_file)
    counts = copy(chosen.keys_url, file, of=KEY_STORE, never=never)
    opened_by = fingerprint(file)
    if as_json:
        say_json({"file": str(file), "rows": counts, "fingerprint": opened_by})
        return
    say(
        f"{file} holds the keys of {counts['keys']} people. It opens with the key file "
        f"whose fingerprint is {opened_by}, and with no other."
    )
    say(
        "Keep it elsewhere than the backups of the database and the copy of the key "
        "file, and keep only the newest: an older one brings erased people's keys back."
    )
