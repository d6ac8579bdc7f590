"""Every revision goes up, down and up again, with rows in the tables."""

from collections.abc import Sequence
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, Table, inspect, text

from bot.errors import SchemaOutdated, StorageError
from bot.storage.engine.engines import open_engine
from bot.storage.engine.schema import (
    HEAD,
    MIGRATIONS,
    alembic_config,
    check_schema,
    revision_of,
)
from bot.storage.tables import Person
from tests.bot.storage.house import House
from tests.bot.storage.revisions import ROWS


def revisions() -> list[str]:
    script = ScriptDirectory(str(MIGRATIONS))
    return [found.revision for found in script.walk_revisions()][::-1]


def fill(connection: Connection, revision: str) -> None:
    for name, row in ROWS[revision].items():
        table = Table(name, MetaData(), autoload_with=connection)
        connection.execute(table.insert().values(row))


def upgrade(house: House, revision: str) -> None:
    with alembic_config(house.url) as config:
        command.upgrade(config, revision)


def downgrade(house: House, revision: str) -> None:
    with alembic_config(house.url) as config:
        command.downgrade(config, revision)


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def broken_keys(connection: Connection) -> Sequence[Any]:
    """List foreign keys that lead nowhere; PostgreSQL never lets them."""
    if connection.dialect.name == "postgresql":
        return []
    return connection.execute(text("PRAGMA foreign_key_check")).all()


def people(connection: Connection) -> list[str]:
    return list(connection.scalars(text("SELECT id FROM people")))


def test_the_program_asks_for_the_newest_revision() -> None:
    assert revisions()[-1] == HEAD
    assert set(ROWS) == set(revisions())


@pytest.mark.parametrize("revision", revisions())
def test_each_revision_goes_up_down_and_up_with_rows(
    empty: House, revision: str
) -> None:
    upgrade(empty, revision)
    engine = open_engine(empty.url)
    before = tables(engine)
    with engine.begin() as connection:
        fill(connection, revision)
        assert people(connection) == ["ida"]
    engine.dispose()
    downgrade(empty, "-1")
    upgrade(empty, revision)
    assert tables(engine) == before
    with engine.begin() as connection:
        assert broken_keys(connection) == []
    assert revision_of(engine) == revision
    engine.dispose()


def test_what_was_said_by_telegram_is_known_by_the_same_numbers(empty: House) -> None:
    """Also after a way back and forth: hiding deletes by them, and order goes by them.

    What came in is not taken for new.
    """
    upgrade(empty, "0007")
    engine = open_engine(empty.url)
    with engine.begin() as connection:
        fill(connection, "0005")
        connection.execute(text("UPDATE outbox SET message_id = 5000000000"))
        seen = "INSERT INTO seen_updates (update_id, at) VALUES (5000000001, :at)"
        connection.execute(text(seen), {"at": "2026-01-01 12:00:00+00:00"})
    upgrade(empty, "0008")
    downgrade(empty, "0007")
    upgrade(empty, "0008")
    with engine.connect() as connection:
        ours = "SELECT channel, message_key, number FROM outbox"
        theirs = "SELECT channel, message_key, number FROM heard"
        events = "SELECT channel, event_id FROM seen_updates"
        assert connection.execute(text(ours)).all() == [
            ("telegram", "5000000000", 5000000000)
        ]
        assert connection.execute(text(theirs)).all() == [("telegram", "8", 8)]
        assert connection.execute(text(events)).all() == [("telegram", "5000000001")]
    engine.dispose()


def test_nobody_is_lost_who_writes_by_another_messenger(empty: House) -> None:
    engine = open_engine(empty.migrate().url)
    with engine.begin() as connection:
        fill(connection, HEAD)
        connection.execute(text("UPDATE people SET channel = 'letter'"))
    with pytest.raises(StorageError, match="another messenger"):
        downgrade(empty, "0007")
    with engine.connect() as connection:
        assert people(connection) == ["ida"]
    engine.dispose()


def test_a_program_of_before_asks_for_no_migration_that_it_cannot_make(
    empty: House,
) -> None:
    engine = open_engine(empty.migrate().url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaOutdated, match="start the newer version"):
        check_schema(engine)
    engine.dispose()


def test_what_is_still_to_be_deleted_is_not_given_to_a_version_before(
    empty: House,
) -> None:
    engine = open_engine(empty.migrate().url)
    with engine.begin() as connection:
        fill(connection, HEAD)
        connection.execute(text("UPDATE outbox SET kind = 'delete', state = 'waiting'"))
    with pytest.raises(StorageError, match="still to be deleted"):
        downgrade(empty, "0007")
    with engine.begin() as connection:
        connection.execute(text("UPDATE outbox SET state = 'sent'"))
        connection.execute(text("UPDATE seen_updates SET channel = 'letter'"))
        connection.execute(text("UPDATE seen_updates SET event_id = 'm-1'"))
    downgrade(empty, "0007")
    engine.dispose()


def test_the_tables_of_the_program_are_those_of_the_migrations(empty: House) -> None:
    engine = open_engine(empty.migrate().url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Person.metadata) == []
    engine.dispose()


def test_nothing_is_left_after_the_last_step_down(empty: House) -> None:
    empty.migrate()
    downgrade(empty, "base")
    engine = open_engine(empty.url)
    assert tables(engine) == set()
    assert revision_of(engine) is None
    engine.dispose()


def test_migrating_twice_from_any_folder_changes_nothing(
    empty: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(empty.migrate().url)
    with engine.begin() as connection:
        fill(connection, HEAD)
    monkeypatch.chdir("/")
    empty.migrate()
    check_schema(engine)
    with engine.connect() as connection:
        assert people(connection) == ["ida"]
    engine.dispose()


def test_a_migration_that_fails_leaves_the_database_as_it_was(empty: House) -> None:
    engine = open_engine(empty.url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE talks (in_the_way INTEGER)"))
    with pytest.raises(StorageError, match="already exists"):
        empty.migrate()
    assert tables(engine) == {"talks"}
    engine.dispose()


def test_whoever_refers_to_a_row_is_found_by_an_index(house: House) -> None:
    """Otherwise deleting somebody would read all that there is of everybody."""
    engine = open_engine(house.url)
    inspector = inspect(engine)
    unled = []
    for table in tables(engine):
        leading = {key["column_names"][0] for key in inspector.get_indexes(table)}
        unique = inspector.get_unique_constraints(table)
        leading |= {key["column_names"][0] for key in unique}
        leading |= set(inspector.get_pk_constraint(table)["constrained_columns"][:1])
        for key in inspector.get_foreign_keys(table):
            column = key["constrained_columns"][0]
            unled += [f"{table}.{column}"] if column not in leading else []
    engine.dispose()
    assert unled == []
