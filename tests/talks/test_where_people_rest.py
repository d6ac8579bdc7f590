"""What stands where people rest is true when they look again."""

from flows.always import Always
from tests.support.resident import Resident
from tests.support.town import Town
from tests.support.walks import (
    chooses_word,
    hides,
    leaves_a_number,
    reads_up_to_offer,
    sofie_agrees,
)
from tests.support.young import Child, child_agrees, makes_sure, parent_agrees


async def is_claimed(town: Town) -> tuple[Resident, Child, Resident]:
    """Bring a case with one parent as far as to a mediator."""
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    child = await child_agrees(town, case, authority="one")
    lone = await parent_agrees(town, child, others="no")
    karen = await town.hires("mediator", "mediator")
    makes_sure(town, case)
    await karen.takes(case.reference)
    await karen.hears("card.title")
    return sofie, child, lone


async def test_a_parent_reads_that_they_were_made_sure_of(town: Town) -> None:
    child = await child_agrees(town, authority="one")
    lone = await parent_agrees(town, child, others="no")
    makes_sure(town, child.case)
    await lone.wants(Always.STATUS)
    await lone.hears("parental.verified")


async def test_nobody_rests_on_words_from_before_a_mediator_had_the_case(
    town: Town,
) -> None:
    sofie, child, lone = await is_claimed(town)
    for somebody, earlier, words in (
        (lone, "parental.stated", "parental.claimed"),
        (sofie, "consent.consented", "consent.claimed"),
        (child.resident, "child.awaiting_parents", "consent.claimed"),
    ):
        seen = len(somebody.sees(earlier))
        await somebody.wants(Always.STATUS)
        await somebody.hears(words)
        assert len(somebody.sees(earlier)) == seen


async def test_who_hid_the_chat_comes_back_to_words_that_hold(town: Town) -> None:
    _, _, lone = await is_claimed(town)
    await chooses_word(lone, "solsikke")
    await hides(lone)
    lone.says("solsikke")
    await lone.hears("parental.claimed")
    assert not lone.sees("parental.stated")


async def test_who_waited_for_a_human_reads_that_one_has_looked(town: Town) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await sofie.wants(Always.HUMAN)
    await leaves_a_number(sofie, "20 16 38 47", "om aftenen")
    await sofie.asked("human.awaiting_human")
    town.clears(case.reference, "asked_for")
    await sofie.wants(Always.STATUS)
    await sofie.hears("human.looked_at_status")


async def test_a_stop_that_ended_the_case_says_so_and_whom_to_call(town: Town) -> None:
    sofie, child, _ = await is_claimed(town)
    await sofie.wants(Always.WITHDRAW)
    await sofie.hears("closing.withdrawn_until")
    await sofie.asked("closing.withdrawn")
    town.moves_clock(hours=24)
    await town.until(lambda: town.archive.status(child.case.reference) == "ended")
    sofie.says("det var en fejl")
    told = await sofie.hears("closing.withdrawn_over")
    assert "66 14 14 48" in told.text
    assert town.archive.status(child.case.reference) == "ended"


async def test_before_a_mediator_has_it_a_stop_says_nothing_of_the_case(
    town: Town,
) -> None:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    await sofie.wants(Always.WITHDRAW)
    await sofie.hears("closing.withdrawn")
    assert not sofie.sees("closing.withdrawn_over")
