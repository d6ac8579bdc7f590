"""Nobody with parental authority is passed over, whatever is said of it later."""

from collections.abc import Sequence

import pytest

from bot.casework.overview import HolderLine
from flows.always import Always
from flows.facts import Role
from tests.support.town import Opened, Town
from tests.support.walks import (
    is_safe,
    knows_what_a_yes_means,
    sofie_agrees,
    tells_about_themselves,
)
from tests.support.young import (
    TODAY,
    Child,
    child_agrees,
    hears_all_on_the_phone,
    lets_them_be_asked,
    makes_sure,
    parent_agrees,
    parent_answers,
    parent_reads,
    parent_tells,
    sends_on,
    tells_birth,
)


def writes_down(town: Town, case: Opened, authority: str, also: str = "") -> int:
    told = f"--who offender:1 --authority {authority} {also} --by Birgit"
    return town.types(f"case party {case.reference} {told}")


def never_had_it(town: Town, case: Opened, n: int) -> int:
    denied = f"--no-authority holder:{n} --how register --by Birgit"
    return town.types(f"case party {case.reference} {denied}")


def says_by_phone(town: Town, case: Opened, answer: str) -> int:
    said = f"--who holder:2 --answer {answer} --method phone --date {TODAY}"
    return town.types(f"consent record {case.reference} {said} --by Birgit")


def holders_of(town: Town, case: Opened) -> Sequence[HolderLine]:
    [found] = [p for p in town.shows(case.reference).parties if p.role == Role.OFFENDER]
    return found.holders


async def comes_back_and_says(child: Child, authority: str) -> None:
    """Let a child stop, not have meant it, and answer everything anew."""
    mads = child.resident
    await mads.wants(Always.WITHDRAW)
    await mads.answers("closing.withdrawn", "undo")
    await mads.answers("offer.ask_interest", "yes")
    await mads.answers("offer.ask_confession", "yes")
    await is_safe(mads)
    await tells_birth(mads)
    await lets_them_be_asked(mads, authority)
    await tells_about_themselves(mads, "Mads", "31 42 53 64")
    await knows_what_a_yes_means(mads)
    await mads.answers("consent.ask_take_part", "yes")
    await mads.asked("child.awaiting_parents")


async def test_a_father_who_was_asked_is_not_passed_over_by_a_second_answer(
    town: Town,
) -> None:
    case = town.opens_case()
    await sofie_agrees(town, case)
    child = await child_agrees(town, case, authority="both")
    await parent_agrees(town, child)
    makes_sure(town, case)
    per = town.phone("father")
    sends_on(child.resident, per, 2)
    await parent_reads(per)
    await comes_back_and_says(child, "one")
    assert "holders_differ" in town.archive.needs(case.reference)
    town.clears(case.reference, "holders_differ")
    assert town.archive.needs(case.reference) == []
    assert town.archive.status(case.reference) == "collecting"

    await parent_tells(per, "Per Holm", relation="father")
    await parent_answers(per, "yes")
    await per.asked("parental.stated")
    makes_sure(town, case, 2)
    assert town.archive.status(case.reference) == "confirmed"


async def test_who_turns_out_to_have_authority_too_is_asked_as_well(
    town: Town,
) -> None:
    case = town.opens_case()
    await sofie_agrees(town, case)
    child = await child_agrees(town, case, authority="one")
    await parent_agrees(town, child, others="yes")
    assert writes_down(town, case, "both") == 0
    makes_sure(town, case)
    town.clears(case.reference, "holders_differ")
    assert town.archive.needs(case.reference) == []
    assert town.archive.status(case.reference) == "collecting"


async def test_nor_does_it_help_to_forget_to_write_that_down(town: Town) -> None:
    case = town.opens_case()
    await sofie_agrees(town, case)
    child = await child_agrees(town, case, authority="one")
    await parent_agrees(town, child, others="yes")
    town.sends_new_link_to_parent(case.reference, 2)
    makes_sure(town, case)
    town.clears(case.reference, "holders_differ")
    assert town.archive.status(case.reference) == "collecting"


