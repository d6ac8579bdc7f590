"""Somebody comes without a letter and asks to be contacted."""

import re

import pytest

from flows.always import Always
from flows.facts import Role
from tests.support.resident import Resident, Way
from tests.support.town import Town
from tests.support.walks import (
    hides,
    leaves_a_number,
    reads_programme,
    reads_up_to_role,
)
from tests.support.young import is_told_whom_to_call


async def wishes_to_hear_more(
    town: Town,
    resident: Resident,
    *,
    role: str = "victim",
    district: str = "fyn",
    told: str = "human.offices",
) -> str:
    """Tell role and district, say yes, and give the reference of the new case."""
    await resident.answers("referral.ask_role", role)
    await resident.answers("referral.ask_district", district)
    await resident.answers("referral.ask_interest", "yes")
    await resident.hears(told)
    [reference] = town.archive.references()
    return reference


async def test_the_coordinator_of_the_district_is_told_no_more_than_where(
    town: Town, short_way: Way
) -> None:
    birgit = await town.hires("coordinator", "coordinator", short_way)
    elsewhere = await town.hires("coordinator", "parent", district="bornholm")
    sofie = town.phone("victim", short_way)
    await reads_up_to_role(sofie)
    reference = await wishes_to_hear_more(town, sofie)
    assert "Konfliktråd Fyn\n" in sofie.chat()
    await leaves_a_number(sofie, "20163847", "efter kl. 16")

    case = town.archive.case(reference)
    assert (case.status, case.district) == ("needs_human", "fyn")
    assert town.archive.needs(reference) == ["self_referral"]
    assert town.archive.party(reference, Role.VICTIM).interest == "yes"
    told = await birgit.hears("notice.needs_human")
    assert told.text == birgit.text(
        "notice.needs_human", reference=reference, district=birgit.text("district.fyn")
    )
    kept = town.archive.answers(sofie.account)
    typed = {"human_contact": "+45 20 16 38 47", "human_times": "efter kl. 16"}
    assert kept == (typed if short_way.types else {})
    await town.settles()
    assert not elsewhere.sees("notice.needs_human")


async def test_who_does_not_know_the_district_reaches_every_coordinator(
    town: Town,
) -> None:
    birgit = await town.hires("coordinator", "coordinator")
    elsewhere = await town.hires("coordinator", "parent", district="bornholm")
    jonas = town.phone("offender")
    await reads_up_to_role(jonas)
    reference = await wishes_to_hear_more(
        town, jonas, role="offender", district="unknown"
    )
    assert jonas.sees("office.address")
    assert town.archive.case(reference).district == "unknown"
    for coordinator in (birgit, elsewhere):
        told = await coordinator.hears("notice.needs_human")
        assert coordinator.text("district.unknown") in told.text


@pytest.mark.parametrize("age_band", ["under_12", "12_14"])
async def test_under_15_no_number_is_asked_for(town: Town, age_band: str) -> None:
    mads = town.phone("child")
    await reads_up_to_role(mads, age_band=age_band)
    words = "human.explain_no_number"
    reference = await wishes_to_hear_more(town, mads, told=words)
    waiting = await is_told_whom_to_call(mads)
    assert mads.text("human.awaiting_human.contact") not in waiting.labels
    assert not mads.sees("human.ask_contact")
    mads.says("20 16 38 47")
    await mads.hears("common.not_understood")
    assert town.archive.answer_names() == []
    assert town.archive.status(reference) == "needs_human"


@pytest.mark.parametrize("answer", ["later", "no"])
async def test_without_a_yes_there_is_no_case(town: Town, answer: str) -> None:
    end, way_on = {"later": ("paused", "go_on"), "no": ("declined", "change")}[answer]
    sofie = town.phone("victim")
    await reads_up_to_role(sofie)
    await sofie.answers("referral.ask_role", "victim")
    await sofie.answers("referral.ask_district", "fyn")
    await sofie.answers("referral.ask_interest", answer)
    await sofie.answers(f"referral.{end}", way_on)
    await sofie.asked("referral.ask_interest")
    assert town.archive.references() == []


