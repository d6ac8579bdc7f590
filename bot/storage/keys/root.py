"""The root: the random secret in the key store from which every other key comes.

It has two halves. A key store from before there were roots has the bytes of its first
key file as the half that hashes, so that everybody stays known and everything that was
written stays valid; but people's keys hang on the other half, which that file never
was, and which it opens no more once another one has taken its place.
"""

import secrets
from dataclasses import dataclass, field
from typing import Final

from bot.errors import StorageError
from bot.storage.keys import keyfile
from bot.storage.keys.sealing import seal_bytes, unseal_bytes

_HALF: Final = 32


@dataclass(frozen=True, slots=True)
class Root:
    """Both halves of the root."""

    #: What people's keys are wrapped with comes from it.
    sealing: bytes = field(repr=False)
    #: What accounts, tokens, words, receipts and verifications are hashed with does.
    hashing: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Derived:
    """The keys that come from the root, one for each use."""

    #: Wraps the data key of each person.
    wrapping: bytes = field(repr=False)
    #: Opens what the first key file has wrapped, before there were roots.
    wrapping_before: bytes = field(repr=False)
    #: Hashes the names of accounts.
    lookup: bytes = field(repr=False)
    #: Hashes the tokens of links.
    token: bytes = field(repr=False)
    #: Hashes the words with which hidden people come back.
    word: bytes = field(repr=False)
    #: Hashes receipts.
    receipt: bytes = field(repr=False)
    #: Hashes that somebody made sure of a holder.
    verification: bytes = field(repr=False)

    def wrap(self, person_id: str, key: bytes) -> bytes:
        """Wrap a person's data key."""
        return seal_bytes(self.wrapping, "keys", "wrapped", person_id, key)

    def unwrap(self, person_id: str, wrapped: bytes) -> bytes:
        """Open a person's data key; raises `StorageError`."""
        try:
            return _opened(self.wrapping, person_id, wrapped)
        except StorageError:
            return _opened(self.wrapping_before, person_id, wrapped)

    def wrap_anew(self, person_id: str, wrapped: bytes) -> bytes | None:
        """Wrap again what the first key file has wrapped; None if it has not."""
        try:
            return self.wrap(
                person_id, _opened(self.wrapping_before, person_id, wrapped)
            )
        except StorageError:
            return None


def _opened(wrapping: bytes, person_id: str, wrapped: bytes) -> bytes:
    return unseal_bytes(wrapping, "keys", "wrapped", person_id, wrapped)


def draw() -> Root:
    """Draw the root of a new key store."""
    return Root(secrets.token_bytes(_HALF), secrets.token_bytes(_HALF))


def inherit(secret: bytes) -> Root:
    """Make the root of a key store whose hashes came from the key file itself."""
    return Root(secrets.token_bytes(_HALF), secret)


def derive(root: Root) -> Derived:
    """Derive the key of each use."""
    return Derived(
        wrapping=keyfile.expand(root.sealing, "wrapping"),
        wrapping_before=keyfile.expand(root.hashing, "wrapping"),
        lookup=keyfile.expand(root.hashing, "lookup"),
        token=keyfile.expand(root.hashing, "token"),
        word=keyfile.expand(root.hashing, "word"),
        receipt=keyfile.expand(root.hashing, "receipt"),
        verification=keyfile.expand(root.hashing, "verification"),
    )


def fingerprint(root: Root) -> str:
    """Tell which database and key store belong together, whatever the key file."""
    return keyfile.fingerprint(root.hashing)


def wrap(root: Root, secret: bytes) -> bytes:
    """Wrap the root for one key file."""
    key, by = keyfile.expand(secret, "root"), keyfile.fingerprint(secret)
    return seal_bytes(key, "roots", "wrapped", by, root.sealing + root.hashing)


def unwrap(secret: bytes, wrapped: bytes) -> Root:
    """Open the root with a key file; raises `StorageError`."""
    key, by = keyfile.expand(secret, "root"), keyfile.fingerprint(secret)
    both = unseal_bytes(key, "roots", "wrapped", by, wrapped)
    return Root(both[:_HALF], both[_HALF:])
