"""Whom people can call or write to, from a TOML file: offices, and help at any hour."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from bot.catalogue import Catalogue
from bot.errors import SettingsError
from flows.rules.districts import DISTRICTS

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


class About(StrEnum):
    """Whom a help number is for."""

    EVERYBODY = "everybody"
    YOUNG = "young"
    """People under 18."""


@dataclass(frozen=True, slots=True)
class HelpNumber:
    """A number to call when something is hard, and what it is called."""

    number: str
    #: What it is called in each language.
    names: Mapping[str, str]
    about: About = About.EVERYBODY
    #: When somebody last made sure that all of this is right; None: never.
    verified_on: date | None = None


#: It comes first, whatever else there is.
EMERGENCY: Final = "112"

#: Where no file says otherwise: the number, the end of the id of the text that names
#: it, whom it is for, and the date of the only source that has one.
_KNOWN: Final = (
    (EMERGENCY, "emergency", About.EVERYBODY, None),
    ("114", "police", About.EVERYBODY, None),
    ("116 006", "victim_support", About.EVERYBODY, None),
    ("1888", "violence", About.EVERYBODY, None),
    ("116 111", "children", About.YOUNG, None),
    ("70 201 201", "suicide", About.EVERYBODY, date(2015, 10, 26)),
)


def known_numbers(catalogue: Catalogue) -> tuple[HelpNumber, ...]:
    """List the help numbers to show where no file names any."""
    return tuple(
        HelpNumber(
            number,
            {
                language: catalogue.text(f"care.help.{name}", language)
                for language in catalogue.languages
            },
            about,
            verified_on,
        )
        for number, name, about, verified_on in _KNOWN
    )


@dataclass(frozen=True, slots=True)
class Contacts:
    """All offices and help numbers that are known."""

    secretariat: Contact
    districts: Mapping[str, Contact]
    help_numbers: tuple[HelpNumber, ...]

    def of(self, district: str | None) -> Contact:
        """Give the office of a district, or the secretariat where none is known."""
        return self.districts.get(district or "", self.secretariat)

    def has(self, district: str) -> bool:
        """Tell whether a district has an office of its own here."""
        return district in self.districts

    def help_for(self, *, adult: bool) -> list[HelpNumber]:
        """List the numbers to show: the emergency, those for the young, the others."""
        return sorted(
            (n for n in self.help_numbers if not (adult and n.about is About.YOUNG)),
            key=lambda n: (n.number != EMERGENCY, n.about is not About.YOUNG),
        )


def load(path: Path | None, catalogue: Catalogue) -> Contacts:
    """Read the file that `KONFLIKTRAAD_CONTACTS` names; without one, the fall-back.

    A help number is named in every language of the catalogue.

    Raises:
        SettingsError: the file is wrong; the line or the key is named.
    """
    known = known_numbers(catalogue)
    if path is None:
        return Contacts(SECRETARIAT, {}, known)
    content = _table(_parsed(path), "the file", ("secretariat", "districts", "help"))
    offices = _table(content.get("districts", {}), "districts", DISTRICTS)
    return Contacts(
        _secretariat(content.get("secretariat", {})),
        {name: _district(name, office) for name, office in offices.items()},
        _help(content["help"], catalogue.languages) if "help" in content else known,
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


def _help(content: object, languages: tuple[str, ...]) -> tuple[HelpNumber, ...]:
    if not isinstance(content, list):
        raise _wrong("help", "tables are expected, each under a line [[help]]")
    numbers = tuple(
        _help_number(f"help {n}", at, languages) for n, at in enumerate(content, 1)
    )
    if EMERGENCY not in {number.number for number in numbers}:
        raise _wrong("help", f"the number {EMERGENCY} is missing")
    return numbers


def _help_number(place: str, content: object, languages: tuple[str, ...]) -> HelpNumber:
    keys = {language: f"name_{language}" for language in languages}
    given = _table(content, place, ("number", *keys.values(), "about", "verified_on"))
    number = _needed(given, place, "number")
    names = {language: _needed(given, place, key) for language, key in keys.items()}
    about = given.get("about", About.EVERYBODY)
    if about not in set(About):
        raise _wrong(f"{place}.about", f"it is one of {', '.join(About)}")
    verified_on = given.get("verified_on")
    if verified_on is not None and type(verified_on) is not date:
        raise _wrong(f"{place}.verified_on", "a date such as 2026-11-22 is expected")
    return HelpNumber(number, names, About(str(about)), verified_on)


def _needed(given: Mapping[str, object], place: str, key: str) -> str:
    value = _text(given, place, key)
    if value is None:
        raise _wrong(f"{place}.{key}", "it is missing")
    return value


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