async def test_who_asks_for_a_human_first_and_tells_more_then_has_one_case(
    town: Town,
) -> None:
    """The case that asking has opened gets role and district; no second one is made."""
    birgit = await town.hires("coordinator", "coordinator")
    sofie = town.phone("victim")
    sofie.opens()
    await sofie.answers("arrival.ask_language", sofie.language)
    await sofie.wants(Always.HUMAN)
    await sofie.answers("human.explain_human", "go_on")
    await sofie.answers("human.ask_if_15", "yes")
    await sofie.gives("human.ask_contact", "20163847")
    await sofie.answers("human.ask_times", "skip")
    await sofie.answers("human.awaiting_human", "go_on")
    await sofie.answers("arrival.explain_bot", "go_on")
    await sofie.answers("arrival.ask_age", "18")
    await sofie.answers("programme.explain_programme", "go_on")
    reference = await wishes_to_hear_more(town, sofie)
    assert town.archive.case(reference).district == "fyn"
    assert town.archive.party(reference, Role.VICTIM).age_band == "18"
    assert town.archive.needs(reference) == ["asked_for", "self_referral"]
    await birgit.hears("notice.needs_human")
    sofie.says("stop")
    await sofie.hears("closing.withdrawn_asked")
    assert town.archive.status(reference) == "ended"


async def reads_code(resident: Resident, told: str = "referral.own_code") -> str:
    """Read the code that one is given, as it stands in the chat."""
    given = await resident.hears(told)
    [code] = re.findall(r"\b\w{4}-\w{4}-\w{4}\b", given.text)
    return str(code)


async def test_a_code_is_given_before_anything_is_asked_and_opens_the_chat(
    town: Town, short_way: Way
) -> None:
    sofie = town.phone("victim", short_way)
    sofie.opens()
    await reads_programme(sofie, "18")
    code = await reads_code(sofie)
    await sofie.answers("referral.explain_code", "go_on")
    await sofie.answers("referral.ask_role", "victim")
    await sofie.asked("referral.ask_district")
    await hides(sofie)
    await town.settles()
    assert sofie.chat() == sofie.text("hide.line")
    sofie.opens()
    await sofie.hears("hide.line")
    sofie.says(code)
    await sofie.hears("hide.found")
    await sofie.answers("referral.ask_district", "fyn")
    await sofie.answers("referral.ask_interest", "yes")
    await leaves_a_number(sofie, "20163847", "efter kl. 16")
    await hides(sofie)
    sofie.says(f"/start {code.replace('-', '')}")
    await sofie.hears("hide.found")
    await sofie.asked("human.awaiting_human")


async def test_a_new_code_voids_the_one_before(town: Town) -> None:
    sofie = town.phone("victim")
    sofie.opens()
    await reads_programme(sofie, "18")
    first = await reads_code(sofie)
    await sofie.answers("referral.explain_code", "new")
    second = await reads_code(sofie, "referral.own_code_again")
    await sofie.answers("referral.explain_code", "go_on")
    await sofie.wants(Always.BACK)
    await sofie.asked("referral.explain_code")
    assert len(sofie.sees("referral.own_code")) == 1
    await hides(sofie)
    sofie.says(first)
    await sofie.hears("hide.line")
    sofie.says(second)
    await sofie.hears("hide.found")


async def test_who_asks_for_a_human_first_is_given_one_before_the_number(
    town: Town,
) -> None:
    sofie = town.phone("victim")
    sofie.opens()
    await sofie.answers("arrival.ask_language", sofie.language)
    await sofie.wants(Always.HUMAN)
    code = await reads_code(sofie)
    await sofie.asked("human.explain_human")
    await hides(sofie)
    sofie.says(code)
    await sofie.answers("human.explain_human", "go_on")
    await sofie.wants(Always.HUMAN)
    await sofie.asked("human.explain_human")
    assert not sofie.sees("referral.own_code")


async def test_in_an_open_chat_the_own_code_asks_what_was_asked(town: Town) -> None:
    sofie = town.phone("victim")
    sofie.opens()
    await reads_programme(sofie, "18")
    code = await reads_code(sofie)
    await sofie.answers("referral.explain_code", "go_on")
    await sofie.answers("referral.ask_role", "victim")
    await sofie.asked("referral.ask_district")
    sofie.says(code)
    await sofie.asked("referral.ask_district")
    assert not sofie.sees("link.refused")


async def test_who_was_given_a_code_and_falls_silent_is_forgotten_all_the_same(
    town: Town,
) -> None:
    sofie = town.phone("victim")
    await reads_up_to_role(sofie)
    await town.settles()
    town.moves_clock(days=31)
    await town.until(lambda: not town.archive.knows(sofie.account))
    await town.until(lambda: town.archive.rows("links") == [])
