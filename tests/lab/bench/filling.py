"""Makes a database large: strangers with the rows of somebody who is there.

Everything of one person is copied under new ids, so that the rows are as long as real
ones, whatever columns a version has. What is sealed in them opens for nobody.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from bot.storage.engine.ids import new_id

#: What a copied row gets instead of what it was copied from; None: counted anew.
_PEOPLE: Final = {"id": "s.person", "talk_id": "s.talk"}
_TABLES: Final[Mapping[str, Mapping[str, str | None]]] = {
    "talks": {"id": "s.talk", "person_id": "s.person", "open_row": "NULL"},
    "outbox": {"id": None, "person_id": "s.person", "refers_to": "NULL"},
    "heard": {"id": None, "person_id": "s.person"},
}
_KEYS: Final = {"person_id": "s.person"}
_LOOKUPS: Final = {"hash": "randomblob(32)", "person_id": "s.person"}


def fill(folder: Path, people: int) -> None:
    """Let so many people be stored in `konfliktraad.db` and `keys.db`."""
    main, keys = folder / "konfliktraad.db", folder / "keys.db"
    with closing(sqlite3.connect(main, isolation_level=None)) as database:
        database.execute("PRAGMA synchronous=OFF")
        database.execute("PRAGMA cache_size=-400000")
        database.execute("ATTACH ? AS keys", (str(keys),))
        database.execute("BEGIN")
        (there,) = database.execute("SELECT count(*) FROM people").fetchone()
        (model,) = database.execute("SELECT min(id) FROM people").fetchone()
        _draw(database, people - there)
        _copy(database, "people", "id", model, _PEOPLE)
        for table, fresh in _TABLES.items():
            _copy(database, table, "person_id", model, fresh)
        _copy(database, "keys.keys", "person_id", model, _KEYS)
        _copy(database, "keys.lookups", "person_id", model, _LOOKUPS)
        database.execute("COMMIT")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _draw(database: sqlite3.Connection, number: int) -> None:
    """Draw ids, in their order, as the tables are written faster so."""
    database.execute("CREATE TEMP TABLE strangers (person TEXT, talk TEXT)")
    people, talks = (sorted(new_id() for _ in range(number)) for _ in range(2))
    database.executemany(
        "INSERT INTO strangers VALUES (?, ?)", zip(people, talks, strict=True)
    )


def _copy(
    database: sqlite3.Connection,
    table: str,
    owner: str,
    model: str,
    fresh: Mapping[str, str | None],
) -> None:
    schema, _, name = table.rpartition(".")
    told = database.execute(f"PRAGMA {schema or 'main'}.table_info({name})")
    columns = [column[1] for column in told]
    wanted = {column: fresh.get(column, f"m.{column}") for column in columns}
    taken = {column: value for column, value in wanted.items() if value is not None}
    database.execute(
        f"INSERT INTO {table} ({', '.join(taken)}) "  # noqa: S608 - our own names
        f"SELECT {', '.join(taken.values())} FROM temp.strangers s "
        f"CROSS JOIN (SELECT * FROM {table} WHERE {owner} = ?) m",
        (model,),
    )
