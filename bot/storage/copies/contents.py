"""What a database and a key store consist of, and how each is opened and made."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, Table, inspect, make_url

from bot.errors import StorageError
from bot.storage.engine import schema
from bot.storage.engine.engines import clear_errors, open_engine
from bot.storage.keys import key_tables, keystore
from bot.storage.tables import Person

#: Where it is noted of which version the tables are.
_REVISION: Final = "alembic_version"


@dataclass(frozen=True, slots=True)
class Contents:
    """One of the two kinds of databases that the program keeps."""

    name: str
    #: Each after those that it refers to.
    tables: Sequence[Table]
    #: Makes those tables of this version that a database does not have.
    make: Callable[[str], None]
    #: Settings of SQLite beside the usual ones.
    pragmas: Mapping[str, str] = field(default_factory=dict)
    #: The names of tables that older ones lack, and get when they are opened for use.
    younger: frozenset[str] = frozenset()

    @contextmanager
    def opened(self, url: str, *, is_reading: bool = False) -> Iterator[Engine]:
        """Open one; what is done with it may take as long as it takes."""
        engine = open_engine(
            url, is_reading=is_reading, is_patient=True, pragmas=self.pragmas
        )
        try:
            yield engine
        finally:
            engine.dispose()

    def is_made(self, engine: Engine, where: str) -> bool:
        """Tell whether there are tables; raises `StorageError` if they are not ours."""
        found = set(inspect(engine).get_table_names())
        if not found:
            return False
        ours = {table.name for table in self.tables}
        if not ours - self.younger <= found - {_REVISION} <= ours:
            raise StorageError(
                f"The {where} has other tables than those of a {self.name} of this "
                "version: check the address; konfliktraad migrate brings an older "
                "database up to date."
            )
        if _REVISION in found:
            schema.check_schema(engine)
        return True

    def is_new(self, url: str) -> bool:
        """Tell whether there are no tables yet; asking makes no file."""
        if is_missing(url):
            return True
        with clear_errors(self.name), self.opened(url, is_reading=True) as engine:
            return not inspect(engine).get_table_names()


DATABASE: Final = Contents("database", Person.metadata.sorted_tables, schema.migrate)
KEY_STORE: Final = Contents(
    "key store",
    key_tables.TABLES.sorted_tables,
    keystore.make,
    keystore.PRAGMAS,
    younger=frozenset({key_tables.ROOTS.name}),
)


def is_missing(url: str) -> bool:
    """Tell whether a SQLite file is not there; opening it would make it."""
    address = make_url(url)
    is_file = address.get_backend_name() == "sqlite"
    return is_file and not Path(address.database or "").is_file()
