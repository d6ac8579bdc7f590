"""Offices: what people are shown when they ask for a human."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from bot import catalogue, contacts
from bot.contacts import (
    SECRETARIAT,
    About,
    Contact,
    Contacts,
    HelpNumber,
    known_numbers,
)
from bot.errors import SettingsError

FYN = """
[districts.fyn]
office = "Fyns Politi"
mail = "fyn@example.org"
verified_on = 2026-11-22
"""
HELP = """
[[help]]
number = "116 111"
name_da = "BørneTelefonen"
name_en = "BørneTelefonen (for children)"
about = "young"

[[help]]
number = "114"
name_da = "Politiet"
name_en = "The police"

[[help]]
number = "112"
name_da = "Alarm"
name_en = "Emergency"
verified_on = 2026-11-22
"""


WORDS = catalogue.load()
KNOWN = known_numbers(WORDS)


def load(path: Path | None) -> Contacts:
    return contacts.load(path, WORDS)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "contacts.toml"


def test_without_a_file_there_is_the_secretariat_and_the_police() -> None:
    offices = load(None)
    assert offices.of("fyn") == offices.of(None) == SECRETARIAT
    assert not offices.has("fyn")
    assert SECRETARIAT.known() == ("office", "address", "phone")


def test_a_district_has_its_own_office_and_the_others_the_secretariat(
    file: Path,
) -> None:
    file.write_text(FYN)
    offices = load(file)
    assert offices.has("fyn")
    assert offices.of("fyn") == Contact(
        office="Fyns Politi", mail="fyn@example.org", verified_on=date(2026, 11, 22)
    )
    assert offices.of("fyn").known() == ("office", "mail", "verified_on")
    assert offices.of("bornholm") == SECRETARIAT


def test_the_secretariat_can_be_made_richer(file: Path) -> None:
    file.write_text('[secretariat]\nmail = "post@example.org"\n')
    secretariat = load(file).of(None)
    assert secretariat.mail == "post@example.org"
    assert secretariat.address == SECRETARIAT.address


def test_the_example_can_be_used() -> None:
    example = Path(__file__).parents[2] / "docs" / "contacts.example.toml"
    assert load(example).has("fyn")
    assert numbers(load(example).help_numbers) == numbers(KNOWN)


def numbers(shown: Iterable[HelpNumber]) -> list[str]:
    return [one.number for one in shown]


@pytest.mark.parametrize("content", ["", FYN])
def test_without_any_of_its_own_a_file_leaves_the_known_help_numbers(
    file: Path, content: str
) -> None:
    file.write_text(content)
    assert load(file).help_numbers == load(None).help_numbers == KNOWN


def test_the_numbers_of_a_file_take_the_place_of_all_others(file: Path) -> None:
    file.write_text(HELP)
    young, police, alarm = load(file).help_numbers
    assert (young.about, police.about) == (About.YOUNG, About.EVERYBODY)
    assert (police.verified_on, alarm.verified_on) == (None, date(2026, 11, 22))
    assert (young.names["da"], alarm.names["en"]) == ("BørneTelefonen", "Emergency")


def test_112_comes_first_and_what_is_for_the_young_next_and_only_to_them(
    file: Path,
) -> None:
    file.write_text(HELP)
    assert numbers(load(file).help_for(adult=False)) == ["112", "116 111", "114"]
    assert numbers(load(file).help_for(adult=True)) == ["112", "114"]
    known = ["112", "116 111", "114", "116 006", "1888", "70 201 201"]
    assert numbers(load(None).help_for(adult=False)) == known
    known.remove("116 111")
    assert numbers(load(None).help_for(adult=True)) == known


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[districts.fyn\n", "line 1"),
        ("districts = 3\n", "districts: a table is expected"),
        ("[districts.atlantis]\n", "atlantis is unknown"),
        ("[secretariat]\nfax = '1'\n", "secretariat: fax is unknown"),
        ("[offices]\n", "offices is unknown"),
        (FYN.replace("office", "hours"), "districts.fyn.office: the name"),
        (FYN.replace("2026-11-22", "'yesterday'"), "districts.fyn.verified_on: a date"),
        (FYN.replace("2026-11-22", "2026-11-22T12:00:00Z"), "verified_on: a date"),
        (FYN.replace("mail", "hours"), "districts.fyn: a phone or a mail"),
        (FYN.replace('"fyn@example.org"', "114"), "districts.fyn.mail: a text"),
        ("help = '112'\n", "help: tables are expected"),
        ("help = []\n", "help: the number 112 is missing"),
        (HELP.replace('"112"', '"911"'), "help: the number 112 is missing"),
        (HELP.replace('"112"', "112"), "help 3.number: a text"),
        (HELP.replace("name_da", "name"), "help 1: name is unknown"),
        (HELP.replace('name_en = "The police"\n', ""), "help 2.name_en: it is missing"),
        (HELP.replace("young", "old"), "help 1.about: it is one of everybody, young"),
        (HELP.replace("2026-11-22", "true"), "help 3.verified_on: a date"),
    ],
)
def test_a_wrong_file_is_told_with_the_place(
    file: Path, content: str, complaint: str
) -> None:
    file.write_text(content)
    with pytest.raises(SettingsError, match=complaint) as caught:
        load(file)
    assert "KONFLIKTRAAD_CONTACTS" in str(caught.value)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path)
