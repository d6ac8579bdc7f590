"""What staff write down for somebody who uses the bot, and how that person sees it."""

from flows.always import Always
from flows.facts import Role
from tests.support.resident import Resident
from tests.support.town import Opened, Town
from tests.support.walks import (
    knows_what_a_yes_means,
    reads_up_to_offer,
    shows_interest,
    sofie_agrees,
    tells_about_themselves,
)
from tests.support.young import (
    child_agrees,
    hears_all_on_the_phone,
    parent_agrees,
    parent_decides,
    parent_reads,
    parent_tells,
    sends_on,
)

TODAY = "2026-11-23"


def writes_down(town: Town, case: Opened, who: str, answer: str) -> None:
    said = f"--who {who} --answer {answer} --method phone --date {TODAY} --by Birgit"
    assert town.types(f"consent record {case.reference} {said}") == 0


async def waits(town: Town, case: Opened) -> Resident:
    """Let a victim come to the question, and wait with the answer."""
    mette = town.phone("victim")
    await reads_up_to_offer(mette, case.victim)
    await shows_interest(mette)
    await tells_about_themselves(mette, "Mette", "20163847")
    await knows_what_a_yes_means(mette)
    await mette.answers("consent.ask_take_part", "later")
    await mette.asked("consent.paused")
    return mette


async def test_who_stopped_on_the_phone_is_asked_everything_anew(town: Town) -> None:
    case = town.opens_case()
    mette, _ = await sofie_agrees(town, case)
    writes_down(town, case, "victim:1", "withdrawn")
    mette.says("status")
    await mette.answers("closing.withdrawn", "undo")
    await shows_interest(mette)
    told = await tells_about_themselves(mette, "Mette", "20 16 38 47")
    assert set(town.archive.answers(mette.account)) == set(told)


async def test_who_waits_is_told_of_a_yes_that_was_written_down(town: Town) -> None:
    case = town.opens_case()
    mette = await waits(town, case)
    writes_down(town, case, "victim:1", "given")
    await mette.wants(Always.STATUS)
    await mette.hears("consent.written_down_status")
    await mette.hears("consent.written_down")
    assert "take_part" in town.archive.said_yes_to(case.reference, Role.VICTIM)
    mette.says("stop")
    await mette.asked("closing.withdrawn")
    assert town.archive.said_yes_to(case.reference, Role.VICTIM) == []
    await mette.wants(Always.STATUS)
    await mette.hears("closing.withdrawn.status")


async def test_so_is_who_is_still_answering(town: Town) -> None:
    case = town.opens_case()
    mette = town.phone("victim")
    await reads_up_to_offer(mette, case.victim)
    writes_down(town, case, "victim:1", "given")
    mette.says("status")
    told = await mette.hears("offer.status")
    assert mette.text("consent.written_down_status") in told.text


async def test_so_is_a_parent(town: Town) -> None:
    child = await child_agrees(town, authority="one")
    lone = town.phone("parent")
    sends_on(child.resident, lone)
    await parent_reads(lone)
    await parent_tells(lone, others="no")
    await lone.answers("parental.ask_data", "yes")
    await parent_decides(lone, "later")
    await lone.asked("parental.paused")
    hears_all_on_the_phone(town, child.case.reference)
    writes_down(town, child.case, "holder:1", "given")
    await lone.wants(Always.STATUS)
    await lone.hears("parental.written_down_status")
    await lone.hears("parental.written_down")
    lone.says("stop")
    await lone.asked("closing.withdrawn")
    assert town.archive.needs(child.case.reference) == []


async def test_who_said_yes_in_the_chat_reads_nothing_of_it(town: Town) -> None:
    child = await child_agrees(town, authority="one")
    lone = await parent_agrees(town, child, others="no")
    writes_down(town, child.case, "holder:1", "given")
    await lone.wants(Always.STATUS)
    await lone.hears("parental.stated.status")


async def test_who_stopped_and_then_said_yes_on_the_phone_may_stop_again(
    town: Town,
) -> None:
    case = town.opens_case()
    mette, _ = await sofie_agrees(town, case)
    writes_down(town, case, "victim:1", "withdrawn")
    writes_down(town, case, "victim:1", "given")
    await mette.wants(Always.STATUS)
    await mette.hears("consent.written_down_status")
    await mette.hears("closing.written_down")
    mette.says("stop")
    await mette.asked("closing.withdrawn")
    assert town.archive.said_yes_to(case.reference, Role.VICTIM) == []
