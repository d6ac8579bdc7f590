"""One parent has the authority after all: who goes, who cannot, and what is said."""

import sys

import pytest

from tests.bot.cli.record import SAFE, Record, opened_by
from tests.bot.cli.test_parent_links import Window

YOUNG = f"--age-band 15_17 --confession yes {SAFE} --may-ask-holders"
ONE = "case party --who offender:1 --authority one --by Birgit"
NO = "--answer refused --method phone"
STOP = "--answer withdrawn --method phone"
#: The second parent never had the authority.
DENIED = "case party --no-authority holder:2 --how register --by Birgit"


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
    assert "would unbind holder:2 of offender:1, and holder:1 has said no" in (
        refused.sentence
    )
    assert '--no-authority "holder:1 of offender:1"' in refused.sentence
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
    says_yes(asked, 2)
    printed = asked.terminal.prints(ONE, asked.reference)
    assert "Unbound: holder:2 of offender:1." in printed
    assert asked.told("offender:1", "--authority one")["let_go"] == []
    asked.told("offender:1", "--authority both")
    says_yes(asked, 2)
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
    asked.terminal.prints(DENIED, asked.reference)
    assert holders(asked) == [(1, "stated")]
    assert "\nholder:2 of" not in asked.terminal.prints(show, asked.reference)
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
    asked.terminal.prints(DENIED, asked.reference)
    waiting = {need["reason"] for need in asked.shown()["needs"] if not need["cleared"]}
    assert waiting == {"conflict", "holders_differ"}
    for reason in sorted(waiting):
        clear = f"case clear --reason {reason} --party offender:1 --how call --by B"
        asked.terminal.prints(clear, asked.reference)
    assert asked.status() == "confirmed"


@pytest.mark.parametrize(
    ("command", "answer", "told"),
    [
        (DENIED, NO, "removed, and their no stops nothing any more. Record it?"),
        (DENIED, STOP, "removed, and their stop stops nothing any more. Record it?"),
        (DENIED, "", "removed, and their yes is taken back. Record it?"),
        (ONE, "", "removed, and their yes is taken back. Record it?"),
    ],
    ids=["no", "stop", "yes", "one parent"],
)
def test_at_a_terminal_the_question_says_what_fits(
    asked: Record,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    answer: str,
    told: str,
) -> None:
    says_yes(asked, 1)
    says_yes(asked, 2)
    if answer:
        asked.says("holder:2", answer)
    monkeypatch.setattr(sys, "stdin", Window("n\n"))
    typed = asked.terminal.types(command, asked.reference)
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


@pytest.mark.parametrize("answer", [NO, STOP])
def test_a_parents_no_is_undone_by_no_word_of_the_office(
    asked: Record, answer: str
) -> None:
    """Not by one authority, not by a new link, not by settling what it has raised."""
    says_yes(asked, 1)
    says_yes(asked, 2)
    for n in (1, 2):
        assert asked.verifies(f"--holder {n} --method call").code == 0
    asked.says("holder:2", answer)
    refused = asked.terminal.types(ONE, asked.reference)
    assert refused.code == 2
    assert "holder:2 has said no; nothing has changed" in refused.sentence
    asked.terminal.prints("case link --who holder:2", asked.reference)
    for why in ("", "--because asked_again"):
        anew = asked.terminal.types(
            f"case link --who offender:1 {why}", asked.reference
        )
        assert anew.code == 2
        assert "A parent of offender:1" in anew.sentence
    everything = asked.terminal.types(
        "case clear --all --how call --by B", asked.reference
    )
    assert everything.code == 2
    assert "conflict of offender:1" in everything.sentence
    clear = "case clear --reason conflict --party offender:1 --how call --by B"
    asked.terminal.prints(clear, asked.reference)
    assert asked.status() != "confirmed"


def test_who_never_had_the_authority_stays_on_record(asked: Record) -> None:
    """And whoever is left is the first one, whichever number they had."""
    asked.says("holder:1", NO)
    says_yes(asked, 2)
    assert asked.verifies("--holder 2 --method call").code == 0
    for refused in (
        "case party --no-authority holder:1 --by Birgit",
        "case party --no-authority holder:1 --how court --who offender:1 --by Birgit",
        "case party --no-authority holder:1 --how court --fear no --by Birgit",
        "case party --who offender:1 --how court --fear no --by Birgit",
        "case party --no-authority holder:3 --how court --by Birgit",
        "case party --fear no --by Birgit",
    ):
        assert asked.terminal.types(refused, asked.reference).code == 2
    assert holders(asked) == [(1, "refused"), (2, "verified")]

    denied = DENIED.replace("holder:2", "holder:1").replace("register", "court")
    told = asked.terminal.gets(denied, asked.reference, kind=dict)
    assert told["unbound"] == "holder:1 of offender:1"
    again = asked.terminal.types(denied, asked.reference)
    assert again.code == 2
    assert "whoever has this number now is somebody else" in again.sentence
    assert holders(asked) == [(1, "verified")]
    for reason in ("conflict", "holders_differ"):
        clear = f"case clear --reason {reason} --party offender:1 --how file --by B"
        asked.terminal.types(clear, asked.reference)
    assert asked.status() == "confirmed"
    _, offender = asked.shown()["parties"]
    [kept] = offender["no_authority"]
    assert (kept["n"], kept["stood"], kept["source"]) == (1, "refused", "court")
    shown = asked.terminal.prints("case show", asked.reference)
    assert "Once holder:1 of offender:1 (was refused): never had parental" in shown


def test_where_the_only_parent_has_no_authority_nobody_knows_who_has(
    record: Record,
) -> None:
    record.agrees("victim:1")
    record.agrees("offender:1", f"{YOUNG} --authority one")
    says_yes(record, 1)
    assert record.verifies().code == 0
    assert record.status() == "confirmed"
    denied = DENIED.replace("holder:2", "holder:1")
    record.terminal.prints(denied, record.reference)
    waiting = [n["reason"] for n in record.shown()["needs"] if not n["cleared"]]
    assert waiting == ["holders_unclear"]
    card = record.terminal.prints("case card --by B --language en", record.reference)
    assert "never had parental authority (according to a register)" in card
    clear = "case clear --reason holders_unclear --party offender:1 --how call --by B"
    record.terminal.prints(clear, record.reference)
    assert record.status() == "collecting", "a parent is still to be asked"
