"""Statements of every turn: put together once, and given to the driver as they are.

At each execution SQLAlchemy finds out anew what it has known since the first one; for
the few statements that every turn makes, that took longer than the database itself.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, NoReturn, TypeAlias

from sqlalchemy import Connection, Delete, Dialect, Insert, Select, Update
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

_Statement: TypeAlias = Select[*tuple[Any, ...]] | Insert | Update | Delete
_Process: TypeAlias = Callable[[Any], Any]
_Values: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Written:
    """A statement in the words of one database."""

    text: str
    #: Values that are part of the statement.
    constant: _Values
    #: What becomes of values before the driver gets them, by name.
    to_driver: Sequence[tuple[str, _Process]]
    #: What becomes of the columns of a row that the driver gives, by place.
    from_driver: Sequence[tuple[int, _Process]]
    #: Makes a row with a name for each column; None where there are no rows.
    row: Callable[[Sequence[Any]], Any] | None


class Prepared:
    """A statement that is written once for each kind of database.

    It takes part in the transaction of the connection, but whoever listens to
    SQLAlchemy's executions does not hear of it.
    """

    def __init__(self, statement: _Statement | Callable[[str], _Statement]) -> None:
        """Prepare; it is written when it is asked for the first time.

        Where it differs by the kind of database, it is made of that one's name.
        """
        self._statement: Final = statement
        self._written: Final[dict[str, _Written]] = {}

    def rows(self, connection: Connection, values: _Values) -> list[Any]:
        """Execute it and give the rows that it finds, or returns of what it wrote.

        Raises:
            DBAPIError: as an execution by SQLAlchemy does.
            KeyError: a value is missing.
        """
        dialect = connection.dialect
        one = self._written.get(dialect.name) or self._write(dialect, values)
        parameters: dict[str, Any] = {**one.constant, **values}
        for name, process in one.to_driver:
            parameters[name] = process(parameters[name])
        with closing(connection.connection.cursor()) as cursor:
            try:
                cursor.execute(one.text, parameters)
                found = cursor.fetchall() if one.row else ()
            except Exception as error:  # noqa: BLE001 - it is told which of them it is
                _raise(connection, cursor, one.text, error)
        if one.from_driver:
            found = [_read(one.from_driver, row) for row in found]
        return list(map(one.row, found)) if one.row else []

    def _write(self, dialect: Dialect, values: _Values) -> _Written:
        made = self._statement
        statement = made(dialect.name) if callable(made) else made
        written = _written(statement, dialect, values)
        self._written[dialect.name] = written
        return written


def _written(statement: _Statement, dialect: Dialect, values: _Values) -> _Written:
    """Write a statement; an insert that names no columns fills those of the values.

    Raises `TypeError` where a column has a default that only SQLAlchemy would fill in.
    """
    made = statement.compile(dialect=dialect, column_keys=list(values))
    if not isinstance(made, SQLCompiler):
        raise TypeError("Only statements can be prepared.")
    if made.insert_prefetch or made.update_prefetch or made.post_compile_params:
        raise TypeError("Name each value: defaults and lists are not filled in here.")
    by_name = {made.bind_names[bind]: bind for bind in made.bind_names}
    columns = statement.exported_columns
    to_driver = (
        (name, _in_dialect(bind.type, dialect).bind_processor(dialect))
        for name, bind in by_name.items()
    )
    from_driver = (
        (place, _in_dialect(column.type, dialect).result_processor(dialect, None))
        for place, column in enumerate(columns)
    )
    return _Written(
        text=str(made),
        constant={
            name: bind.value for name, bind in by_name.items() if not bind.required
        },
        to_driver=[(name, process) for name, process in to_driver if process],
        from_driver=[(place, process) for place, process in from_driver if process],
        row=_row([str(name) for name in columns.keys()]),  # noqa: SIM118 - no mapping
    )


def _row(names: Sequence[str]) -> Callable[[Sequence[Any]], Any] | None:
    fields: list[tuple[str, Any]] = [(name, Any) for name in names]
    return NamedTuple("Row", fields)._make if fields else None


def _read(
    from_driver: Sequence[tuple[int, _Process]], row: Sequence[Any]
) -> Sequence[Any]:
    found = list(row)
    for place, process in from_driver:
        found[place] = process(found[place])
    return found


def _in_dialect(kind: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    return kind.dialect_impl(dialect)


def _raise(
    connection: Connection, cursor: DBAPICursor, text: str, error: Exception
) -> NoReturn:
    """Raise what SQLAlchemy raises, and let it see that a connection is lost."""
    dialect = connection.dialect
    kinds = dialect.loaded_dbapi.Error
    if not isinstance(error, kinds):
        raise error
    raw = connection.connection.dbapi_connection
    if dialect.is_disconnect(error, raw, cursor):
        connection.exec_driver_sql("SELECT 1")
    raise DBAPIError.instance(
        text, None, error, kinds, hide_parameters=True, dialect=dialect
    ) from error
