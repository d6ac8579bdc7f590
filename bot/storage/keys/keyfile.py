"""The key file: 32 random bytes that unlock the root in the key store.

It lies apart from database, key store and their backups. Without it nothing personal
can be read. Nothing else comes from it, so that `rotating` can change it.
"""

import base64
import binascii
import os
import secrets
from collections.abc import Iterator
from datetime import date
from errno import EPERM
from pathlib import Path
from stat import S_IMODE, S_IRWXO
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import KeyFileError
from bot.storage.engine.disk import to_disk

_LENGTH: Final = 32
#: Between the name of the key file and the last day of one that it has replaced.
_UNTIL: Final = ".until-"


def new_secret() -> bytes:
    """Draw what a key file holds."""
    return secrets.token_bytes(_LENGTH)


def fingerprint(secret: bytes) -> str:
    """Tell key files apart without telling anything of the secret."""
    return expand(secret, "fingerprint")[:8].hex()


def expand(secret: bytes, use: str) -> bytes:
    """Derive the key of one use; it tells nothing of the others."""
    info = f"konfliktraad/{use}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret)


def read(path: Path) -> bytes:
    """Read the secret; raises `KeyFileError` if that is none."""
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


def is_there(path: Path) -> bool:
    """Tell whether a key file lies there; where nobody may look, reading it says so."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def make(path: Path) -> bytes:
    """Make the first key file of an installation, with a new secret in it."""
    secret = new_secret()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write(path, secret)
    except OSError as error:
        raise KeyFileError(
            f"The key file {path} cannot be made ({error.strerror}); check "
            "KONFLIKTRAAD_KEY_FILE and that this user may write there."
        ) from error
    return secret


def write(path: Path, secret: bytes, *, like: Path | None = None) -> None:
    """Write a key file, all of it or nothing; raises `OSError`.

    Its owner alone may read it. If it is to be `like` another file, whoever could read
    that one can read it too, as whoever serves must; everybody else never can.
    """
    seen = like.stat() if like is not None else None
    if seen is not None and os.geteuid() not in {0, seen.st_uid}:
        raise PermissionError(EPERM, f"{like} belongs to another user", str(path))
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        if seen is not None:
            os.fchown(descriptor, seen.st_uid, seen.st_gid)
            os.fchmod(descriptor, S_IMODE(seen.st_mode) & ~S_IRWXO)
        file.write(base64.b64encode(secret) + b"\n")
        file.flush()
        os.fsync(descriptor)
    part.replace(path)
    to_disk(path.parent)


def kept_as(path: Path, secret: bytes, on: date) -> Path:
    """Name the place beside a key file where it stays after it was replaced."""
    return path.with_name(f"{path.name}{_UNTIL}{on}-{fingerprint(secret)}")


def kept_beside(path: Path) -> list[Path]:
    """List the key files that were replaced and still lie there, oldest first."""
    return sorted(path.parent.glob(f"{path.name}{_UNTIL}*"))


def beside(path: Path, wanted: str) -> Path | None:
    """Find the key file of a fingerprint among those that lie beside another one."""
    for one, found in _all_beside(path):
        if found == wanted:
            return one
    return None


def _all_beside(path: Path) -> Iterator[tuple[Path, str]]:
    for one in sorted(path.parent.glob(f"{path.name}.*")):
        try:
            yield one, fingerprint(read(one))
        except KeyFileError:
            continue
