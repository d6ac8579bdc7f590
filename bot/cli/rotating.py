"""The commands that change the key file, and tell key files apart."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import settings
from bot.cli.caution import Caution, DryRun, Yes
from bot.cli.desk import do, opened
from bot.cli.options import AsJson
from bot.cli.printing import say, say_json
from bot.cli.progress import working
from bot.errors import KeyFileError

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.storage.copies.rotating import Rotated
    from bot.wiring import Desk

_TO = "Only make the new file, there; put it in place yourself and run this again."
_ABANDON = "Let only the key file in use open the key store, if the new one is lost."
_FILE = "A key file; if none is named, the one in use."

KeyFile = Annotated[Path | None, typer.Argument(metavar="FILE", help=_FILE)]
To = Annotated[Path | None, typer.Option("--to", metavar="FILE", help=_TO)]
Abandon = Annotated[bool, typer.Option("--abandon", help=_ABANDON)]


def rotate(
    to: To = None,
    abandon: Abandon = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Change the key file, also while the bot runs. Nobody becomes a stranger by it.

    If it was interrupted, run it again: it continues. The old file is kept beside the
    new one, and only opens copies of the key store that were made before.
    """
    if to is not None and abandon:
        raise typer.BadParameter("--to makes a new key file and --abandon gives it up.")
    with opened() as desk:
        effect = _effect(desk, to, abandon=abandon)
        Caution(yes, dry_run, as_json=as_json).ask(effect, "Go on?")
        done = _abandoned(desk) if abandon else _rotated(desk, to)
    if as_json:
        say_json(
            {
                "fingerprint": done.fingerprint,
                "waits_at": _named(done.waits_at),
                "kept_at": _named(done.kept_at),
            }
        )
        return
    if abandon:
        say(f"Only the key file {done.fingerprint} opens the key store.")
        return
    _say_rotated(done, desk.settings)


def _effect(desk: "Desk", to: Path | None, *, abandon: bool) -> str:
    from bot.storage.copies import half_rotated

    key_file = desk.settings.key_file
    if abandon:
        return (
            f"Only {key_file} opens the key store then, and the new key file does not."
        )
    if desk.store.keys.is_half_changed() and to is None:
        if (why := half_rotated.refusal(desk.store.keys, key_file)) is not None:
            raise KeyFileError(why)
        return "A change of the key file that was begun before is finished."
    if to is not None:
        return (
            f"A new key file is made as {to}. Both open the key store until the new "
            f"one lies in the place of {key_file} and this command is run again."
        )
    return (
        f"A new key file takes the place of {key_file}. The old one is kept beside it, "
        "and opens only copies of the key store that were made before."
    )


def _rotated(desk: "Desk", to: Path | None) -> "Rotated":
    from bot import casework
    from bot.casework.check_data import KeyChange
    from bot.storage.copies.rotating import rotate as change

    chosen, on = desk.settings, desk.clock.now().date()
    note = casework.note_key_change
    # Whatever stops what follows: somebody has begun it.
    do(desk, note, KeyChange.BEGUN, desk.store.keys.opened_by)
    with working("Changing the key file"):
        done = change(chosen.keys_url, chosen.key_file, on=on, to=to)
    if done.waits_at is None:
        do(desk, note, KeyChange.DONE, done.fingerprint)
    return done


def _abandoned(desk: "Desk") -> "Rotated":
    from bot import casework
    from bot.casework.check_data import KeyChange
    from bot.storage.copies.rotating import abandon

    done = abandon(desk.settings.keys_url, desk.settings.key_file)
    do(desk, casework.note_key_change, KeyChange.GIVEN_UP, done.fingerprint)
    return done


def _say_rotated(done: "Rotated", chosen: "Settings") -> None:
    if done.waits_at is not None:
        say(
            f"The new key file is {done.waits_at}, with the fingerprint "
            f"{done.fingerprint}. Put it in the place of {chosen.key_file} on every "
            "machine, restart what serves, and run konfliktraad keys rotate again: "
            "until then the old one opens the key store too."
        )
        return
    say(
        f"The key file {chosen.key_file} is a new one, with the fingerprint "
        f"{done.fingerprint}; no older one opens the key store any more."
    )
    say(
        "Now run konfliktraad keys backup over the copy of before, put a copy of the "
        "new key file in its safe place, and record that with konfliktraad check "
        "--key-copied. What serves may go on, and uses the new one when it next starts."
    )
    if done.kept_at is not None:
        say(
            f"The old one is kept as {done.kept_at}, for copies of the key store that "
            "were made before. Remove it, and its copies, when there are none."
        )


def fingerprint(file: KeyFile = None, as_json: AsJson = False) -> None:
    """Tell the fingerprint of a key file, by which copies say which one they need."""
    from bot.storage.keys import keyfile

    path = file or settings.load().key_file
    found = keyfile.fingerprint(keyfile.read(path))
    if as_json:
        say_json({"file": str(path), "fingerprint": found})
        return
    say(found)


def _named(path: Path | None) -> str | None:
    return None if path is None else str(path)
