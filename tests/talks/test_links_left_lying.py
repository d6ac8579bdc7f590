"""A parent's link that lies about lets nobody into the place of who has spoken."""

from flows.facts import Role
from tests.support.resident import Resident
from tests.support.town import Town
from tests.support.walks import sofie_agrees
from tests.support.young import (
    Child,
    child_agrees,
    hears_all_on_the_phone,
    makes_sure,
    parent_answers,
    parent_reads,
    parent_tells,
    sends_on,
)

SPOKEN = "--method phone --date 2026-11-23 --by Birgit"


async def child_of_one_parent(town: Town) -> Child:
    case = town.opens_case()
    await sofie_agrees(town, case)
    return await child_agrees(town, case, authority="one")


def records(town: Town, child: Child, who: str, answer: str) -> None:
    if answer == "given":
        hears_all_on_the_phone(town, child.case.reference)
    said = f"consent record {child.case.reference} --who {who} --answer {answer}"
    assert town.types(f"{said} {SPOKEN}") == 0


async def is_refused(town: Town, child: Child) -> Resident:
    """Let a stranger open what the child has sent on, as an unknown link is opened."""
    stranger = town.phone("stranger")
    stranger.opens("K7M2XR4TQ9WD")
    unknown = await stranger.hears("link.refused")
    sends_on(child.resident, stranger)
    refused = await stranger.hears("link.refused")
    assert (refused.text, refused.labels) == (unknown.text, unknown.labels)
    [holder] = town.archive.rows("holders")
    assert holder["person_id"] is None
    return stranger


async def test_whoever_finds_the_link_of_a_recorded_parent_stays_outside(
    town: Town,
) -> None:
    child = await child_of_one_parent(town)
    records(town, child, "holder:1", "given")
    await is_refused(town, child)
    makes_sure(town, child.case)
    await is_refused(town, child)
    assert town.archive.status(child.case.reference) == "confirmed"


async def test_nor_does_anybody_come_in_after_a_recorded_no(town: Town) -> None:
    child = await child_of_one_parent(town)
    records(town, child, "holder:1", "refused")
    stranger = await is_refused(town, child)
    assert not stranger.sees("holder.ask_letter")


async def test_who_has_read_the_question_already_is_too_late_as_well(
    town: Town,
) -> None:
    child = await child_of_one_parent(town)
    stranger = town.phone("stranger")
    sends_on(child.resident, stranger)
    await stranger.asked("holder.ask_letter")
    records(town, child, "holder:1", "given")
    await stranger.answers("holder.ask_letter", "yes")
    await stranger.hears("link.refused")
    [holder] = town.archive.rows("holders")
    assert holder["person_id"] is None


async def test_a_parent_takes_over_by_a_new_link_and_is_made_sure_of_anew(
    town: Town,
) -> None:
    """What was recorded goes on counting; who opens the link was seen by nobody."""
    child = await child_of_one_parent(town)
    reference = child.case.reference
    records(town, child, "holder:1", "given")
    makes_sure(town, child.case)
    lone = town.phone("parent")
    lone.opens(town.sends_new_link_to_parent(reference))
    assert town.archive.status(reference) == "confirmed"
    await parent_reads(lone)
    assert town.archive.status(reference) == "needs_human"
    [holder] = town.archive.rows("holders")
    assert (holder["verified_at"], holder["verified_by"]) == (None, None)
    await parent_tells(lone, others="no")
    await parent_answers(lone)
    makes_sure(town, child.case)
    assert town.archive.status(reference) == "confirmed"


async def test_nobody_comes_into_a_case_that_a_mediator_has(town: Town) -> None:
    child = await child_of_one_parent(town)
    reference = child.case.reference
    records(town, child, "holder:1", "given")
    makes_sure(town, child.case)
    left_lying = town.sends_new_link_to_parent(reference)
    karen = await town.hires("mediator", "mediator")
    await karen.takes(reference)
    await karen.hears("card.title")
    stranger = town.phone("stranger")
    stranger.opens(left_lying)
    await stranger.hears("link.refused")
    assert town.archive.status(reference) == "claimed"


async def test_for_whom_the_case_is_work_is_nobody_else_in_it(town: Town) -> None:
    child = await child_of_one_parent(town)
    other = town.opens_case()
    for role in ("mediator", "coordinator"):
        worker = await town.hires(role, role)
        sends_on(child.resident, worker)
        await worker.hears("link.refused")
        worker.opens(other.token(Role.VICTIM))
        await town.settles()
        assert len(worker.sees("link.refused")) == 2
    await town.hires("coordinator", "parent", district="bornholm")
    elsewhere = town.opens_case(district="bornholm")
    worker.opens(elsewhere.token(Role.VICTIM))
    await worker.asked("arrival.ask_letter")
