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
_UNLIMITED = 10_000
#: A column of long words can be folded to this width and still be read.
_FOLDED = 10
#: No id of ours is longer, and no name of a party or a holder.
_LONGEST_CODE, _LONGEST_PERSON = 32, 24


def say(text: str) -> None:
    """Print a sentence as it is; long lines are not broken, so links stay whole."""
    Console().print(Text(text), soft_wrap=True)


def complain(text: str) -> None:
    """Print what went wrong to stderr."""
    if not text.strip():
        return  # Typer has printed the help
    Console(stderr=True).print(Text(text), soft_wrap=True)


def count(n: int, one: str, many: str | None = None) -> str:
    """Write a number of things: 1 case, 2 cases, 1,000 people."""
    return f"{n:,} {one if n == 1 else many or f'{one}s'}"


def say_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under their columns; None is a dash, a moment is shown by its day.

    If a window is too narrow for a code to stay whole, each row becomes a list.
    """
    cells = [[_cell(value) for value in row] for row in rows]
    console = Console()
    width = console.width if console.is_terminal else _WIDE
    unlimited = console.options.update(max_width=_UNLIMITED)
    narrowest = _table(columns, cells, widest=_FOLDED)
    if console.measure(narrowest, options=unlimited).minimum > width:
        _say_lists(columns, cells)
    else:
        console.print(_table(columns, cells), width=width)


def _table(
    columns: Sequence[str], cells: Sequence[Sequence[str]], widest: int | None = None
) -> Table:
    """Lay rows out; columns that may be folded are at most so wide."""
    table = Table(box=SIMPLE)
    for n, column in enumerate(columns):
        # What is broken or cut short cannot be copied.
        if all(_stays_whole(row[n]) for row in cells):
            least = max((len(row[n]) for row in cells), default=0)
            table.add_column(column, no_wrap=True, min_width=least)
        else:
            table.add_column(column, overflow="fold", max_width=widest)
    for row in cells:
        table.add_row(*map(Text, row))
    return table


def _say_lists(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    for row in cells:
        say("")
        for column, cell in zip(columns, row, strict=True):
            say(f"{column}: {cell}")


def _stays_whole(cell: str) -> bool:
    """Tell whether a cell is so short that it is never broken."""
    is_code = len(cell) <= _LONGEST_CODE and " " not in cell
    return is_code or len(cell) <= _LONGEST_PERSON


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
