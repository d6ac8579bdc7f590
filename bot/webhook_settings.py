"""The webhook as it is set: where Telegram brings updates, and how it is known."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote, urlsplit

from bot.errors import SettingsError

_URL: Final = "KONFLIKTRAAD_WEBHOOK_URL"
_SECRET: Final = "KONFLIKTRAAD_WEBHOOK_SECRET"  # noqa: S105 - a setting's name
#: Telegram takes these letters only, and up to 256 of them.
_LETTERS: Final = re.compile(r"[\w-]{1,256}", re.ASCII)
_MOST_PORTS: Final = 65535
#: A shorter secret can be guessed by who has time.
_LONG_ENOUGH: Final = 32
#: A shorter one is not taken at all.
_SHORTEST: Final = 16
#: Where nobody listens in, and where Telegram cannot bring anything.
HERE: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """Where Telegram brings updates, how we know it by, and where we listen."""

    url: str = field(repr=False)
    secret: str = field(repr=False)
    host: str
    port: int

    @property
    def path(self) -> str:
        """The path that is served: that of the public address."""
        return unquote(urlsplit(self.url).path) or "/"


def read_url(value: str) -> str:
    """Read a public address; raises `ValueError`."""
    parts = urlsplit(value)
    is_safe = parts.scheme == "https" or (parts.scheme, parts.hostname) == (
        "http",
        HERE,
    )
    if not is_safe or not parts.hostname:
        raise ValueError("an address that begins with https:// is expected.")
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("an address without user, query and fragment is expected.")
    return value


def read_secret(value: str) -> str:
    """Read a secret; raises `ValueError`."""
    if not _LETTERS.fullmatch(value):
        raise ValueError("1 to 256 of A-Z a-z 0-9 _ - are expected.")
    return value


def refuse_weak(secret: str) -> None:
    """Refuse a secret that could be guessed soon; raises `SettingsError`."""
    if len(secret) < _SHORTEST:
        raise SettingsError(
            f"{_SECRET} is wrong: it has fewer than {_SHORTEST} letters and could be "
            "guessed, so make one with openssl rand -hex 32."
        )


def read_port(value: str) -> int:
    """Read the port of a webhook; raises `ValueError`."""
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= _MOST_PORTS:
        raise ValueError(f"a port from 1 to {_MOST_PORTS} is expected.")
    return int(value)


def hook_points(url: str | None, secret: str | None) -> Iterator[str]:
    """Name what the settings of a webhook leave open, if one is set."""
    if url is None:
        return
    if secret is None:
        yield (
            f"{_SECRET} is missing, without which run --webhook does not start: "
            "make one with openssl rand -hex 32."
        )
    elif len(secret) < _LONG_ENOUGH:
        yield (
            f"{_SECRET} has fewer than {_LONG_ENOUGH} letters and could be guessed: "
            "make one with openssl rand -hex 32."
        )
    if not url.startswith("https:"):
        yield (
            f"{_URL} is on this computer and no https, so Telegram cannot reach it: "
            "write the public address."
        )
