"""A change of the key file that was not made to the end."""

from pathlib import Path
from typing import Final

from bot.errors import KeyFileError
from bot.storage.keys import keyfile
from bot.storage.keys.keystore import KeyStore

HALF_ABANDONED: Final = (
    "Giving up the new key file was not finished: run konfliktraad keys rotate "
    "--abandon again."
)


def lies_elsewhere(fingerprint: str, key_file: Path) -> str:
    """Say what to do with a new key file that is not beside the one in use."""
    return (
        f"Another new key file was made, whose fingerprint is {fingerprint}: put it in "
        f"the place of {key_file} and run konfliktraad keys rotate again. If it is "
        "lost, run konfliktraad keys rotate --abandon."
    )


def waiting_file(path: Path) -> Path:
    """Name the place beside a key file where the new one waits."""
    return path.with_name(f"{path.name}.new")


def fingerprint_of_new(waiting: Path) -> str | None:
    """Tell the fingerprint of a new key file; None where there is none.

    Raises:
        KeyFileError: what lies there cannot be read.
    """
    if not waiting.exists():
        return None
    try:
        return keyfile.fingerprint(keyfile.read(waiting))
    except KeyFileError as error:
        raise KeyFileError(
            f"The new key file {waiting} cannot be read; the one in use is as it was. "
            "Check who may read it, or run konfliktraad keys rotate --abandon, which "
            "gives the new one up, and begin again."
        ) from error


def refusal(keys: KeyStore, key_file: Path) -> str | None:
    """Tell why a change that was begun cannot go on as it is; None where it can."""
    if keys.is_half_abandoned():
        return HALF_ABANDONED
    newest = keys.key_files()[-1]
    ours = fingerprint_of_new(waiting_file(key_file.resolve()))
    return (
        None if newest in {keys.opened_by, ours} else lies_elsewhere(newest, key_file)
    )


def unfinished(keys: KeyStore, key_file: Path) -> str | None:
    """Tell that the key file is being changed; None if it is not."""
    is_here = waiting_file(key_file.resolve()).exists()
    if not keys.is_half_changed() and not is_here:
        return None
    if keys.is_half_abandoned():
        return HALF_ABANDONED
    newest = keys.key_files()[-1]
    by_hand = (
        f"put the new one, whose fingerprint is {newest}, in the place of {key_file}, "
        "restart what serves, and "
        if newest != keys.opened_by and not is_here
        else ""
    )
    return (
        f"The key file was not changed to the end: {by_hand}run konfliktraad keys "
        "rotate, which goes on from there."
    )
