"""Rows that somebody else may be writing at this moment: written once, or added to.

Whoever comes second waits until the first has committed, and then sees their row.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import sqlalchemy
from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite

from bot.storage.engine.columns import Table
from bot.storage.engine.prepared import Prepared

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

_Any: TypeAlias = type[Table] | sqlalchemy.Table
_Row: TypeAlias = Mapping[str, object]


def insert_once(connection: Connection, table: _Any, row: _Row) -> bool:
    """Insert a row; False when one of the same key is there already."""
    statement = _once(connection.dialect.name, table, tuple(row))
    return bool(statement.rows(connection, row))


def insert_all_once(connection: Connection, table: _Any, rows: Sequence[_Row]) -> None:
    """Insert rows, but none whose key is there already, or given twice."""
    statement = _insert(connection.dialect.name, table).values(rows)
    connection.execute(statement.on_conflict_do_nothing())


def replace(
    connection: Connection, table: _Any, key: str, rows: Sequence[_Row]
) -> None:
    """Insert rows, or give those of the same key these values."""
    statement = _insert(connection.dialect.name, table).values(rows)
    given = {name: statement.excluded[name] for name in rows[0]}
    connection.execute(
        statement.on_conflict_do_update(index_elements=[key], set_=given)
    )


def add(connection: Connection, table: _Any, number: str, rows: Sequence[_Row]) -> None:
    """Insert rows, or add their number to those of the same key.

    They are locked in the order in which they are given.
    """
    statement = _insert(connection.dialect.name, table).values(rows)
    present = statement.table.c[number]
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=statement.table.primary_key,
            set_={number: present + statement.excluded[number]},
        )
    )


@cache
def _once(dialect: str, table: _Any, _columns: tuple[str, ...]) -> Prepared:
    """Write it for rows of these columns."""
    statement = _insert(dialect, table).on_conflict_do_nothing()
    # The number of rows is not told by every driver; what was written is.
    return Prepared(statement.returning(*statement.table.primary_key))


def _insert(dialect: str, table: _Any) -> "sqlite.Insert | postgresql.Insert":
    if dialect == "sqlite":
        return sqlite.insert(table)
    # Loaded with the driver, where PostgreSQL is used.
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415

    return postgresql.insert(table)
