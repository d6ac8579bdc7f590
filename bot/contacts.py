"""The people to call or write to: the office of each district, from a TOML file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Final

from bot.errors import SettingsError
from flows.districts import DISTRICTS

SETTING: Final = "KONFLIKTRAAD_CONTACTS"


@dataclass(frozen=True, slots=True)
class Contact:
    """One office; a field that is None is not known and not shown."""

    office: str
    address: str | None = None
    phone: str | None = None
    mail: str | None = None
    hours: str | None = None
    #: When somebody last made sure that all of this is right.
    verified_on: date | None = None

    def known(self) -> tuple[str, ...]:
        """Name the fields that there is something to show of."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name))


#: Where no file says otherwise: the programme's own address and the police.
SECRETARIAT: Final = Contact(
    office="Sekretariat for Konfliktråd",
    address="Brogårdsvej 1, 7500 Holstebro",
    phone="114",
)


@dataclass(frozen=True, slots=True)
class Contacts:
    """All offices that are known."""

    secretariat: Contact
    districts: Mapping[str, Contact]

    def of(self, district: str | None) -> Contact:
        """Give the office of a district, or the secretariat where none is known."""
        return self.districts.get(district or "", self.secretariat)

    def has(self, district: str) -> bool:
        """Tell whether a district has an office of its own here."""
        return district in self.districts


def load(path: Path | None) -> Contacts:
    """Read the file that `KONFLIKTRAAD_CONTACTS` names; without one, the fall-back.

    Raises:
        SettingsError: the file is wrong; the line or the key is named.
    """
    if path is None:
        return Contacts(SECRETARIAT, {})
    content = _table(_parsed(path), "the file", ("secretariat", "districts"))
    offices = _table(content.get("districts", {}), "districts", DISTRICTS)
    return Contacts(
        _secretariat(content.get("secretariat", {})),
        {name: _district(name, office) for name, office in offices.items()},
    )


def _parsed(path: Path) -> object:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{SETTING}: {path} is not TOML: {error}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{SETTING}: {path} cannot be read as UTF-8.") from error


def _secretariat(content: object) -> Contact:
    place = "secretariat"
    given = _table(content, place, ("address", "mail", "phone"))
    return Contact(
        office=SECRETARIAT.office,
        address=_text(given, place, "address") or SECRETARIAT.address,
        phone=_text(given, place, "phone") or SECRETARIAT.phone,
        mail=_text(given, place, "mail"),
    )


def _district(name: str, content: object) -> Contact:
    place = f"districts.{name}"
    keys = ("office", "phone", "mail", "hours", "verified_on")
    given = _table(content, place, keys)
    office = _text(given, place, "office")
    verified_on = given.get("verified_on")
    if office is None:
        raise _wrong(f"{place}.office", "the name of the office is missing")
    if type(verified_on) is not date:
        raise _wrong(f"{place}.verified_on", "a date such as 2026-11-22 is missing")
    phone, mail = _text(given, place, "phone"), _text(given, place, "mail")
    if phone is None and mail is None:
        raise _wrong(place, "a phone or a mail is missing")
    return Contact(
        office=office,
        phone=phone,
        mail=mail,
        hours=_text(given, place, "hours"),
        verified_on=verified_on,
    )


def _table(content: object, place: str, keys: tuple[str, ...]) -> dict[str, object]:
    if not isinstance(content, dict):
        raise _wrong(place, "a table is expected")
    for key in content:
        if key not in keys:
            raise _wrong(place, f"{key} is unknown; known are {', '.join(keys)}")
    return content


def _text(given: Mapping[str, object], place: str, key: str) -> str | None:
    value = given.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise _wrong(f"{place}.{key}", "a text in quotation marks is expected")
    return value.strip()


def _wrong(place: str, what: str) -> SettingsError:
    return SettingsError(f"{SETTING}, {place}: {what}.")
