"""Sealing of personal values: only with the person's key, only in their own place.

The column and the row are part of the seal, so that a value that is moved to another
row cannot be read there.
"""

import hashlib
import hmac
import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import StorageError

_NONCE_LENGTH: Final = 12
#: Lengths are rounded up to this many bytes, so that a yes is as long as a no.
_BLOCK: Final = 32


def new_key() -> bytes:
    """Draw a data key."""
    return AESGCM.generate_key(256)


def seal(key: bytes, table: str, column: str, row_id: str, text: str) -> bytes:
    """Seal a text for one column of one row."""
    return seal_bytes(key, table, column, row_id, text.encode())


def unseal(key: bytes, table: str, column: str, row_id: str, sealed: bytes) -> str:
    """Read what `seal` sealed; raises `StorageError` for any other key or place."""
    return unseal_bytes(key, table, column, row_id, sealed).decode()


def seal_bytes(key: bytes, table: str, column: str, row_id: str, value: bytes) -> bytes:
    """Seal bytes, such as another key, for one column of one row."""
    nonce = secrets.token_bytes(_NONCE_LENGTH)
    padded = value + b"\x80" + bytes(-(len(value) + 1) % _BLOCK)
    return nonce + AESGCM(key).encrypt(nonce, padded, _place(table, column, row_id))


def unseal_bytes(
    key: bytes, table: str, column: str, row_id: str, sealed: bytes
) -> bytes:
    """Read what `seal_bytes` sealed; raises `StorageError` as `unseal` does."""
    nonce, rest = sealed[:_NONCE_LENGTH], sealed[_NONCE_LENGTH:]
    try:
        padded = AESGCM(key).decrypt(nonce, rest, _place(table, column, row_id))
    except (InvalidTag, ValueError) as error:
        raise StorageError(
            f"A sealed value of {table}.{column} cannot be read: it was sealed with "
            "another key or moved; restore database and key store from one backup."
        ) from error
    return padded[: padded.rindex(b"\x80")]


def hashed(key: bytes, table: str, column: str, row_id: str, text: str) -> bytes:
    """Hash a text for one column of one row.

    It tells whether another text is the same, to nobody but who has the key: without it
    not even a short word can be tried, nor two rows be compared.
    """
    # A key of its own, as the data key seals; half an emoji is a text here too.
    own = hmac.digest(key, b"hash/" + _place(table, column, row_id), hashlib.sha256)
    return hmac.digest(own, text.encode(errors="surrogatepass"), hashlib.sha256)


def _place(table: str, column: str, row_id: str) -> bytes:
    return f"{table}/{column}/{row_id}".encode()
