"""The kinds of columns that tables are made of; the same on SQLite and PostgreSQL."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
)
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

from bot.storage import notes
from bot.storage.engine.ids import LENGTH
from bot.storage.notes import Kept, Notes

# To change a JSON value, assign a new one: what is changed in place is not written.
#: Places of a talk, each a dialogue and a state.
Places = Annotated[Sequence[Sequence[str]], mapped_column(JSON)]
#: Frames of a talk, each the place that is waited for and the way that led there.
Frames = Annotated[Sequence[Sequence[Sequence[str]]], mapped_column(JSON)]
#: Small values by name.
Values = Annotated[Mapping[str, Kept], mapped_column(JSON)]
#: A random id that the program draws with `new_id`.
Id = Annotated[str, mapped_column(String(LENGTH))]
#: A word of our own vocabulary, such as a role or a status.
OneWord = Annotated[str, mapped_column(String(32))]
#: A short text, such as a reference or a label.
Short = Annotated[str, mapped_column(String(128))]
#: A text of any length.
Long = Annotated[str, mapped_column(Text)]
#: A number that Telegram gives, or that is drawn in order.
Big = Annotated[int, mapped_column(BigInteger)]
#: A primary key that counts upwards; SQLite counts only plain integers.
Counted = Annotated[
    int,
    mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
]
#: A value that only a person's key opens.
Sealed = Annotated[bytes, mapped_column(LargeBinary)]
#: A keyed hash: it can be compared, not read.
Hashed = Annotated[bytes, mapped_column(LargeBinary(32))]


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; refuses one that does not know its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's
    ) -> datetime | None:
        """Turn an aware moment into UTC; raises `ValueError` for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a zone cannot be stored.")
        return value.astimezone(UTC)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's
    ) -> datetime | None:
        """Give an aware moment in UTC; SQLite keeps no zone."""
        if value is None or value.tzinfo is not None:
            return value and value.astimezone(UTC)
        return value.replace(tzinfo=UTC)


class NotesAsJson(TypeDecorator[Notes]):
    """The notes of a talk, kept as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(
        self,
        value: Notes | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's
    ) -> Mapping[str, Kept] | None:
        """Write them."""
        return None if value is None else notes.written(value)

    def process_result_value(
        self,
        value: Mapping[str, Kept] | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's
    ) -> Notes | None:
        """Read them."""
        return None if value is None else notes.read(value)


class Table(DeclarativeBase):
    """What every table shares: named constraints and the types of columns."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, Notes: NotesAsJson}  # noqa: RUF012 - SQLAlchemy's
