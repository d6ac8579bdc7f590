"""A key store as it was written before there were roots: all came from the key file.

It is made by hand, with nothing of the program but the names of its tables, so that it
stays what it was.
"""

import base64
import hashlib
import hmac
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeAlias

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import text

from bot.storage.copies.contents import DATABASE, KEY_STORE, Contents
from tests.bot.storage.house import House

TABLES = (
    "CREATE TABLE keys (person_id VARCHAR(22) PRIMARY KEY, wrapped {bytes} NOT NULL)",
    """CREATE TABLE lookups (hash {bytes} PRIMARY KEY,
    person_id VARCHAR(22) NOT NULL REFERENCES keys (person_id))""",
    "CREATE INDEX ix_lookups_person_id ON lookups (person_id)",
    "CREATE TABLE meta (name VARCHAR(64) PRIMARY KEY, value VARCHAR NOT NULL)",
    "CREATE TABLE erased (person_id VARCHAR(22) PRIMARY KEY)",
)


_META = "INSERT INTO meta VALUES ('version', '1'), ('fingerprint', :a)"
_Values: TypeAlias = dict[str, object]
_Step: TypeAlias = tuple[str, _Values]


@dataclass(frozen=True)
class KeysOfBefore:
    """The keys of an installation from before, each derived as it was then."""

    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def derive(self, use: str) -> bytes:
        info = f"konfliktraad/{use}".encode()
        made = HKDF(algorithm=SHA256(), length=32, salt=None, info=info)
        return made.derive(self.secret)

    @property
    def fingerprint(self) -> str:
        return self.derive("fingerprint")[:8].hex()

    def hashed(self, use: str, what: str) -> bytes:
        return hmac.digest(self.derive(use), what.encode(), hashlib.sha256)

    def wrapped(self, person_id: str, key: bytes) -> bytes:
        nonce, place = secrets.token_bytes(12), f"keys/wrapped/{person_id}".encode()
        padded = key + b"\x80" + bytes(31)
        cipher = AESGCM(self.derive("wrapping"))
        return nonce + cipher.encrypt(nonce, padded, place)

    def furnish(self, house: House, people: dict[int, tuple[str, bytes]]) -> None:
        """Put key file, key store and fingerprints there, with the keys of people."""
        house.folder.mkdir(parents=True, exist_ok=True)
        house.key_file.write_bytes(base64.b64encode(self.secret) + b"\n")
        house.key_file.chmod(0o600)
        self._make_keys(house.keys_url, people)
        known = "INSERT INTO meta VALUES ('fingerprint', :a)"
        _run(DATABASE, house.url, [(known, {"a": self.fingerprint})])

    def _make_keys(self, url: str, people: dict[int, tuple[str, bytes]]) -> None:
        kind = "BLOB" if url.startswith("sqlite") else "BYTEA"
        steps: list[_Step] = [
            *(
                (f"DROP TABLE IF EXISTS {name}", {})
                for name in ("lookups", "keys", "meta", "erased", "roots")
            ),
            *((line.format(bytes=kind), {}) for line in TABLES),
            (_META, {"a": self.fingerprint}),
        ]
        for account, (person_id, key) in people.items():
            row: _Values = {"a": person_id, "b": self.wrapped(person_id, key)}
            look: _Values = {"a": self.hashed("lookup", str(account)), "b": person_id}
            steps.append(("INSERT INTO keys VALUES (:a, :b)", row))
            steps.append(("INSERT INTO lookups VALUES (:a, :b)", look))
        _run(KEY_STORE, url, steps)

    def opens(self, house: House) -> set[str]:
        """Find whose keys could be read with the key file and the key store alone."""
        cipher, found = AESGCM(self.derive("wrapping")), set[str]()
        for person_id, wrapped in wraps(house).items():
            place = f"keys/wrapped/{person_id}".encode()
            with suppress(InvalidTag):
                cipher.decrypt(wrapped[:12], wrapped[12:], place)
                found.add(person_id)
        return found


def wraps(house: House) -> dict[str, bytes]:
    """Read how people's keys are wrapped."""
    with (
        KEY_STORE.opened(house.keys_url, is_reading=True) as engine,
        engine.connect() as connection,
    ):
        rows = connection.execute(text("SELECT person_id, wrapped FROM keys"))
        return {str(person_id): bytes(wrapped) for person_id, wrapped in rows}


def _run(of: Contents, url: str, steps: list[_Step]) -> None:
    with of.opened(url) as engine, engine.begin() as connection:
        for statement, values in steps:
            connection.execute(text(statement), values)
