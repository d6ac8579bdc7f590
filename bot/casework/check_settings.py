"""What settings and files leave open before people may be written to."""

import stat
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from bot.contacts import SETTING
from bot.errors import SettingsError
from bot.settings import PARTIES, PREFIX, Settings
from bot.webhook_settings import hook_points

_HERE: Final = ("localhost", "127.0.0.1", "::1")
_SQLITE: Final = "sqlite:///"


def settings_points(settings: Settings, misspelt: Iterable[str]) -> Iterator[str]:
    """Name what the settings leave open; a database is not needed for it."""
    yield from map(_misspelt, misspelt)
    try:
        settings.token()
    except SettingsError as missing:
        yield str(missing)
    if settings.contacts is None:
        yield (
            f"{SETTING} is missing: people are shown only the secretariat and 114. "
            "Fill in a copy of docs/contacts.example.toml and name it there."
        )
    yield from _telegram(settings)
    yield from hook_points(settings.webhook_url, settings.webhook_secret)
    yield from _limits(settings)
    if settings.roles != PARTIES:
        yield (
            f"{PREFIX}ROLES lets only {' and '.join(sorted(settings.roles))} in: add "
            "the other side, or leave it out, if both are to use the bot."
        )
    if not settings.health_port:
        yield (
            f"{PREFIX}HEALTH_PORT is not set, so nobody notices when the bot stands "
            "still: set a port and let your monitoring ask /readyz."
        )
    yield from _files(settings)


def _misspelt(name: str) -> str:
    known = [PREFIX + one.upper() for one in Settings.__slots__]
    near = get_close_matches(name, known, n=1)
    meant = f"write {near[0]} if that is meant, or remove it" if near else "remove it"
    return f"{name} stands in the environment and is no setting: {meant}."


def _telegram(settings: Settings) -> Iterator[str]:
    address = urlsplit(settings.telegram_api)
    if address.hostname in _HERE:
        yield (
            f"{PREFIX}TELEGRAM_API is on this computer: leave it out for Telegram, "
            "unless a Bot API server of your own listens there."
        )
    elif address.scheme != "https":
        yield (
            f"{PREFIX}TELEGRAM_API is plain http, so token and messages can be read on "
            "the way: write https."
        )


def _limits(settings: Settings) -> Iterator[str]:
    for name in ("chat_rate", "send_rate"):
        if not getattr(settings, name):
            yield (
                f"{PREFIX}{name.upper()} is 0, so Telegram will refuse messages when "
                "many are sent at once: leave it out."
            )


def _files(settings: Settings) -> Iterator[str]:
    database = _file(settings.database_url)
    keys = _file(settings.keys_url)
    for path in (settings.key_file, database, keys):
        if path is not None and _is_read_by_others(path):
            yield (
                f"{path} can be read by others on this computer: run chmod 600 {path}."
            )
    for path in (database, keys):
        if path is not None and _lie_together(path, settings.key_file):
            yield (
                f"The key file {settings.key_file} lies in the folder of {path}, so "
                "whoever gets a copy of that folder can read everything: move it to "
                f"another folder, and name that in {PREFIX}KEY_FILE."
            )
            return


def _file(url: str) -> Path | None:
    """Tell where a SQLite file lies; None for a database that is none."""
    is_file = url.startswith(_SQLITE)
    return Path(url.removeprefix(_SQLITE).partition("?")[0]) if is_file else None


def _is_read_by_others(path: Path) -> bool:
    others = stat.S_IRWXG | stat.S_IRWXO
    return path.exists() and bool(path.stat().st_mode & others)


def _lie_together(one: Path, other: Path) -> bool:
    return other.exists() and one.resolve().parent == other.resolve().parent
