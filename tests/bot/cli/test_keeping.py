"""Copies are made and brought back at the command line."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.bot.cli.terminal import Desk, Terminal
from tests.support.town import Town

OPEN = "case open --district fyn --relation other"


def test_an_evening_copy_brings_the_cases_back(office: Terminal) -> None:
    office.prints(OPEN)
    evening = office.gets("case list", kind=list)
    printed = office.prints("backup evening.db")
    assert printed == "evening.db holds 1 cases and 0 people, and was checked.\n"
    office.prints(OPEN)

    refused = office.types("restore evening.db")
    assert refused.code == 1
    assert "--replace" in refused.sentence
    assert "gone" in office.prints("restore evening.db --replace")
    assert office.gets("case list", kind=list) == evening


def test_a_new_machine_needs_both_copies_and_the_key_file(office: Terminal) -> None:
    office.prints(OPEN)
    cases = office.gets("case list", kind=list)
    office.prints("backup cases.db")
    printed = office.prints("keys backup keys.db")
    assert "Keep it elsewhere" in printed
    with closing(sqlite3.connect("keys.db")) as copied:
        row = copied.execute("SELECT value FROM meta WHERE name = 'fingerprint'")
        assert str(row.fetchone()[0]) in printed

    key = Path("var/konfliktraad.key").read_bytes()
    shutil.rmtree("var")
    result = office.types("restore cases.db")
    assert result.code == 1
    assert "The key store is new" in result.sentence

    shutil.rmtree("var")
    Path("var").mkdir()
    shutil.copy("keys.db", "var/keys.db")
    Path("var/konfliktraad.key").write_bytes(key)
    office.prints("restore cases.db")
    assert office.gets("case list", kind=list) == cases


def test_what_was_copied_is_told_for_scripts(office: Terminal) -> None:
    office.prints(OPEN)
    told = office.gets("backup cases.db", kind=dict)
    assert told["file"] == "cases.db"
    assert told["rows"]["parties"] == 2
    assert office.gets("keys backup keys.db", kind=dict)["rows"]["keys"] == 0
    back = office.gets("restore cases.db --replace", kind=dict)
    assert back == {"cases": 1, "people": 0, "erased": 0, "unknown": 0}


async def test_a_copy_can_be_made_beside_the_bot_but_not_brought_back(
    town: Town, desk: Desk
) -> None:
    case = town.opens_case()
    victim = town.phone("victim")
    victim.opens(case.victim)
    await town.settles()
    copied = await desk.gets("backup copy.db", kind=dict)
    assert (copied["rows"]["cases"], copied["rows"]["people"]) == (1, 1)
    refused = await desk.types("restore copy.db --replace")
    assert refused.code == 1
    assert "stop konfliktraad run first" in refused.sentence
    assert town.archive.references() == [case.reference]
