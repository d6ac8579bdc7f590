"""The command `check`: what is still open before people may be written to."""

from collections.abc import Iterator
from typing import Annotated

import typer

from bot import settings
from bot.cli.desk import do, opened
from bot.cli.options import AsJson
from bot.cli.printing import say, say_json
from bot.errors import StorageError

_KEY_COPIED = "Record that a copy of the key file is in a safe place."


def check(
    key_copied: Annotated[bool, typer.Option("--key-copied", help=_KEY_COPIED)] = False,
    as_json: AsJson = False,
) -> None:
    """Name what is missing before you go live; exit code 1 if anything is."""
    points = list(_points(key_copied=key_copied))
    if as_json:
        say_json({"open": points})
    else:
        for point in points:
            say(f"- {point}")
        say(f"Open points: {len(points)}." if points else "Nothing is open.")
    raise typer.Exit(bool(points))


def _points(*, key_copied: bool) -> Iterator[str]:
    from bot import casework

    yield from casework.settings_points(settings.load(), settings.misspelt())
    try:
        with opened() as desk:
            if key_copied:
                do(desk, casework.confirm_key_copy)
            yield from do(desk, casework.open_points, desk.settings)
    except StorageError as error:
        yield str(error)
