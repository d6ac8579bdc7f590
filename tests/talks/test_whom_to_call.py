"""A human calls whoever asked for it, and nobody learns of it through that call."""

import json

import pytest

from flows.always import Always
from flows.facts import Role
from tests.support.town import Town
from tests.support.walks import (
    leaves_a_number,
    sofie_agrees,
    sofie_wants_to_hear_more,
)
from tests.support.young import (
    Child,
    child_agrees,
    comes_to_parents,
    lets_them_be_asked,
    makes_sure,
    parent_agrees,
    sends_on,
    tells_birth,
    tells_of_themselves_at_13,
)


async def test_the_card_leads_to_the_parent_who_asked_and_not_to_the_child(
    town: Town,
) -> None:
    child = await child_agrees(town)
    lone, far = town.phone("parent"), town.phone("parent2")
    for n, parent in enumerate((lone, far), start=1):
        sends_on(child.resident, parent, n)
        await parent.answers("holder.ask_letter", "yes")
        await parent.asked("holder.ask_language")
    await lone.wants(Always.HUMAN)
    await leaves_a_number(lone, "22914738", "om aftenen")
    card = town.card(child.case.reference)
    assert "22 91 47 38" in card
    assert "om aftenen" in card
    assert card.count("Forælder: ") == 1
    for told in (*child.told.values(), "31 42 53 64"):
        assert not told or told not in card
    await child.resident.wants(Always.HUMAN)
    await leaves_a_number(child.resident, "31425364", "efter skole")
    card = town.card(child.case.reference)
    assert "efter skole" in card
    assert card.count("Forælder: ") == 2


async def test_a_case_shows_which_parent_asked(
    town: Town, capfd: pytest.CaptureFixture[str]
) -> None:
    child = await child_agrees(town)
    far = town.phone("parent2")
    sends_on(child.resident, far, 2)
    await far.answers("holder.ask_letter", "yes")
    await far.asked("holder.ask_language")
    await far.wants(Always.HUMAN)
    await far.asked("human.explain_human")
    assert town.types(f"case show {child.case.reference} --json") == 0
    needs = json.loads(capfd.readouterr().out)["needs"]
    [need] = [need for need in needs if need["cleared"] is None]
    assert (need["role"], need["n"], need["holder"]) == (Role.OFFENDER, 1, 2)


async def test_who_is_13_is_not_told_of_a_way_that_they_never_named(
    town: Town,
) -> None:
    case = town.opens_case()
    await sofie_agrees(town, case)
    mads = await comes_to_parents(town, case, age_band="12_14")
    await tells_birth(mads, age_band="12_14")
    await lets_them_be_asked(mads, "one")
    await tells_of_themselves_at_13(mads)
    await parent_agrees(town, Child(case, mads, {}), others="no")
    makes_sure(town, case)
    town.clears(case.reference, "under_15")
    karen = await town.hires("mediator", "mediator")
    await karen.takes(case.reference)
    told = await mads.reads("notice.claimed")
    assert told == mads.text("notice.claimed")


async def test_who_calls_a_former_partner_knows_that_the_two_are_close(
    town: Town,
) -> None:
    sofie, case = await sofie_wants_to_hear_more(town)
    await sofie.answers("safety.ask_tie", "partner")
    await sofie.asked("safety.ask_wish")
    await sofie.wants(Always.HUMAN)
    await leaves_a_number(sofie, "20163847", "om formiddagen")
    assert town.archive.needs(case.reference) == ["asked_for"]
    card = town.card(case.reference)
    assert "Tæt på den anden" in card
    assert "20 16 38 47" in card


async def test_of_two_who_are_not_close_the_card_says_nothing_of_it(
    town: Town,
) -> None:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    await sofie.wants(Always.HUMAN)
    await leaves_a_number(sofie, "20163847", "om formiddagen")
    assert "Tæt på den anden" not in town.card(case.reference)
