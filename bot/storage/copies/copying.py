"""Copy rows from one database into another, and make sure that they are the same.

Rows are compared by what they mean, in one written form, as SQLite and PostgreSQL keep
them differently. They are read and written in small portions: a table may be large.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    String,
    Table,
    func,
    insert,
    select,
)
from sqlalchemy.exc import DataError, IntegrityError

from bot.errors import StorageError
from bot.storage.engine.engines import is_server
from bot.storage.notes import Notes, written

#: So many rows are in memory at a time.
_PORTION: Final = 1000


@dataclass(frozen=True, slots=True)
class Copied:
    """A table as it was copied."""

    rows: int
    #: SHA-256 over all rows in their written form, in the order of their keys.
    sha256: str


Copies: TypeAlias = Mapping[str, Copied]
_Portion: TypeAlias = Sequence[RowMapping]


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Read a database as it is at one moment; programs may go on writing to it."""
    with engine.connect() as connection:
        if is_server(engine):
            connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        with connection.begin():
            yield connection


def copy_rows(
    source: Connection, target: Connection, tables: Sequence[Table]
) -> Copies:
    """Copy tables, each after those that it refers to, in the target's transaction."""
    copied = {table.name: _copy(source, target, table) for table in tables}
    if is_server(target.engine):
        for table in tables:
            _count_on(target, table)
    return copied


def verify(target: Connection, tables: Sequence[Table], expected: Copies) -> None:
    """Read tables back; raises `StorageError` unless they hold what was copied."""
    for table in tables:
        with _read(target, table) as portions:
            found = _digest(portions)
        if found != expected[table.name]:
            raise StorageError(
                f"The table {table.name} did not read as it was written, so nothing "
                "was kept: check the disk, and whether the database has triggers of "
                "its own."
            )


def counts(connection: Connection, tables: Sequence[Table]) -> Mapping[str, int]:
    """Count the rows of tables."""
    return {
        table.name: connection.scalars(select(func.count()).select_from(table)).one()
        for table in tables
    }


def _copy(source: Connection, target: Connection, table: Table) -> Copied:
    with _read(source, table) as portions:
        return _digest(_written(target, table, portions))


def _written(
    target: Connection, table: Table, portions: Iterable[_Portion]
) -> Iterator[_Portion]:
    for rows in portions:
        try:
            target.execute(insert(table), [dict(row) for row in rows])
        except (DataError, IntegrityError) as error:
            raise StorageError(
                f"The target refuses a row of {table.name} "
                f"({type(error.orig).__name__}): the source breaks a rule there."
            ) from None
        yield rows


@contextmanager
def _read(connection: Connection, table: Table) -> Iterator[Iterable[_Portion]]:
    """Read a table in portions; what fails on the way leaves no cursor open."""
    order = [_by_bytes(connection, column) for column in table.primary_key]
    query = select(table).order_by(*order)
    # Otherwise PostgreSQL's driver would fetch the whole table at once.
    with connection.execute(query, execution_options={"stream_results": True}) as found:
        yield found.mappings().partitions(_PORTION)


def _by_bytes(
    connection: Connection, column: Column[object]
) -> ColumnElement[object] | ColumnElement[str]:
    """Sort words by their bytes, as SQLite does; other orders differ by server."""
    if isinstance(column.type, String) and is_server(connection.engine):
        return column.collate("C")
    return column


def _digest(portions: Iterable[_Portion]) -> Copied:
    rows, digest = 0, hashlib.sha256()
    for portion in portions:
        rows += len(portion)
        for row in portion:
            digest.update(_line(row))
    return Copied(rows, digest.hexdigest())


def _line(row: RowMapping) -> bytes:
    """Write a row as one line: its values in the order of their columns."""
    values = list(row.values())
    return json.dumps(values, default=_plain, sort_keys=True).encode() + b"\n"


def _plain(value: object) -> str:
    match value:
        case bytes():
            return value.hex()
        case date():
            return value.isoformat()
        case Notes():
            return json.dumps(written(value), sort_keys=True)
        case _:
            raise TypeError(f"{type(value).__name__} is kept in no table.")


def _count_on(target: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows from behind those that were copied."""
    column = table.autoincrement_column
    if column is None:
        return
    sequence = func.pg_get_serial_sequence(table.name, column.name)
    last = select(func.max(column)).scalar_subquery()
    target.execute(select(func.setval(sequence, last)).where(last.is_not(None)))
