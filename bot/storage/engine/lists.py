"""A list as one value of a statement, so that its text is the same for any length."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnElement,
    any_,
    bindparam,
    func,
    select,
)


def among(column: Any, name: str, dialect: str) -> ColumnElement[bool]:  # noqa: ANN401 - of a table, or mapped
    """Tell whether a column is among the list that is given under a name.

    PostgreSQL takes an array; SQLite reads JSON.
    """
    if dialect == "sqlite":
        values = func.json_each(bindparam(name, type_=JSON)).table_valued("value")
        found: ColumnElement[bool] = column.in_(select(values.c.value))
        return found
    of_column: ColumnElement[bool] = column == any_(
        bindparam(name, type_=ARRAY(column.type))
    )
    return of_column
