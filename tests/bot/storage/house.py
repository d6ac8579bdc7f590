"""A place of its own for each test: database, key store and key file in a folder."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.addressing import TELEGRAM
from bot.storage import Session, Store, migrate
from bot.storage.copies.restoring import Restored, restore
from bot.storage.keys.sealing import seal
from bot.storage.tables import Person
from tests.support.folders import copy_tables

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass(frozen=True)
class House:
    """One installation: a key file, and two databases, in files or on a server."""

    folder: Path
    #: Names the databases on a server; files lie in the folder.
    url_of: Callable[[str], str] | None = None

    @property
    def url(self) -> str:
        return self._url("konfliktraad")

    @property
    def keys_url(self) -> str:
        return self._url("keys")

    @property
    def key_file(self) -> Path:
        return self.folder / "konfliktraad.key"

    def migrate(self) -> "House":
        """Make the tables as the command does."""
        migrate(self.url)
        return self

    def furnish(self) -> "House":
        """Put a file with the tables there, which takes no time."""
        copy_tables(self.folder / "konfliktraad.db")
        return self

    def open(self) -> Store:
        return Store(self.url, keys_url=self.keys_url, key_file=self.key_file)

    def _url(self, name: str) -> str:
        if self.url_of is not None:
            return self.url_of(name)
        return f"sqlite:///{self.folder}/{name}.db"

    def restore(self, file: Path, *, replace: bool = False) -> Restored:
        return restore(
            file,
            self.url,
            keys_url=self.keys_url,
            key_file=self.key_file,
            now=lambda: NOON,
            replace=replace,
        )


def move_in(store: Store, account: int) -> tuple[str, bytes]:
    """Let somebody write to the bot for the first time."""
    person_id, key = store.keys.enrol(str(account))
    store.run_now(_add_person, person_id, key, account)
    return person_id, key


def _add_person(session: Session, person_id: str, key: bytes, account: int) -> None:
    handle = seal(key, "people", "reply_handle", person_id, str(account))
    session.add(
        Person(
            id=person_id,
            language="da",
            channel=TELEGRAM,
            reply_handle=handle,
            created_at=NOON,
        )
    )
