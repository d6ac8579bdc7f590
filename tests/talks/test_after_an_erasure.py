"""Who was erased, and comes back with an old backup, is taken out; cases stand."""

from dataclasses import replace

from bot.chat.post import Post
from bot.storage import Session
from bot.upkeep.tidying import tidy
from flows.always import Always
from tests.support.resident import Resident
from tests.support.town import Town
from tests.support.walks import leaves_a_number, sofie_agrees
from tests.support.young import (
    child_agrees,
    makes_sure,
    parent_agrees,
    parent_reads,
    sends_on,
)


def erases(town: Town, gone: Resident) -> None:
    """Destroy somebody's key, and start as the program does."""
    town.desk.tools.keys.destroy(town.archive.person_id(gone.account))

    def start(session: Session) -> None:
        tidy(Post(session, town.desk.tools, town.desk.clock.now()))

    town.desk.store.run_now(start)


async def test_a_second_parent_who_is_not_needed_may_be_erased(town: Town) -> None:
    tools = replace(town.desk.tools, require_all_holders=False)
    town.desk = replace(town.desk, tools=tools)
    case = town.opens_case()
    await sofie_agrees(town, case)
    child = await child_agrees(town, case, authority="both")
    await parent_agrees(town, child)
    far = town.phone("parent2")
    sends_on(child.resident, far, 2)
    await parent_reads(far)
    await far.asked("holder.ask_name")
    makes_sure(town, case)
    assert town.archive.status(case.reference) == "confirmed"
    erases(town, far)
    assert town.archive.status(case.reference) == "confirmed"


async def test_only_what_the_erased_waited_for_goes_with_them(town: Town) -> None:
    """A parent who waits for a human does not notice that the child is erased."""
    child = await child_agrees(town, authority="both")
    lone, far = town.phone("parent"), town.phone("parent2")
    for n, parent in enumerate((lone, far), start=1):
        sends_on(child.resident, parent, n)
        await parent.answers("holder.ask_letter", "yes")
        await parent.asked("holder.ask_language")
        await parent.wants(Always.HUMAN)
        await leaves_a_number(parent, "22914738", "om aftenen")
    assert town.archive.needs(child.case.reference) == ["asked_for", "asked_for"]
    erases(town, child.resident)
    assert town.archive.needs(child.case.reference) == ["asked_for", "asked_for"]
    erases(town, far)
    assert town.archive.needs(child.case.reference) == ["asked_for"]
