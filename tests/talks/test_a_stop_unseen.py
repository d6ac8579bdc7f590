"""Whoever stops is not noticed by others, whatever these are waiting for."""

import pytest

from flows.always import Always
from flows.facts import Role
from tests.support.resident import Resident
from tests.support.town import Opened, Town
from tests.support.walks import (
    jonas_agrees,
    leaves_a_number,
    reads_up_to_offer,
    says_yes,
    shows_interest,
    tells_about_themselves,
)
from tests.support.young import (
    child_agrees,
    parent_answers,
    parent_reads,
    parent_tells,
    sends_on,
)


async def waits_for_human(town: Town, *, child_stops: bool) -> tuple[Opened, Resident]:
    """Let a parent ask for a human first, and perhaps the child stop after that."""
    name = "stopped" if child_stops else "going on"
    child = await child_agrees(town, authority="one", key=name)
    lone = town.phone(f"parent of {name}")
    sends_on(child.resident, lone)
    await parent_reads(lone)
    await parent_tells(lone, others="no")
    await parent_answers(lone, "talk_first")
    await leaves_a_number(lone, "22914738", "om aftenen")
    if child_stops:
        await child.resident.wants(Always.WITHDRAW)
        await child.resident.asked("closing.withdrawn")
    return child.case, lone


async def test_a_parent_who_waits_for_a_human_sees_the_same_whatever_the_child_does(
    town: Town,
) -> None:
    twins = [
        await waits_for_human(town, child_stops=False),
        await waits_for_human(town, child_stops=True),
    ]
    parents = [lone for _, lone in twins]
    for case, lone in twins:
        assert town.archive.needs(case.reference) == ["talk_first"]
        lone.says("hvad nu")
    town.moves_clock(days=3)
    await town.until(lambda: town.archive.batch_day() == "2026-11-26")
    await town.settles()
    # The first line is the link, which is each one's own.
    assert len({lone.chat().partition("\n")[2] for lone in parents}) == 1
    assert not any(lone.sees("common.you_have_message") for lone in parents)
    go_on = parents[1].text("human.awaiting_human.go_on")
    assert go_on not in parents[1].heard()[-1].labels
    for case, lone in twins:
        town.clears(case.reference, "talk_first")
        await lone.reads("notice.cleared")


async def agrees_after_telling_of_fear(town: Town, case: Opened) -> Resident:
    """Let a victim tell of fear, stop, come back without any, and say yes."""
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await sofie.answers("offer.ask_interest", "yes")
    await sofie.answers("safety.ask_tie", "stranger")
    await sofie.answers("safety.ask_orders", "no")
    await sofie.answers("safety.ask_fear", "yes")
    await sofie.asked("safety.explain_help")
    await sofie.wants(Always.WITHDRAW)
    await sofie.answers("closing.withdrawn", "undo")
    await shows_interest(sofie)
    await tells_about_themselves(sofie, "Sofie", "20 16 38 47")
    await says_yes(sofie)
    return sofie


@pytest.mark.parametrize("other_agrees", [False, True])
async def test_nobody_learns_by_what_they_once_said_that_the_other_side_agrees(
    town: Town, *, other_agrees: bool
) -> None:
    """A fear told before a stop is looked at once both are willing; nobody knows."""
    case = town.opens_case()
    sofie = await agrees_after_telling_of_fear(town, case)
    if other_agrees:
        await jonas_agrees(town, case)
    await town.settles()
    needs = town.archive.needs(case.reference)
    assert needs == (["fear"] if other_agrees else [])
    await sofie.wants(Always.HUMAN)
    await leaves_a_number(sofie, "22914738", "om aftenen")
    await town.settles()
    assert sofie.text("human.awaiting_human.go_on") in sofie.heard()[-1].labels
    town.clears(case.reference, "fear" if other_agrees else "asked_for")
    await town.settles()
    assert not sofie.sees("common.you_have_message")
    assert town.archive.said_yes_to(case.reference, Role.VICTIM)
