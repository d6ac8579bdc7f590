"""One way to name a person, and older spellings that scripts may use."""

import pytest

from tests.bot.cli.record import Record
from tests.bot.cli.terminal import Terminal
from tests.bot.cli.test_parent_links import opened_for_a_child

YOUNG = "--age-band 15_17 --authority both --may-ask-holders"


def test_a_holder_is_named_with_the_child_where_two_are_young(record: Record) -> None:
    for who in ("victim:1", "offender:1"):
        record.told(who, YOUNG)
    link = record.terminal.gets(
        "case link --json --who",
        "holder:1 of victim:1",
        record.reference,
        kind=dict,
    )
    assert (link["role"], link["n"]) == ("holder", 1)
    victim, offender = record.shown()["parties"]
    assert [one["n"] for one in victim["holders"]] == [1]
    assert offender["holders"] == []
    shown = record.terminal.prints("case show", record.reference)
    assert "holder:1 of victim:1: asked" in shown


@pytest.mark.parametrize(
    "spelled",
    [("--who", "holder:2"), ("--who", "holder:2 of offender:1"), ("--holder", "2")],
    ids=["short", "whole", "older"],
)
def test_one_parent_is_meant_in_every_spelling(
    record: Record, spelled: tuple[str, str]
) -> None:
    record.told("offender:1", YOUNG)
    record.says("holder:1", more="--purpose data_notice")
    asked = "case holder --by Birgit --relation father"
    record.terminal.prints(asked, *spelled, record.reference)
    record.says("holder:1", "--answer refused --method phone")
    said = f"case verify --method call --date {record.today} --by Birgit"
    refused = record.terminal.types(said, *spelled, record.reference)
    assert "there is no yes" in refused.sentence


def test_a_party_is_meant_in_every_spelling(office: Terminal) -> None:
    reference = opened_for_a_child(office)
    for command in ("case link --who victim:1", "case link --role victim --n 1"):
        linked = office.gets(command, reference, kind=dict)
        assert (linked["role"], linked["n"]) == ("victim", 1)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("case link --who victim:1 --role offender", "name one person"),
        ("case link --who holder:0", 'write victim:1 or offender:1 or "holder:1 of'),
        ("case link --who mother:1", "write victim:1 or offender:1 or"),
        ("case verify --method call --date 2026-01-01 --by B", "name one person"),
        ("case party --who holder:1 --by B", "write victim:1 or offender:1."),
        ("case link --who victim:1 --n 2", "--n counts within --role"),
        ("case link --who victim:1 --of offender:1", "--of tells whose parent"),
    ],
)
def test_a_person_that_cannot_be_read_is_told_in_one_sentence(
    office: Terminal, command: str, told: str
) -> None:
    refused = office.types(command, opened_for_a_child(office))
    assert refused.code == 2
    assert told in refused.sentence


@pytest.mark.parametrize("who", ["victim:1 of offender:1", "holder:1 of holder:1"])
def test_only_a_holder_is_named_with_a_party(office: Terminal, who: str) -> None:
    refused = office.types("case link --who", who, opened_for_a_child(office))
    assert "write victim:1" in refused.sentence


def test_two_spellings_must_not_name_two_children(office: Terminal) -> None:
    refused = office.types(
        "case link --of victim:1 --who",
        "holder:1 of offender:1",
        opened_for_a_child(office),
    )
    assert "--who says of offender:1, and --of says victim:1." in refused.sentence
