"""Which tables a database has, and how it gets those of this version."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Engine, inspect, text

from bot.errors import SchemaOutdated
from bot.storage.engine.engines import clear_errors, open_engine
from bot.storage.engine.named_locks import Named, exclusive

if TYPE_CHECKING:
    from alembic.config import Config

#: The newest revision; a test holds it against the migrations.
HEAD: Final = "0009"
MIGRATIONS: Final = Path(__file__).parents[1] / "migrations"


def check_schema(engine: Engine) -> None:
    """Refuse a database that has other tables; raises `SchemaOutdated`."""
    revision = revision_of(engine)
    if revision == HEAD:
        return
    if revision is not None and revision > HEAD:
        raise SchemaOutdated(
            f"The database has tables of version {revision}, and this program is of "
            f"before, with {HEAD}: start the newer version, or restore the backup that "
            "was made before the migration."
        )
    found = "no tables yet" if revision is None else f"tables of version {revision}"
    raise SchemaOutdated(
        f"The database has {found} and this program needs version {HEAD}: "
        "run konfliktraad migrate."
    )


def revision_of(engine: Engine) -> str | None:
    """Tell the version of the tables; None for an empty database."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if revision is None else str(revision)


def migrate(url: str) -> None:
    """Bring the database to the tables of this version, all or nothing.

    Raises:
        SchemaOutdated: the tables are those of a version that this one does not know.
        StorageError: the database cannot be opened.
    """
    # Alembic takes long to import and nothing else needs it.
    from alembic import command  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    try:
        with clear_errors("database"), alembic_config(url) as config:
            command.upgrade(config, "head")
    except CommandError as error:
        raise SchemaOutdated(
            "The database has tables that this version does not know: use the newer "
            "version of the program that made them."
        ) from error


@contextmanager
def alembic_config(url: str) -> Iterator["Config"]:
    """Give Alembic's commands what they need; all they do is one transaction."""
    from alembic.config import Config  # noqa: PLC0415 - as in migrate

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    # SQLite changes a table by copying it, which foreign keys would forbid.
    engine = open_engine(url, is_patient=True, pragmas={"foreign_keys": "OFF"})
    try:
        with engine.begin() as connection:
            exclusive(connection, Named.TABLES)
            config.attributes["connection"] = connection
            yield config
    finally:
        engine.dispose()
