"""Copies are made and brought back at the command line."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot import settings, wiring
from bot.clock import Clock
from bot.storage import lease
from tests.bot.cli.terminal import Desk, Terminal
from tests.support.town import Town

OPEN = "case open --district fyn --relation other"


def test_an_evening_copy_brings_the_cases_back(office: Terminal) -> None:
    office.prints(OPEN)
    evening = office.gets("case list", kind=list)
    printed = office.prints("backup evening.db")
    assert printed == "evening.db holds 1 case and 0 people, and was checked.\n"
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
    assert office.prints("keys fingerprint").strip() in printed

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


def test_everything_moves_to_another_place(
    office: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.prints(OPEN)
    cases = office.gets("case list", kind=list)
    old, new = "--from sqlite:///var/{}.db", "--to sqlite:///new/{}.db"
    copied = office.gets(f"copy {old} {new}".format("konfliktraad", "k"), kind=dict)
    assert copied["tables"]["cases"]["rows"] == 1
    assert len(copied["tables"]["cases"]["sha256"]) == 64
    printed = office.prints(f"keys copy {old} {new}".format("keys", "keys"))
    assert "KONFLIKTRAAD_KEYS_URL" in printed

    again = office.types(f"copy {old} {new}".format("konfliktraad", "k"))
    assert again.code == 1
    assert again.sentence.endswith("Nothing was copied.")
    monkeypatch.setenv("KONFLIKTRAAD_DATABASE_URL", "sqlite:///new/k.db")
    monkeypatch.setenv("KONFLIKTRAAD_KEYS_URL", "sqlite:///new/keys.db")
    assert office.gets("case list", kind=list) == cases


def test_an_address_that_cannot_be_read_is_not_shown(office: Terminal) -> None:
    refused = office.types("copy --from sqlite:///a.db --to mysql://me:secret@here/x")
    assert refused.code == 2
    assert "secret" not in refused.sentence


def test_nothing_is_copied_while_the_bot_runs(office: Terminal) -> None:
    elsewhere = replace(lease.this_process(), machine=None)
    with wiring.desk(settings.load()) as opened:
        opened.store.run_now(lease.take, "serving", elsewhere, Clock().now())
    for command, name in (("copy", "konfliktraad"), ("keys copy", "keys")):
        urls = f"--from sqlite:///var/{name}.db --to sqlite:///new.db"
        refused = office.types(f"{command} {urls}")
        assert refused.code == 3
        assert "stop it" in refused.sentence
    assert not Path("new.db").exists()
