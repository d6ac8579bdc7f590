"""Whose record it is, as only who has that person's key can tell."""

from bot.errors import StorageError
from bot.storage.consent import chain
from bot.storage.keys.sealing import unseal
from bot.storage.tables import ConsentRecord, Person


def opens(record: ConsentRecord, key: bytes) -> bool:
    """Tell whether a key is that of the person who began a record."""
    return _salt(record, key) is not None


def is_of(record: ConsentRecord, person: Person, key: bytes) -> bool:
    """Tell whether a record is that of a person, as its hash and salt show."""
    salt = _salt(record, key)
    return salt is not None and record.commitment == chain.commitment(salt, person.id)


def _salt(record: ConsentRecord, key: bytes) -> str | None:
    """Open the salt; None where there is none, or the key is another one."""
    if record.salt is None:
        return None
    try:
        return unseal(key, "consents", "salt", record.id, record.salt)
    except (StorageError, ValueError):  # a key that cannot be read itself is too short
        return None
