"""A database with something in every column of every table."""

from datetime import timedelta
from itertools import count

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    Integer,
    LargeBinary,
    String,
    insert,
)

from bot.storage.copies.contents import Contents
from bot.storage.engine.columns import NotesAsJson
from bot.storage.notes import Notes
from tests.bot.storage.house import NOON

#: In the order of no alphabet.
NAMES = ("aa", "Z", "å", "_")


def furnish(of: Contents, url: str) -> None:
    """Put a row of each name into every table."""
    with of.opened(url) as engine, engine.begin() as connection:
        for table in of.tables:
            for number, name in zip(count(7), NAMES, strict=False):
                row = {c.name: _value(c, number, name) for c in table.columns}
                connection.execute(insert(table).values(row))


def _value(column: Column[object], number: int, name: str) -> object:
    of_kind: dict[type[object], object] = {
        String: name,
        Boolean: bool(number % 2),
        Integer: number,
        Float: number / 3,
        LargeBinary: name.encode().ljust(32, b"\0"),
        JSON: {"å": [number, None, True, name]},
        NotesAsJson: Notes(district=name, menu=number, unread=(("å", number),)),
        Date: NOON.date(),
    }
    for kind, value in of_kind.items():
        if isinstance(column.type, kind):
            return value
    return NOON + timedelta(microseconds=number)
