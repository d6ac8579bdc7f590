"""Who is let go of is told nothing unasked, and then neither who did it nor why."""

import pytest

from flows.always import Always
from flows.facts import Role
from tests.support import receipts
from tests.support.resident import Manner, Resident, Way
from tests.support.town import Town
from tests.support.walks import sofie_agrees
from tests.support.young import (
    child_agrees,
    makes_sure,
    parent_agrees,
    parent_reads,
)

IN_BOTH = pytest.mark.parametrize(
    "way", [Way("da"), Way("en", Manner.WORDS)], ids=["da", "en"]
)


def state_of_parent(town: Town, reference: str) -> str:
    [holder] = [one for p in town.shows(reference).parties for one in p.holders]
    return holder.state


async def sees_that_they_are_out(somebody: Resident) -> None:
    """Ask how far one has come; hear it, and whom to call."""
    somebody.says(somebody.text("always.status.words").split(",")[0])
    told = await somebody.hears("closing.let_go.status")
    assert told.text == somebody.text("closing.let_go.status")
    asked = await somebody.asked("closing.let_go")
    assert "66 14 14 48" in asked.text
    assert not somebody.sees("common.you_have_message")
    for never in ("holder.status", "holder.not_for_you", "arrival.not_for_you"):
        assert not somebody.sees(never)


@IN_BOTH
async def test_a_parent_whose_yes_was_verified_is_let_go(town: Town, way: Way) -> None:
    child = await child_agrees(town, authority="one")
    lone = await parent_agrees(town, child, way=way, others="no")
    makes_sure(town, child.case)
    await town.settles()
    before = [bubble.text for bubble in lone.heard()]
    town.sends_new_link_to_parent(child.case.reference)
    await town.settles()
    assert [bubble.text for bubble in lone.heard()] == before, "nothing is sent"
    on_screen = {label for bubble in lone.heard() for label in bubble.labels}
    assert on_screen == {
        lone.text("always.menu.label"),
        lone.text("always.hide.label"),
    }
    await sees_that_they_are_out(lone)


@IN_BOTH
async def test_so_is_a_party_and_whoever_begins_again_hears_it_first(
    town: Town, way: Way
) -> None:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case, way)
    town.sends_new_letter(case.reference, Role.VICTIM)
    sofie.opens()
    await sofie.asked("closing.let_go")
    assert not sofie.sees("common.not_understood")
    await sees_that_they_are_out(sofie)
    sofie.opens()
    await sofie.asked("arrival.ask_language")


@IN_BOTH
async def test_the_receipt_does_not_say_that_they_have_said_stop(
    town: Town, way: Way
) -> None:
    child = await child_agrees(town, authority="one")
    lone = await parent_agrees(town, child, way=way, others="no")
    makes_sure(town, child.case)
    town.sends_new_link_to_parent(child.case.reference)
    await lone.wants(Always.RECEIPT)
    told = await lone.reads("receipt.taken_out")
    assert lone.text("receipt.answer.taken_out") in told
    assert not lone.sees("receipt.withdrawn")
    sent = await lone.hears("receipt.document")
    _, file = receipts.file_of(town.world, sent)
    last = [one.events[-1] for one in receipts.read(file).records]
    assert {event.event_state for event in last} == {"withdrawn"}


async def test_who_comes_after_them_begins_afresh_be_it_the_same_person(
    town: Town,
) -> None:
    child = await child_agrees(town, authority="one")
    reference = child.case.reference
    lone = await parent_agrees(town, child, others="no")
    makes_sure(town, child.case)
    token = town.sends_new_link_to_parent(reference)
    assert state_of_parent(town, reference) == "asked"
    lone.opens(token)
    await parent_reads(lone)
    assert state_of_parent(town, reference) == "opened"
    other = town.phone("parent2")
    other.opens(town.sends_new_link_to_parent(reference))
    await parent_reads(other)
    assert state_of_parent(town, reference) == "opened"
