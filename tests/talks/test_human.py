"""Whoever needs a human gets to one, and goes on when the human has looked at it."""

import pytest

from flows.always import Always
from flows.facts import Role
from tests.support.resident import Resident, Way
from tests.support.town import Town
from tests.support.walks import (
    jonas_agrees,
    knows_what_a_yes_means,
    leaves_a_number,
    reads_up_to_offer,
    shows_interest,
    tells_about_themselves,
)


async def walks_up_to_data(sofie: Resident, token: str) -> None:
    """Walk a victim up to the notice on data."""
    await reads_up_to_offer(sofie, token)
    await shows_interest(sofie)
    await tells_about_themselves(sofie, "Sofie", "20163847")


async def test_who_wants_to_talk_first_says_yes_after_the_talk(
    town: Town, short_way: Way
) -> None:
    birgit = await town.hires("coordinator", "coordinator", short_way)
    case = town.opens_case()
    await jonas_agrees(town, case)
    sofie = town.phone("victim", short_way)
    await walks_up_to_data(sofie, case.victim)
    await knows_what_a_yes_means(sofie)
    await sofie.answers("consent.ask_take_part", "talk_first")
    await sofie.answers("human.explain_human", "go_on")
    await sofie.answers("human.ask_contact", "same")
    await sofie.answers("human.ask_times", "skip")
    waiting = await sofie.asked("human.awaiting_human")

    assert town.archive.needs(case.reference) == ["talk_first"]
    assert town.archive.status(case.reference) == "needs_human"
    told = await birgit.hears("notice.needs_human")
    values = {"reference": case.reference, "district": birgit.text("district.fyn")}
    assert told.text == birgit.text("notice.needs_human", **values)
    assert sofie.text("human.awaiting_human.go_on") not in waiting.labels

    town.clears(case.reference, "talk_first")
    await sofie.reads("notice.cleared")
    await sofie.answers("human.awaiting_human", "go_on")
    await sofie.answers("consent.ask_take_part", "yes")
    await sofie.asked("consent.consented")
    assert town.archive.status(case.reference) == "confirmed"


@pytest.mark.parametrize("confession", ["partly", "no", "unsaid"])
async def test_an_offender_who_does_not_plainly_say_yes_meets_calm_words(
    town: Town, confession: str
) -> None:
    case = town.opens_case()
    jonas = town.phone("offender")
    await reads_up_to_offer(jonas, case.offender)
    await shows_interest(jonas, confession=confession)
    await leaves_a_number(jonas, "22914738", "om aftenen")
    assert jonas.sees("human.explain_human")
    assert town.archive.needs(case.reference) == ["confession_unclear"]
    assert town.archive.party(case.reference, Role.OFFENDER).confession == confession
    assert not jonas.sees("intake.ask_name")


async def test_asking_for_a_human_does_not_hold_anybody_up(town: Town) -> None:
    """A human who was asked for is told; the question waits where it was."""
    birgit = await town.hires("coordinator", "coordinator")
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await sofie.wants(Always.HUMAN)
    await leaves_a_number(sofie, "20163847", "efter kl. 16")
    await birgit.hears("notice.needs_human")
    assert town.archive.needs(case.reference) == ["asked_for"]
    await sofie.answers("human.awaiting_human", "go_on")
    await sofie.answers("offer.ask_interest", "yes")
    await sofie.asked("safety.ask_tie")


async def test_of_whoever_asks_for_a_human_again_staff_are_told_again(
    town: Town,
) -> None:
    birgit = await town.hires("coordinator", "coordinator")
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    for time in (1, 2):
        await sofie.wants(Always.HUMAN)
        await leaves_a_number(sofie, "20163847", "efter kl. 16")
        await town.settles()
        assert len(birgit.sees("notice.needs_human")) == time
        town.clears(case.reference, "asked_for")


async def test_who_does_not_accept_the_data_notice_goes_to_a_human(town: Town) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    await walks_up_to_data(sofie, case.victim)
    await sofie.answers("consent.ask_data", "full")
    await sofie.answers("consent.explain_data_in_full", "go_on")
    await sofie.answers("consent.ask_data", "no")
    await sofie.asked("human.explain_human")
    assert town.archive.needs(case.reference) == ["data_notice_refused"]
    assert town.archive.said_yes_to(case.reference, Role.VICTIM) == ["hear_more"]


async def test_nobody_gets_in_touch_any_more_with_who_has_stopped(town: Town) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await sofie.wants(Always.HUMAN)
    await leaves_a_number(sofie, "22914738", "om aftenen")
    assert town.archive.needs(case.reference) == ["asked_for"]
    sofie.says("stop")
    await sofie.hears("closing.withdrawn")
    assert town.archive.needs(case.reference) == []
