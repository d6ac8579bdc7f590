"""Somebody comes without a letter and asks to be contacted."""

import pytest

from flows.always import Always
from flows.facts import Role
from tests.support.resident import Resident, Way
from tests.support.town import Town
from tests.support.walks import leaves_a_number, reads_up_to_role
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
