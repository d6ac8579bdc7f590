"""The database is away for a while, whichever it is."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from tests.support.postgres import Server
from tests.support.town import Empty, Town


@contextmanager
def away(town: Town, empty_database: Empty) -> Iterator[None]:
    """Let the database be locked, or be a server that lets nobody in."""
    url = town.desk.settings.database_url
    if isinstance(empty_database, Server):
        with empty_database.refusing(url):
            yield
        # The reader was thrown out as well.
        town.archive.engine.dispose()
        return
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
