"""A coordinator makes a link anew, of a parent too, and is asked who loses by it."""

import io
import sys

import pytest

from tests.bot.cli.terminal import Desk, Terminal
from tests.support.town import Town
from tests.support.walks import sofie_agrees
from tests.support.young import (
    TODAY,
    child_agrees,
    hears_all_on_the_phone,
    makes_sure,
    parent_agrees,
)

MINOR = "--age-band 15_17 --authority both --may-ask-holders"


class Window(io.StringIO):
    """What somebody types who sits at a terminal."""

    def isatty(self) -> bool:
        return True


def opened_for_a_child(office: Terminal) -> str:
    reference = office.gets("case open --district fyn --relation other", kind=dict)
    told = f"case party --who offender:1 --by Birgit {MINOR}"
    office.gets(told, reference["case"], kind=dict)
    return str(reference["case"])


def test_a_parent_gets_a_link_of_seven_days(office: Terminal) -> None:
    reference = opened_for_a_child(office)
    printed = office.prints("case link --holder 1", reference)
    assert "\nholder:1\n" in printed
    linked = office.gets("case link --holder 2", reference, kind=dict)
    assert (linked["role"], linked["n"]) == ("holder", 2)
    assert "t.me/" in linked["link"]


def test_it_is_a_party_or_a_parent_and_one_that_there_is(office: Terminal) -> None:
    reference = opened_for_a_child(office)
    for wrong, sentence in (
        ("case link", "name one person: --who victim:1"),
        ("case link --holder 1 --role victim", "name one person"),
        ("case link --holder 3", "no number 3"),
        ("case link --holder 1 --of victim:1", "of offender:1"),
    ):
        assert sentence in office.types(wrong, reference).sentence


async def test_whoever_has_the_place_is_not_let_go_unseen(
    town: Town, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At a terminal the loss of a place is asked for; scripts go on as they did."""
    child = await child_agrees(town, authority="one")
    reference = child.case.reference
    await parent_agrees(town, child, others="no")
    makes_sure(town, child.case)
    for answer, code in (("n\n", 1), ("y\n", 0)):
        monkeypatch.setattr(sys, "stdin", Window(answer))
        typed = await desk.types("case link --holder 1", reference)
        assert "holder:1 of offender:1 (verified)" in typed.out
        assert typed.code == code
        [row] = town.archive.rows("holders")
        assert (row["verified_at"] is None) is (code == 0)
    # Nobody is there now, so that nothing is asked.
    monkeypatch.setattr(sys, "stdin", Window(""))
    assert (await desk.types("case link --holder 1", reference)).code == 0


async def test_nor_is_a_second_parent_who_has_no_authority_after_all(
    town: Town, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = await child_agrees(town, authority="both")
    reference = child.case.reference
    per = await parent_agrees(town, child, 2, key="father")
    one = f"case party {reference} --who offender:1 --by Birgit --authority one"
    for answer, code, place in (
        ("n\n", 1, "parental.stated"),
        ("y\n", 0, "closing.let_go"),
    ):
        monkeypatch.setattr(sys, "stdin", Window(answer))
        typed = await desk.types(one)
        assert "holder:2 of offender:1 (stated) in case" in typed.out
        assert typed.code == code
        assert town.archive.place(per.account) == place
    # Nobody is there now, so that nothing is asked.
    monkeypatch.setattr(sys, "stdin", Window(""))
    assert (await desk.types(one)).code == 0


async def test_nor_is_one_whose_answer_was_written_down(
    town: Town, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = await child_agrees(town, authority="both")
    reference = child.case.reference
    hears_all_on_the_phone(town, reference, 2, others="yes")
    said = f"--who holder:2 --answer given --method phone --date {TODAY}"
    assert town.types(f"consent record {reference} {said} --by Birgit") == 0
    one = f"case party {reference} --who offender:1 --by Birgit --authority one"
    monkeypatch.setattr(sys, "stdin", Window("n\n"))
    typed = await desk.types(one)
    assert typed.code == 1
    assert "holder:2 of offender:1 (" in typed.out
    # A script goes on as it did, and so does what takes nobody's place.
    monkeypatch.setattr(sys, "stdin", Window(""))
    assert (await desk.types(one.replace("one", "both"))).code == 0
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert (await desk.types(one)).code == 0


async def test_a_party_who_answers_in_the_chat_is_asked_about_too(
    town: Town, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = town.opens_case()
    sofie, _ = await sofie_agrees(town, opened)
    link = f"case link {opened.reference} --role victim"
    monkeypatch.setattr(sys, "stdin", Window("n\n"))
    assert (await desk.types(link)).code == 1
    assert town.archive.place(sofie.account) == "consent.consented"
    assert await desk.gets(link, kind=dict)
    assert town.archive.place(sofie.account) == "closing.let_go"
