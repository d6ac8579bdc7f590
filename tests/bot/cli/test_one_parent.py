"""One parent has the authority after all: who goes, who cannot, and what is said."""

import sys

import pytest

from tests.bot.cli.record import SAFE, Record, opened_by
from tests.bot.cli.test_parent_links import Window

YOUNG = f"--age-band 15_17 --confession yes {SAFE} --may-ask-holders"
ONE = "case party --who offender:1 --authority one --by Birgit"
NO = "--answer refused --method phone"
STOP = "--answer withdrawn --method phone"


@pytest.fixture
def asked(record: Record) -> Record:
    """Both parents of a child are to be asked, and everybody else has said yes."""
    record.agrees("victim:1")
    record.agrees("offender:1", f"{YOUNG} --authority both")
    return record


def says_yes(record: Record, n: int) -> None:
    record.informs(n)
    record.says(f"holder:{n}")


def holders(record: Record) -> list[tuple[int, str]]:
    _, offender = record.shown()["parties"]
    return [(one["n"], one["state"]) for one in offender["holders"]]


@pytest.mark.parametrize("first", ["refused", "withdrawn"])
def test_a_yes_is_not_let_go_of_where_a_no_would_stay(
    asked: Record, first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if first == "withdrawn":
        says_yes(asked, 1)
    asked.says("holder:1", f"--answer {first} --method phone")
    says_yes(asked, 2)
    assert asked.verifies("--holder 2 --method call").code == 0
    monkeypatch.setattr(sys, "stdin", Window("y\n"))
    refused = asked.terminal.types(ONE, asked.reference)
    assert refused.code == 2
    assert "let go of holder:2 of offender:1 and keep the no of holder:1" in (
        refused.sentence
    )
    assert "konfliktraad case end" in refused.sentence
    assert asked.terminal.types(ONE, asked.reference, "--json").code == 2
    assert holders(asked) == [(1, first), (2, "verified")]


def test_a_new_case_goes_by_the_one_who_has_the_authority(asked: Record) -> None:
    asked.says("holder:1", NO)
    says_yes(asked, 2)
    end = "case end --reason other --by Birgit"
    asked.terminal.prints(end, asked.reference)
    anew = opened_by(asked.terminal)
    anew.agrees("victim:1")
    anew.agrees("offender:1", f"{YOUNG} --authority one")
    says_yes(anew, 1)
    assert anew.verifies().code == 0
    assert anew.status() == "confirmed"


def test_who_is_let_go_of_is_named_once(asked: Record) -> None:
    says_yes(asked, 1)
    asked.says("holder:2", NO)
    printed = asked.terminal.prints(ONE, asked.reference)
    assert "Unbound: holder:2 of offender:1." in printed
    assert asked.told("offender:1", "--authority one")["let_go"] == []
    asked.told("offender:1", "--authority both")
    asked.says("holder:2", NO)
    told = asked.told("offender:1", "--authority one")
    assert told["let_go"] == ["holder:2 of offender:1"]


def test_so_is_one_whose_link_nobody_has_opened(asked: Record) -> None:
    says_yes(asked, 1)
    asked.terminal.prints("case link --holder 2", asked.reference)
    told = asked.told("offender:1", "--authority one")
    assert told["let_go"] == ["holder:2 of offender:1"]


def test_nobody_reads_that_they_are_to_be_asked_again(asked: Record) -> None:
    """Neither on the card nor where the case is shown; who was not is still there."""
    says_yes(asked, 1)
    asked.says("holder:2", NO)
    show, card = "case show", "case card --language en --by Birgit"
    assert "holder:2 of offender:1" in asked.terminal.prints(show, asked.reference)
    asked.told("offender:1", "--authority one")
    assert holders(asked) == [(1, "stated")]
    assert "holder:2 of" not in asked.terminal.prints(show, asked.reference)
    assert "must be asked again" not in asked.terminal.prints(card, asked.reference)
    unasked = asked.verifies("--holder 2 --method call")
    assert "is not asked: there is no yes" in unasked.sentence
    asked.told("offender:1", "--authority both")
    assert holders(asked) == [(1, "stated"), (2, "expired")]


@pytest.mark.parametrize("answer", [NO, STOP])
def test_nothing_is_left_to_record_of_a_parent_who_has_said_no(
    record: Record, answer: str
) -> None:
    record.told("offender:1", "--age-band 15_17 --authority both")
    said = f"--date {record.today} --by Birgit"
    no = f"consent record --who holder:1 {answer} {said}"
    assert "to be recorded" not in record.terminal.prints(no, record.reference)
    assert record.says("holder:2", answer)["missing"] == []


def test_what_the_answer_had_raised_stays_until_somebody_has_looked(
    asked: Record,
) -> None:
    says_yes(asked, 1)
    assert asked.verifies().code == 0
    asked.says("holder:2", NO)
    asked.told("offender:1", "--authority one")
    waiting = {need["reason"] for need in asked.shown()["needs"] if not need["cleared"]}
    assert waiting == {"conflict", "holders_differ"}
    for reason in sorted(waiting):
        clear = f"case clear --reason {reason} --by Birgit"
        asked.terminal.prints(clear, asked.reference)
    assert asked.status() == "confirmed"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (NO, "removed, and their no stops nothing any more. Record it?"),
        (STOP, "removed, and their stop stops nothing any more. Record it?"),
        ("", "removed, and their yes is taken back. Record it?"),
    ],
    ids=["no", "stop", "yes"],
)
def test_at_a_terminal_the_question_says_what_fits(
    asked: Record, monkeypatch: pytest.MonkeyPatch, answer: str, told: str
) -> None:
    says_yes(asked, 1)
    says_yes(asked, 2)
    if answer:
        asked.says("holder:2", answer)
    monkeypatch.setattr(sys, "stdin", Window("n\n"))
    typed = asked.terminal.types(ONE, asked.reference)
    assert typed.code == 1
    assert f"is unbound: what they answered is {told}" in typed.out
    assert "asked too" not in typed.out


def test_it_says_so_of_a_yes_that_was_made_sure_of(
    asked: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    says_yes(asked, 1)
    says_yes(asked, 2)
    assert asked.verifies("--holder 2 --method call").code == 0
    monkeypatch.setattr(sys, "stdin", Window("n\n"))
    typed = asked.terminal.types(ONE, asked.reference)
    assert "and their verified yes is taken back" in typed.out
