"""Options that several commands share, read and checked in one way."""

import re
from datetime import date
from typing import Annotated

import typer

from flows.languages import CODES
from flows.rules.districts import DISTRICTS

_LONGEST_NAME = 64
_YOUR_NAME = "Your name, for the log."
_CODE = re.compile(r"[a-z0-9_]{1,32}")


def one_of_districts(value: str | None) -> str | None:
    """Check the id of a police district, where one is given."""
    if value is not None and value not in DISTRICTS:
        raise typer.BadParameter(
            f"there is no such police district; there are {', '.join(DISTRICTS)}."
        )
    return value


def _language(value: str | None) -> str | None:
    if value is not None and value not in CODES:
        raise typer.BadParameter(
            f"{value!r} is not one of {', '.join(map(repr, CODES))}."
        )
    return value


def in_language(*names: str, told: str | None = None) -> object:
    """Make an option that names a language by its code; `told` is its help."""
    codes = f"<{'|'.join(CODES)}>"
    return typer.Option(*names, callback=_language, metavar=codes, help=told)


def _districts() -> list[str]:
    """Offer the ids of the districts to the shell."""
    return list(DISTRICTS)


def _code(value: str) -> str:
    if not _CODE.fullmatch(value):
        raise typer.BadParameter(
            "a reason is 1 to 32 lower-case letters, digits and underscores, as in "
            "talked_by_phone."
        )
    return value


def _name(value: str | None) -> str | None:
    if value is None:
        return None
    name = value.strip()
    if not name.isprintable() or not 1 <= len(name) <= _LONGEST_NAME:
        raise typer.BadParameter(f"a name has 1 to {_LONGEST_NAME} letters.")
    return name


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter("write a day as in 2026-11-22.") from None


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
By = Annotated[
    str,
    typer.Option(callback=_name, metavar="NAME", help=_YOUR_NAME),
]
ByWhoever = Annotated[
    str | None,
    typer.Option("--by", callback=_name, metavar="NAME", help=_YOUR_NAME),
]
District = Annotated[
    str,
    typer.Option(
        callback=one_of_districts,
        autocompletion=_districts,
        help="Id of a police district, as in fyn.",
    ),
]
InDistrict = Annotated[
    str | None,
    typer.Option(
        "--district",
        callback=one_of_districts,
        autocompletion=_districts,
        help="Only cases of this police district.",
    ),
]
Name = Annotated[
    str | None,
    typer.Option(callback=_name, help="The name that colleagues know them by."),
]
ReasonOption = Annotated[
    str,
    typer.Option(
        callback=_code,
        metavar="CODE",
        help="A code, never a story, as in talked_by_phone.",
    ),
]
Reference = Annotated[
    str, typer.Argument(metavar="REF", help="Reference of the case, as in KR-7Q2M4X.")
]
Day = Annotated[
    date,
    typer.Option(
        "--date",
        parser=_day,
        metavar="DATE",
        help="The day on which it was, as in 2026-11-22.",
    ),
]
