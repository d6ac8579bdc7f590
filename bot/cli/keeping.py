"""The commands that back up and restore."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import settings
from bot.cli.caution import Caution, Yes
from bot.cli.examples import WithExamples
from bot.cli.options import AsJson
from bot.cli.printing import count, say, say_json
from bot.cli.progress import working
from bot.errors import StorageError

if TYPE_CHECKING:
    from bot.storage.copies.restoring import Restored

keys = typer.Typer(
    help="Back up and copy the key store, and change the key file.",
    no_args_is_help=True,
)

_COPY = "The file to write; an existing file of that name is replaced."
_BACKUP = "A file that `konfliktraad backup` has made."
_REPLACE = "Replace what is in the database."

BackupTarget = Annotated[Path, typer.Argument(metavar="FILE", help=_COPY)]


# One command alone would otherwise be the whole group.
@keys.callback()
def _keys() -> None: ...


def backup(file: BackupTarget, as_json: AsJson = False) -> None:
    """Back up the database, also while the bot runs. The key store is never in it."""
    from bot.clock import Clock
    from bot.storage.copies.backup import copy, note

    chosen = settings.load()
    never = (chosen.keys_url, chosen.key_file)
    with working("Copying the database"):
        counts = copy(chosen.database_url, file, never=never)
    # The copy is there, whether or not that can be noted for `check`.
    with suppress(StorageError):
        note(chosen.database_url, Clock().now())
    if as_json:
        say_json({"file": str(file), "rows": counts})
        return
    cases, people = (
        count(counts.get("cases", 0), "case"),
        _people(counts.get("people", 0)),
    )
    say(f"{file} holds {cases} and {people}, and was checked.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_BACKUP)],
    replace: Annotated[bool, typer.Option("--replace", help=_REPLACE)] = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Restore a backup, without the people who were erased since it was made.

    Stop the bot first. What was said after the backup is lost, withdrawals too. With
    --replace this cannot be undone; at a terminal the command asks first.
    """
    from bot.clock import Clock
    from bot.storage.copies.restoring import restore as bring_back

    chosen = settings.load()
    if replace:
        Caution(yes, as_json=as_json).ask(
            f"Everything in the database is replaced by {file}. What was said after "
            "that backup was made is lost, withdrawals and hidden chats too.",
            "Replace it?",
        )
    with working("Restoring the database"):
        done = bring_back(
            file,
            chosen.database_url,
            keys_url=chosen.keys_url,
            key_file=chosen.key_file,
            now=Clock().now,
            replace=replace,
            require_all_holders=chosen.require_all_holders,
        )
    say_json(done) if as_json else _say_restored(done)


def _say_restored(done: "Restored") -> None:
    say(f"Restored: {count(done.cases, 'case')} and {_people(done.people)}.")
    if done.erased:
        say(f"Removed again, because they were erased since: {_people(done.erased)}.")
    if done.unknown:
        say(
            f"Not in this backup, as they wrote after it was made: "
            f"{_people(done.unknown)}. The next konfliktraad run destroys their keys, "
            "so restore a newer backup first if there is one."
        )
    say(
        "Whatever was said after this backup was made is gone, withdrawals and hidden "
        "chats too: read docs/operations.md before you start konfliktraad run."
    )


def _people(number: int) -> str:
    return count(number, "person", "people")


@keys.command("backup", cls=WithExamples)
def backup_keys(file: BackupTarget, as_json: AsJson = False) -> None:
    """Back up the key store. Keep the copy apart from backups of the database."""
    from bot.storage.copies.backup import copy, key_files
    from bot.storage.copies.contents import KEY_STORE

    chosen = settings.load()
    never = (chosen.database_url, chosen.key_file)
    with working("Copying the key store"):
        counts = copy(chosen.keys_url, file, of=KEY_STORE, never=never)
    opened_by = key_files(file)
    if as_json:
        say_json({"file": str(file), "rows": counts, "key_files": opened_by})
        return
    say(
        f"{file} holds the keys of {_people(counts['keys'])}. It opens with the key "
        f"file whose fingerprint is {' or '.join(opened_by)}, and with no other."
    )
    say(
        "Keep it elsewhere than the backups of the database and the copy of the key "
        "file, and keep only the newest: an older one brings erased people's keys back."
    )
