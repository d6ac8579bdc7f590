"""Two parents learn nothing of each other, and the child nothing of either."""

from tests.support.resident import Resident
from tests.support.town import Town
from tests.support.young import (
    Child,
    child_agrees,
    parent_agrees,
    parent_answers,
    parent_reads,
    parent_tells,
    sends_on,
)


async def says(town: Town, child: Child, answer: str) -> Resident:
    """Let the father give this answer."""
    per = town.phone("father")
    sends_on(child.resident, per, 2)
    await parent_reads(per)
    await parent_tells(per, "Per Holm", relation="father")
    await parent_answers(per, answer)
    return per


async def test_two_yeses_wait_for_a_human_together(town: Town) -> None:
    child = await child_agrees(town)
    await parent_agrees(town, child)
    await says(town, child, "yes")
    assert town.archive.needs(child.case.reference) == ["verify_holder"]


async def test_a_yes_and_a_no_are_for_a_human_and_nobody_is_told(town: Town) -> None:
    birgit = await town.hires("coordinator", "coordinator")
    child = await child_agrees(town)
    lone = await parent_agrees(town, child)
    await birgit.hears("notice.needs_human")
    await town.settles()
    seen = [somebody.chat() for somebody in (child.resident, lone)]
    per = await says(town, child, "no")
    await per.asked("parental.refused")
    needs = town.archive.needs(child.case.reference)
    assert needs == ["conflict", "verify_holder"]
    await town.settles()
    assert [somebody.chat() for somebody in (child.resident, lone)] == seen
    assert "Lone" not in per.chat()
    await per.answers("parental.refused", "change")
    await per.answers("parental.ask_take_part", "yes")
    await per.asked("parental.stated")


async def test_who_does_not_agree_with_the_child_on_who_has_authority_is_looked_at(
    town: Town,
) -> None:
    child = await child_agrees(town, authority="one")
    await parent_agrees(town, child, others="yes")
    needs = town.archive.needs(child.case.reference)
    assert needs == ["holders_differ", "verify_holder"]


async def test_a_child_sees_the_same_whatever_its_parents_do(town: Town) -> None:
    """Silent, come, yes, no, stop: the same words, the same buttons."""
    seen = []
    for number, conduct in enumerate((None, "come", "yes", "no", "stop")):
        child = await child_agrees(town, authority="one", key=f"mads{number}")
        lone = town.phone(f"parent{number}")
        if conduct:
            sends_on(child.resident, lone)
            await parent_reads(lone)
        if conduct in {"yes", "no"}:
            await parent_tells(lone, others="no")
            await parent_answers(lone, conduct)
            end = "stated" if conduct == "yes" else "refused"
            await lone.asked(f"parental.{end}")
        if conduct == "stop":
            lone.says("stop")
            await lone.asked("closing.withdrawn")
        await child.resident.answers_now("child.awaiting_parents", "new_link")
        waiting = await child.resident.asked("child.awaiting_parents")
        await town.settles()
        bubbles = [b for b in child.resident.heard() if "t.me" not in b.text]
        seen.append((waiting.labels, [(b.text, b.labels) for b in bubbles]))
    assert all(one == seen[0] for one in seen)
