"""A key store as it was written before there were roots: all came from the key file.

It is made by hand, with nothing of the program but the names of its tables, so that it
stays what it was.
"""

import base64
import hashlib
import hmac
import secrets
from contextlib import closing
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import text

from bot.storage.engines import open_engine
from tests.bot.storage.house import House

TABLES = (
    "CREATE TABLE keys (person_id VARCHAR(22) PRIMARY KEY, wrapped {bytes} NOT NULL)",
    """CREATE TABLE lookups (hash {bytes} PRIMARY KEY,
    person_id VARCHAR(22) NOT NULL REFERENCES keys (person_id))""",
    "CREATE INDEX ix_lookups_person_id ON lookups (person_id)",
    "CREATE TABLE meta (name VARCHAR(64) PRIMARY KEY, value VARCHAR NOT NULL)",
    "CREATE TABLE erased (person_id VARCHAR(22) PRIMARY KEY)",
)


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
        _run(house.url, [("INSERT INTO meta VALUES ('fingerprint', :a)", self._known)])

    @property
    def _known(self) -> dict[str, object]:
        return {"a": self.fingerprint}

    def _make_keys(self, url: str, people: dict[int, tuple[str, bytes]]) -> None:
        kind = "BLOB" if url.startswith("sqlite") else "BYTEA"
        steps: list[tuple[str, dict[str, object]]] = [
            *(
                (f"DROP TABLE IF EXISTS {name}", {})
                for name in ("lookups", "keys", "meta", "erased", "roots")
            ),
            *((line.format(bytes=kind), {}) for line in TABLES),
            (
                "INSERT INTO meta VALUES ('version', '1'), ('fingerprint', :a)",
                self._known,
            ),
        ]
        for account, (person_id, key) in people.items():
            row = {"a": person_id, "b": self.wrapped(person_id, key)}
            look = {"a": self.hashed("lookup", str(account)), "b": person_id}
            steps.append(("INSERT INTO keys VALUES (:a, :b)", row))
            steps.append(("INSERT INTO lookups VALUES (:a, :b)", look))
        _run(url, steps)


def wraps(house: House) -> dict[str, bytes]:
    """Read how people's keys are wrapped."""
    with closing(_Opened(house.keys_url)) as opened:
        rows = opened.all("SELECT person_id, wrapped FROM keys")
        return {str(person_id): bytes(wrapped) for person_id, wrapped in rows}


class _Opened:
    def __init__(self, url: str) -> None:
        self.engine = open_engine(url, is_reading=True, pragmas={"journal_mode": "OFF"})

    def all(self, query: str) -> list[tuple[str, bytes]]:
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def close(self) -> None:
        self.engine.dispose()


def _run(url: str, steps: list[tuple[str, dict[str, object]]]) -> None:
    engine = open_engine(
        url, pragmas={"journal_mode": "DELETE"} if "keys" in url else {}
    )
    with engine.begin() as connection:
        for statement, values in steps:
            connection.execute(text(statement), values)
    engine.dispose()
