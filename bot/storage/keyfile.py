"""The key file: 32 random bytes from which every other key comes.

It lies apart from database, key store and their backups. Without it nothing personal
can be read, and no other file can be made to replace it.
"""

import base64
import binascii
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import KeyFileError

_LENGTH: Final = 32


@dataclass(frozen=True, slots=True)
class Derived:
    """The keys that come from the key file, one for each use."""

    #: Wraps the data key of each person.
    wrapping: bytes = field(repr=False)
    #: Hashes Telegram accounts.
    lookup: bytes = field(repr=False)
    #: Hashes the tokens of links.
    token: bytes = field(repr=False)
    #: Hashes the words with which hidden people come back.
    word: bytes = field(repr=False)
    #: Hashes receipts.
    receipt: bytes = field(repr=False)
    #: Hashes that somebody made sure of a holder.
    verification: bytes = field(repr=False)


def derive(secret: bytes) -> Derived:
    """Derive the key of each use from the secret of the key file."""
    return Derived(
        wrapping=_expand(secret, "wrapping"),
        lookup=_expand(secret, "lookup"),
        token=_expand(secret, "token"),
        word=_expand(secret, "word"),
        receipt=_expand(secret, "receipt"),
        verification=_expand(secret, "verification"),
    )


def fingerprint(secret: bytes) -> str:
    """Tell key files apart without telling anything of the secret."""
    return _expand(secret, "fingerprint")[:8].hex()


def secret_of(
    path: Path, *, database: str | None, keys: str | None, has_keys: bool
) -> bytes:
    """Read the secret, or make the file when nothing has been stored yet.

    Args:
        path: where the key file lies.
        database: the fingerprint that the database keeps; None before first use.
        keys: the fingerprint that the key store keeps; None before first use.
        has_keys: whether the key store holds the key of anybody.

    Raises:
        KeyFileError: the three do not belong together, or the file is unreadable.
    """
    if keys is None and database is not None:
        raise KeyFileError(
            "The key store is new but the database is in use: point "
            "KONFLIKTRAAD_KEYS_URL to its key store, or restore that from its backup."
        )
    if database is None and has_keys:
        raise KeyFileError(
            "The database is new but the key store holds people's keys: point "
            "KONFLIKTRAAD_DATABASE_URL and KONFLIKTRAAD_KEYS_URL to files that "
            "belong together."
        )
    if not path.exists():
        return _make(path, in_use=keys is not None)
    secret = _read(path)
    if not {database, keys} <= {None, fingerprint(secret)}:
        raise KeyFileError(
            f"The key file {path} is not the one that database and key store were "
            "made with: put the right one there (KONFLIKTRAAD_KEY_FILE)."
        )
    return secret


def _make(path: Path, *, in_use: bool) -> bytes:
    if in_use:
        raise KeyFileError(
            f"The key file {path} is missing and nothing can be read without it: put "
            "your copy back, or point KONFLIKTRAAD_KEY_FILE to it."
        )
    secret = secrets.token_bytes(_LENGTH)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64encode(secret) + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise KeyFileError(
            f"The key file {path} cannot be made ({error.strerror}); check "
            "KONFLIKTRAAD_KEY_FILE and that this user may write there."
        ) from error
    return secret


def _read(path: Path) -> bytes:
    try:
        secret = base64.b64decode(path.read_bytes().strip(), validate=True)
    except (OSError, binascii.Error) as error:
        raise KeyFileError(
            f"The key file {path} cannot be read; put your copy back, or check "
            "KONFLIKTRAAD_KEY_FILE and who may read it."
        ) from error
    if len(secret) != _LENGTH:
        raise KeyFileError(
            f"{path} is not a key file of this program; check KONFLIKTRAAD_KEY_FILE."
        )
    return secret


def _expand(secret: bytes, use: str) -> bytes:
    info = f"konfliktraad/{use}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret)