async def test_who_has_no_authority_after_all_is_let_go_of(town: Town) -> None:
    case = town.opens_case()
    await sofie_agrees(town, case)
    child = await child_agrees(town, case, authority="both")
    await parent_agrees(town, child, others="no")
    makes_sure(town, case)
    per = town.phone("father")
    sends_on(child.resident, per, 2)
    await parent_reads(per)
    assert town.archive.needs(case.reference) == ["holders_differ"]
    assert writes_down(town, case, "one") == 0
    town.clears(case.reference, "holders_differ")
    assert town.archive.status(case.reference) == "confirmed"
    assert town.archive.place(per.account) == "closing.let_go"


async def test_nobody_who_has_come_goes_for_one_who_said_no(
    town: Town, capfd: pytest.CaptureFixture[str]
) -> None:
    child = await child_agrees(town, authority="both")
    lone, per = town.phone("parent"), town.phone("father")
    sends_on(child.resident, lone)
    await parent_reads(lone)
    await parent_tells(lone, others="no")
    await parent_answers(lone, "no")
    await lone.asked("parental.refused")
    sends_on(child.resident, per, 2)
    await parent_reads(per)
    assert writes_down(town, child.case, "one") == 2
    assert "holder:1 has said no" in capfd.readouterr().err
    assert [one.state for one in holders_of(town, child.case)] == ["refused", "opened"]


async def test_nobody_is_missed_who_was_let_go_of(
    town: Town, capfd: pytest.CaptureFixture[str]
) -> None:
    child = await child_agrees(town, authority="both")
    per = town.phone("father")
    sends_on(child.resident, per, 2)
    await parent_reads(per)
    assert writes_down(town, child.case, "one") == 0
    assert town.types("case list") == 0
    assert "awaiting_holder" not in capfd.readouterr().out
    town.moves_clock(days=8)
    assert town.types("case list") == 0
    assert "awaiting_holder" in capfd.readouterr().out, "the link of the first one"


def is_let_go(town: Town, case: Opened, answer: str) -> None:
    """The second parent has no authority after all; all is looked at again."""
    if answer == "given":
        assert writes_down(town, case, "one") == 0
    else:
        assert writes_down(town, case, "one") == 2
        assert never_had_it(town, case, 2) == 0
    for reason in town.archive.needs(case.reference):
        town.clears(case.reference, reason)
    assert town.archive.status(case.reference) == "confirmed"


@pytest.mark.parametrize("answer", ["given", "refused", "withdrawn"])
async def test_so_is_who_was_only_spoken_to_on_the_phone(
    town: Town, answer: str
) -> None:
    """What was written down of them stays written, and counts no more."""
    case = town.opens_case()
    await sofie_agrees(town, case)
    child = await child_agrees(town, case, authority="both")
    await parent_agrees(town, child, others="no")
    makes_sure(town, case)
    hears_all_on_the_phone(town, case.reference, 2, others="yes")
    if answer == "withdrawn":
        assert says_by_phone(town, case, "given") == 0
    assert says_by_phone(town, case, answer) == 0
    assert town.archive.status(case.reference) != "confirmed"

    is_let_go(town, case, answer)
    assert [one.n for one in holders_of(town, case)] == [1], "nobody asks them again"
    assert len(town.archive.audit("person unbound")) == 1
    last = town.archive.consents(case.reference, Role.OFFENDER)
    assert {c.method for c in last if c.state == "withdrawn"} >= {"coordinator"}

    assert writes_down(town, case, "both") == 0
    assert town.archive.status(case.reference) == "collecting"
    hears_all_on_the_phone(town, case.reference, 2, others="yes")
    assert says_by_phone(town, case, "given") == 0
    assert holders_of(town, case)[1].state == "stated"


async def test_a_child_who_named_somebody_else_is_not_spoken_for_by_its_mother(
    town: Town,
) -> None:
    child = await child_agrees(town, authority="one")
    await parent_agrees(town, child, others="no")
    makes_sure(town, child.case)
    await comes_back_and_says(child, "other")
    assert "holders_differ" in town.archive.needs(child.case.reference)


async def test_only_the_authority_is_written_down_of_who_answers_in_the_chat(
    town: Town, capfd: pytest.CaptureFixture[str]
) -> None:
    case = (await child_agrees(town, authority="one")).case
    assert writes_down(town, case, "both", "--fear no") == 2
    assert "--authority alone" in capfd.readouterr().err
    assert town.archive.party(case.reference, Role.OFFENDER).authority == "one"
