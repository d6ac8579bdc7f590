"""Offices: what people are shown when they ask for a human."""

from datetime import date
from pathlib import Path

import pytest

from bot.contacts import SECRETARIAT, Contact, load
from bot.errors import SettingsError

FYN = """
[districts.fyn]
office = "Fyns Politi"
mail = "fyn@example.org"
verified_on = 2026-11-22
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "contacts.toml"


def test_without_a_file_there_is_the_secretariat_and_the_police() -> None:
    contacts = load(None)
    assert contacts.of("fyn") == contacts.of(None) == SECRETARIAT
    assert not contacts.has("fyn")
    assert SECRETARIAT.known() == ("office", "address", "phone")


def test_a_district_has_its_own_office_and_the_others_the_secretariat(
    file: Path,
) -> None:
    file.write_text(FYN)
    contacts = load(file)
    assert contacts.has("fyn")
    assert contacts.of("fyn") == Contact(
        office="Fyns Politi", mail="fyn@example.org", verified_on=date(2026, 11, 22)
    )
    assert contacts.of("fyn").known() == ("office", "mail", "verified_on")
    assert contacts.of("bornholm") == SECRETARIAT


def test_the_secretariat_can_be_made_richer(file: Path) -> None:
    file.write_text('[secretariat]\nmail = "post@example.org"\n')
    secretariat = load(file).of(None)
    assert secretariat.mail == "post@example.org"
    assert secretariat.address == SECRETARIAT.address


def test_the_example_can_be_used() -> None:
    example = Path(__file__).parents[2] / "docs" / "contacts.example.toml"
    assert load(example).has("fyn")


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
