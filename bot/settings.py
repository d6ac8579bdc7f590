"""Settings from the environment and, behind it, the file `.env`.

The only module that reads the environment.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlsplit

from bot.errors import SettingsError
from bot.webhook_settings import (
    HERE,
    WebhookSettings,
    read_port,
    read_secret,
    read_url,
    refuse_weak,
)
from flows.facts import Role
from flows.rules.days import REMINDED_AFTER

T = TypeVar("T")

PREFIX: Final = "KONFLIKTRAAD_"
_TOKEN: Final = re.compile(r"\d+:[\w-]+", re.ASCII)
#: NAME=value, in quotes or not, with or without a remark.
_LINE: Final = re.compile(
    r"""(?:export\s+)?(?P<name>\w+)\s*=\s*(["']?)(?P<value>.*?)\2\s*(?:\s\#.*)?"""
)
_MOST_DAYS: Final = 365
_MOST_A_SECOND: Final = 1000
_MOST_PORTS: Final = 65535
_TRUTHS: Final = {"true": True, "false": False}
_LOGS: Final = ("plain", "json")
#: The parties who may use the bot, unless set otherwise.
PARTIES: Final = frozenset({Role.VICTIM, Role.OFFENDER})
#: The ways in which an address of PostgreSQL may begin; all mean the same driver.
_POSTGRESQL: Final = ("postgresql", "postgres", "postgresql+psycopg")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, each as KONFLIKTRAAD_ and its name in capitals."""

    #: The bot's token from BotFather.
    telegram_token: str | None = field(default=None, repr=False)
    #: Base URL of the Bot API: Telegram's, or your own Bot API server.
    telegram_api: str = "https://api.telegram.org"
    #: The main database: cases, people, messages. A SQLite file, or `postgresql://…`.
    database_url: str = field(default="sqlite:///var/konfliktraad.db", repr=False)
    #: The key store: the key of each person. A SQLite file, or `postgresql://…`; a
    #: database of its own, backed up apart from the main one.
    keys_url: str = field(default="sqlite:///var/keys.db", repr=False)
    #: The key file, which unlocks the key store; `konfliktraad keys rotate` changes it.
    #: Without it nothing can be read.
    key_file: Path = Path("var/konfliktraad.key")
    #: A TOML file with the offices of the districts and the help numbers; start from
    #: `docs/contacts.example.toml`.
    contacts: Path | None = None
    #: Days for which a link is valid; no link outlives its case.
    link_days: int = 30
    #: Days after which a case ends if no mediator has taken it.
    case_days: int = 21
    #: How often the bot reminds a parent who does not answer, at most: 0, 1 or 2.
    holder_reminders: int = 2
    #: Whether a child needs the yes of every holder of parental authority (`true`), or
    #: of one (`false`).
    require_all_holders: bool = True
    #: Messages per second to one chat; 0 for no limit.
    chat_rate: float = 1.0
    #: Messages per second to all chats together; 0 for no limit.
    send_rate: float = 30.0
    #: Port on this computer for `/healthz`, `/readyz` and `/metrics`; 0 for none.
    health_port: int = 0
    #: For `run --webhook`: the public https URL to which Telegram delivers updates.
    webhook_url: str | None = field(default=None, repr=False)
    #: For `run --webhook`: what Telegram shows us there, so that nobody else can
    #: deliver updates; at least 32 characters (`openssl rand -hex 32`).
    webhook_secret: str | None = field(default=None, repr=False)
    #: The address of this computer on which a webhook worker listens.
    webhook_host: str = HERE
    #: The port on which a webhook worker listens.
    webhook_port: int = 8443
    #: The sides of a case that may use the bot; everybody else is referred to a human.
    #: Staff always may.
    roles: frozenset[Role] = PARTIES
    #: Format of the log: `plain` or `json`; not set: plain at a terminal, otherwise
    #: JSON.
    log: str | None = None

    def token(self) -> str:
        """Give the token where it cannot be done without; raises `SettingsError`."""
        if self.telegram_token is None:
            raise SettingsError(
                f"{PREFIX}TELEGRAM_TOKEN is missing: put the token that BotFather "
                "gave you into the environment or into .env."
            )
        return self.telegram_token

    def hook(self) -> WebhookSettings:
        """Give the webhook where one is to be served; raises `SettingsError`."""
        if self.webhook_url is None or self.webhook_secret is None:
            raise SettingsError(
                f"run --webhook needs {PREFIX}WEBHOOK_URL, the https address to which "
                f"Telegram brings updates, and {PREFIX}WEBHOOK_SECRET: make that with "
                "openssl rand -hex 32."
            )
        refuse_weak(self.webhook_secret)
        return WebhookSettings(
            self.webhook_url, self.webhook_secret, self.webhook_host, self.webhook_port
        )


_NAMES: Final = frozenset(PREFIX + one.name.upper() for one in fields(Settings))


def load(
    environ: Mapping[str, str] | None = None, file: Path = Path(".env")
) -> Settings:
    """Read the settings; what the environment says goes before the file.

    Raises:
        SettingsError: a setting or a line of the file is wrong; it is named, its value
            is not shown.
    """
    given = {**_from_file(file), **(os.environ if environ is None else environ)}
    found = _Found({name: value.strip() for name, value in given.items()})
    plain = Settings()
    return Settings(
        telegram_token=found.get("TELEGRAM_TOKEN", _token, None),
        telegram_api=found.get("TELEGRAM_API", _address, plain.telegram_api),
        database_url=found.get("DATABASE_URL", database, plain.database_url),
        keys_url=found.get("KEYS_URL", database, plain.keys_url),
        key_file=found.get("KEY_FILE", Path, plain.key_file),
        contacts=found.get("CONTACTS", _existing, None),
        link_days=found.get("LINK_DAYS", _days, plain.link_days),
        case_days=found.get("CASE_DAYS", _days, plain.case_days),
        holder_reminders=found.get(
            "HOLDER_REMINDERS", _reminders, plain.holder_reminders
        ),
        require_all_holders=found.get(
            "REQUIRE_ALL_HOLDERS", _truth, plain.require_all_holders
        ),
        chat_rate=found.get("CHAT_RATE", _rate, plain.chat_rate),
        send_rate=found.get("SEND_RATE", _rate, plain.send_rate),
        health_port=found.get("HEALTH_PORT", _port, plain.health_port),
        webhook_url=found.get("WEBHOOK_URL", read_url, None),
        webhook_secret=found.get("WEBHOOK_SECRET", read_secret, None),
        webhook_host=found.get("WEBHOOK_HOST", str, plain.webhook_host),
        webhook_port=found.get("WEBHOOK_PORT", read_port, plain.webhook_port),
        roles=found.get("ROLES", _roles, plain.roles),
        log=found.get("LOG", _log, plain.log),
    )


def misspelt(environ: Mapping[str, str] | None = None) -> list[str]:
    """List what the environment holds under our prefix and is no setting.

    It is not refused: a cluster may add names of its own, such as KONFLIKTRAAD_PORT.
    """
    given = os.environ if environ is None else environ
    return sorted(n for n in given if n.startswith(PREFIX) and n not in _NAMES)


@dataclass(frozen=True, slots=True)
class _Found:
    values: Mapping[str, str]

    def get(self, name: str, read: Callable[[str], T], default: T) -> T:
        """Read one setting; left empty it counts as not given."""
        value = self.values.get(PREFIX + name, "")
        if not value:
            return default
        try:
            return read(value)
        except ValueError as error:
            raise SettingsError(f"{PREFIX}{name} is wrong: {error}") from None


def _from_file(file: Path) -> dict[str, str]:
    # Lines of NAME=value need no library, and no rule of a shell applies to them.
    try:
        lines = file.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The file {file} cannot be read as UTF-8.") from error
    values = {}
    for number, line in enumerate(map(str.strip, lines), start=1):
        if not line or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise SettingsError(f"{file}, line {number}: expected NAME=value.")
        if match["name"] not in _NAMES:
            raise SettingsError(f"{file}, line {number}: no setting has this name.")
        values[match["name"]] = match["value"]
    return values


def _token(value: str) -> str:
    if not _TOKEN.fullmatch(value):
        raise ValueError("a token is digits, a colon, and letters.")
    return value


def _address(value: str) -> str:
    if not value.startswith(("https://", "http://")):
        raise ValueError("an address begins with https:// or http://.")
    return value.rstrip("/")


def database(value: str) -> str:
    """Read the address of a database; raises `ValueError`, without its value."""
    kind, _, place = value.partition("://")
    if kind == "sqlite" and place.startswith("/") and len(place) > 1:
        return value
    if kind in _POSTGRESQL and _names_database(place):
        return f"postgresql://{place}"
    raise ValueError(
        "a SQLite file is expected, as in sqlite:///var/name.db, or a database on a "
        "PostgreSQL server, as in postgresql://user:password@host/name, with %40 for "
        "an @ in the password."
    )


def _names_database(place: str) -> bool:
    try:
        address = urlsplit(f"//{place}")
        is_port_right = address.port is None or address.port > 0
    except ValueError:
        return False
    # An @ in a password that is not written as %40 would make its end a host.
    is_clear = address.netloc.count("@") <= 1
    return is_clear and is_port_right and bool(address.path.strip("/"))


def _existing(value: str) -> Path:
    path = Path(value)
    if not path.is_file():
        raise ValueError("there is no such file.")
    return path


def _days(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= _MOST_DAYS:
        raise ValueError(f"a whole number of days, 1 to {_MOST_DAYS}, is expected.")
    return int(value)


def _reminders(value: str) -> int:
    times = len(REMINDED_AFTER)
    if value not in {str(number) for number in range(times + 1)}:
        raise ValueError(f"a whole number from 0 to {times} is expected.")
    return int(value)


def _truth(value: str) -> bool:
    if value not in _TRUTHS:
        raise ValueError("true or false is expected.")
    return _TRUTHS[value]


def _rate(value: str) -> float:
    try:
        rate = float(value)
    except ValueError:
        rate = -1
    if not 0 <= rate <= _MOST_A_SECOND:
        raise ValueError(f"a number from 0 (no limit) to {_MOST_A_SECOND} is expected.")
    return rate


def _port(value: str) -> int:
    if not value.isascii() or not value.isdigit() or int(value) > _MOST_PORTS:
        raise ValueError(f"a port from 1 to {_MOST_PORTS} is expected, or 0 for none.")
    return int(value)


def _roles(value: str) -> frozenset[Role]:
    names = {name.strip() for name in value.split(",")}
    if not names <= PARTIES:
        raise ValueError(f"{' and '.join(sorted(PARTIES))} are known, with a comma.")
    return frozenset(map(Role, names))


def _log(value: str) -> str:
    if value not in _LOGS:
        raise ValueError(f"one of {' and '.join(_LOGS)} is expected.")
    return value
