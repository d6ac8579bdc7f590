"""The key file is changed at the command line, and `check` tells what is left to do."""

import sys
from pathlib import Path

import pytest

from tests.bot.cli.terminal import Desk, Terminal
from tests.bot.cli.test_parent_links import Window
from tests.support.town import Town
from tests.support.walks import reads_up_to_offer

OPEN = "case open --district fyn --relation other"
KEY = Path("var/konfliktraad.key")


def test_the_file_is_changed_and_everything_stays(office: Terminal) -> None:
    office.prints(OPEN)
    cases = office.gets("case list", kind=list)
    office.prints("backup evening.db")
    first, old = office.prints("keys fingerprint").strip(), KEY.read_bytes()
    printed = office.prints("keys rotate")
    new = office.prints("keys fingerprint").strip()
    assert new != first
    assert f"with the fingerprint {new}; no older one" in printed
    (kept,) = Path("var").glob(f"konfliktraad.key.until-*-{first}")
    assert f"The old one is kept as {kept.resolve()}" in printed
    assert kept.read_bytes() == old
    assert office.prints("keys fingerprint", str(kept)).strip() == first
    assert office.gets("case list", kind=list) == cases
    office.prints("restore evening.db --replace")
    assert office.gets("case list", kind=list) == cases
    assert f"fingerprint is {new}, and" in office.prints("keys backup keys.db")


def test_what_is_left_to_do_is_an_open_point(office: Terminal) -> None:
    office.prints("case list")
    assert "--key-copied" not in office.types("check --key-copied").out
    office.prints("keys rotate")
    printed = office.types("check").out
    assert "was changed since a copy of it was confirmed" in printed
    (kept,) = Path("var").glob("konfliktraad.key.until-*")
    assert f"The old key file {kept} is still there" in printed
    kept.unlink()
    printed = office.types("check --key-copied").out
    assert "key file was changed" not in printed
    assert "old key file" not in printed


def test_a_change_in_two_steps_is_an_open_point_until_the_second(
    office: Terminal,
) -> None:
    office.prints("case list")
    made = office.gets("keys rotate --to new.key", kind=dict)
    assert made["waits_at"] == str(Path("new.key").resolve())
    sentence = f"whose fingerprint is {made['fingerprint']}, in the place of"
    assert sentence in office.types("check").out
    refused = office.types("keys rotate")
    assert refused.code == 1
    assert "put it in the place of" in refused.sentence
    assert office.types("keys rotate --dry-run").sentence == refused.sentence
    again = office.prints("keys rotate --to new.key --dry-run")
    assert again.startswith("A new key file is made as new.key.")

    Path("new.key").replace(KEY)
    assert "was not changed to the end: run" in office.types("check").out
    told = office.prints("keys rotate --dry-run")
    assert told.startswith("A change of the key file that was begun before")
    assert "no older one opens" in office.prints("keys rotate")
    assert "to the end" not in office.types("check").out


def test_a_new_file_that_is_lost_is_given_up(office: Terminal) -> None:
    office.prints("case list")
    office.prints("keys rotate --to lost.key")
    Path("lost.key").unlink()
    both = office.types("keys rotate --abandon --to other.key")
    assert both.code == 2
    first = office.prints("keys fingerprint").strip()
    assert f"Only the key file {first}" in office.prints("keys rotate --abandon")
    assert "to the end" not in office.types("check").out
    assert "nothing to abandon" in office.types("keys rotate --abandon").sentence


def test_a_new_file_that_is_damaged_is_given_up(office: Terminal) -> None:
    office.prints("case list")
    before, new = KEY.read_bytes(), KEY.with_name("konfliktraad.key.new")
    new.write_bytes(before[:9])
    for command in ("keys rotate", "keys rotate --to other.key"):
        refused = office.types(command)
        assert refused.code == 1
        assert "keys rotate --abandon, which gives the new one up" in refused.sentence
    office.prints("keys rotate --abandon")
    assert not new.exists()
    assert KEY.read_bytes() == before
    assert "no older one opens" in office.prints("keys rotate")


def test_at_a_terminal_it_is_asked_first(
    office: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.prints("case list")
    before = KEY.read_bytes()
    told = office.prints("keys rotate --dry-run")
    assert told.startswith("A new key file takes the place of var/konfliktraad.key.")
    monkeypatch.setattr(sys, "stdin", Window("n\n"))
    assert office.types("keys rotate").err == "Nothing was changed.\n"
    assert KEY.read_bytes() == before
    monkeypatch.setattr(sys, "stdin", Window("y\n"))
    assert office.types("keys rotate").code == 0
    assert KEY.read_bytes() != before


def test_what_is_no_key_file_has_no_fingerprint(office: Terminal) -> None:
    for name in ("contacts.toml", "nowhere.key"):
        refused = office.types("keys fingerprint", name)
        assert refused.code == 1
        assert name in refused.sentence


async def test_it_is_changed_beside_the_bot(
    town: Town, desk: Desk, tmp_path: Path
) -> None:
    """A letter of before opens, and what was said is read by who starts afterwards."""
    case = town.opens_case()
    victim = town.phone("victim")
    await desk.prints("keys rotate")
    await reads_up_to_offer(victim, case.victim)
    await desk.prints("keys rotate")
    await victim.answers("offer.ask_interest", "yes")
    begun, changed = map(town.archive.audit, ("key change begun", "key file changed"))
    assert [one.note for one in begun[1:]] == [one.note for one in changed[:1]]
    assert len(begun) == len(changed) == 2
    await desk.prints(f"keys rotate --to {tmp_path}/lost.key")
    await desk.prints("keys rotate --abandon")
    (given_up,) = town.archive.audit("key change given up")
    assert given_up.note == changed[-1].note
    shown = await desk.gets("case show", case.reference, kind=dict)
    assert [one["joined"] for one in shown["parties"]] == [True, False]
