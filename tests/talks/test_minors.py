"""Under 18 the programme may be read; what follows goes to a human."""

import pytest

from flows.always import Always
from flows.facts import Role
from tests.support.town import Town
from tests.support.walks import leaves_a_number, reads_up_to_offer


async def test_from_15_to_17_a_yes_goes_to_a_human(town: Town) -> None:
    birgit = await town.hires("coordinator", "coordinator")
    case = town.opens_case()
    mads = town.phone("offender")
    await reads_up_to_offer(mads, case.offender, age_band="15_17")
    await mads.answers("offer.ask_interest", "yes")
    await leaves_a_number(mads, "22914738", "efter skole")
    await birgit.hears("notice.needs_human")
    assert town.archive.needs(case.reference) == ["minor"]
    party = town.archive.party(case.reference, Role.OFFENDER)
    assert (party.age_band, party.interest, party.confession) == ("15_17", "yes", None)
    assert town.archive.consents(case.reference, Role.OFFENDER) == []


@pytest.mark.parametrize("age_band", ["under_12", "12_14"])
async def test_under_15_nobody_is_asked_for_a_number(town: Town, age_band: str) -> None:
    case = town.opens_case()
    mads = town.phone("victim")
    await reads_up_to_offer(mads, case.victim, age_band=age_band)
    await mads.wants(Always.TOPICS)
    await mads.answers("topics.ask_topic", "why")
    await mads.answers("topics.explain_why", "go_on")
    await mads.answers("offer.ask_interest", "yes")
    await mads.answers("human.explain_human", "go_on")
    await mads.asked("human.awaiting_human")
    assert not mads.sees("human.ask_contact")
    assert town.archive.needs(case.reference) == ["minor"]
    assert town.archive.answer_names() == []


async def test_clearing_says_nothing_to_a_minor_who_hears_from_a_human(
    town: Town,
) -> None:
    case = town.opens_case()
    mads = town.phone("victim")
    await reads_up_to_offer(mads, case.victim, age_band="15_17")
    await mads.answers("offer.ask_interest", "yes")
    await leaves_a_number(mads, "22914738", "efter skole")
    town.clears(case.reference, "minor")
    await town.settles()
    assert not mads.sees("common.you_have_message")
    await mads.wants(Always.RESUME)
    await mads.answers("human.awaiting_human", "go_on")
    await mads.asked("offer.awaiting_human")
    assert town.archive.status(case.reference) == "collecting"
