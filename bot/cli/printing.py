"""What a command prints: sentences, tables, or JSON for scripts."""

import dataclasses
import json
from collections.abc import Sequence
from datetime import date, datetime

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

#: Where nobody looks, as in a file, lines need not fit a window.
_WIDE = 200
#: No code of ours, reference or day is longer.
_SHORT = 20


def say(text: str) -> None:
    """Print a sentence as it is; long lines are not broken, so links stay whole."""
    Console().print(Text(text), soft_wrap=True)


def complain(text: str) -> None:
    """Print what went wrong to stderr."""
    if not text.strip():
        return  # Typer has printed the help
    Console(stderr=True).print(Text(text), soft_wrap=True)


def say_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under their columns; None is a dash, a moment is shown by its day."""
    table = Table(box=SIMPLE)
    cells = [[_cell(value) for value in row] for row in rows]
    for n, column in enumerate(columns):
        # An id that is cut short cannot be copied.
        is_code = all(_is_code(row[n]) for row in cells) and n + 1 < len(columns)
        table.add_column(column, overflow="fold", no_wrap=is_code)
    for row in cells:
        table.add_row(*map(Text, row))
    console = Console()
    console.print(table, width=None if console.is_terminal else _WIDE)


def _is_code(cell: str) -> bool:
    """Tell whether a cell is one short word, which is never broken."""
    return len(cell) <= _SHORT and " " not in cell


def say_json(value: object) -> None:
    """Print a result as JSON; moments as ISO 8601 in UTC."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _cell(value: object) -> str:
    match value:
        case None:
            return "-"
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{value:%Y-%m-%d}"
        case _:
            return str(value)


def _plain(value: object) -> object:
    match value:
        case date():
            return value.isoformat()
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
        case _:
            raise TypeError(f"{type(value).__name__} cannot be printed as JSON.")
