"""Who has withdrawn hears nothing unasked; everybody else hears one constant text."""

from dataclasses import replace

import pytest

from bot.chat.post import Post
from bot.storage import Session
from bot.upkeep.renewal import renew
from flows import FLOWS
from flows.always import Always
from flows.dialogues.closing import CLOSING
from flows.dialogues.parental import PARENTAL
from flows.model import Into, Place
from tests.support.resident import Manner, Resident, Way
from tests.support.town import Town
from tests.support.walks import (
    jonas_agrees,
    leaves_a_number,
    sofie_agrees,
)
from tests.support.young import child_agrees, makes_sure, parent_agrees, sends_on
from tests.talks.test_clock import days_pass, told

BOTH_LANGUAGES = [Way("da"), Way("en", Manner.WORDS)]


async def stops(resident: Resident, reads: str = "closing.withdrawn") -> int:
    """Say stop, read the receipt, and tell how much stands in the chat then."""
    await resident.wants(Always.WITHDRAW)
    await resident.hears(reads)
    return len(resident.heard())


async def test_no_end_is_told_to_who_withdrew_and_reads_on(town: Town) -> None:
    """Also when something else is open above the receipt."""
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    jonas, _ = await jonas_agrees(town, case)
    await stops(sofie)
    await sofie.wants(Always.TOPICS)
    await sofie.asked("topics.ask_topic")
    heard = len(sofie.heard())
    await days_pass(town, "2026-12-15", days=22)
    assert len(sofie.heard()) == heard
    assert town.archive.place(sofie.account) == "topics.ask_topic"
    await jonas.reads("closing.ended")


async def test_what_lay_ready_is_taken_back_by_a_withdrawal(town: Town) -> None:
    """Nothing is left to be shown, or to be announced when a hidden chat is found."""
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    await sofie.wants(Always.HUMAN)
    await leaves_a_number(sofie, "20163847", "altid")
    town.clears(case.reference, "asked_for")
    jonas, _ = await jonas_agrees(town, case)
    karen = await town.hires("mediator", "mediator")
    await karen.takes(case.reference)
    await sofie.hears("common.you_have_message")
    await jonas.hears("common.you_have_message")
    await stops(sofie, "closing.withdrawn_until")
    await sofie.wants(Always.SHOW)
    await sofie.hears("common.no_messages")
    assert not sofie.sees("notice.claimed")


async def test_a_case_that_is_cleared_says_nothing_to_who_withdrew(town: Town) -> None:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    await jonas_agrees(town, case)
    heard = await stops(sofie)
    await days_pass(town, "2026-12-12", days=19)
    town.ends(case.reference)
    await days_pass(town, "2026-12-13", days=1)
    assert len(sofie.heard()) == heard


@pytest.mark.parametrize("way", BOTH_LANGUAGES, ids=["da", "en"])
async def test_a_parent_of_a_child_who_withdrew_hears_of_the_end_as_all_do(
    town: Town, way: Way
) -> None:
    child = await child_agrees(town, authority="one", way=way)
    lone = await parent_agrees(town, child, way=way, others="no")
    sofie, _ = await sofie_agrees(town, child.case, way)
    heard = await stops(child.resident)
    await days_pass(town, "2026-12-13", days=20)
    assert told(lone) == told(sofie) == 0
    await days_pass(town, "2026-12-14", days=1)
    await lone.reads("closing.ended")
    await sofie.reads("closing.ended")
    assert len(child.resident.heard()) == heard
    assert town.archive.answers(lone.account) == {}


async def test_a_parent_who_withdrew_and_one_who_never_answered(town: Town) -> None:
    child = await child_agrees(town, authority="both")
    lone = await parent_agrees(town, child)
    peter = town.phone("father")
    sends_on(child.resident, peter, 2)
    await peter.answers("holder.ask_letter", "yes")
    await peter.asked("holder.ask_language")
    heard = await stops(lone)
    await days_pass(town, "2026-12-14", days=21)
    await peter.reads("closing.ended")
    await child.resident.reads("closing.ended")
    assert len(lone.heard()) == heard


@pytest.mark.parametrize("who", ["child", "parent", "other side"])
async def test_after_the_hand_over_all_others_are_told_in_the_morning_and_alike(
    town: Town, who: str
) -> None:
    """The mediator hears "call neither", and who said stop only reads the receipt."""
    karen = await town.hires("mediator", "mediator")
    child = await child_agrees(town, authority="one")
    lone = await parent_agrees(town, child, others="no")
    sofie, _ = await sofie_agrees(town, child.case)
    makes_sure(town, child.case)
    await karen.takes(child.case.reference)
    for person in (child.resident, sofie):
        await person.reads("notice.claimed")
    await town.settles()
    people = {"child": child.resident, "parent": lone, "other side": sofie}
    heard = await stops(people.pop(who))
    await karen.hears("notice.stopped_for_mediator")
    before = [told(person) for person in people.values()]
    await days_pass(town, "2026-11-24", days=1)
    await karen.hears("notice.ended_for_mediator")
    assert [told(person) for person in people.values()] == [n + 1 for n in before]
    for person in people.values():
        await person.reads("closing.ended")
    assert town.archive.status(child.case.reference) == "ended"
    gone = {"child": child.resident, "parent": lone, "other side": sofie}[who]
    assert len(gone.heard()) == heard


@pytest.mark.parametrize("who", ["child", "parent"])
async def test_before_the_hand_over_the_case_leaves_the_queue_unseen(
    town: Town, who: str
) -> None:
    karen = await town.hires("mediator", "mediator")
    child = await child_agrees(town, authority="one")
    lone = await parent_agrees(town, child, others="no")
    sofie, _ = await sofie_agrees(town, child.case)
    makes_sure(town, child.case)
    reference = child.case.reference
    assert town.archive.status(reference) == "confirmed"
    await stops({"child": child.resident, "parent": lone}[who])
    assert town.archive.status(reference) == "collecting"
    karen.says(f"tag sagen {reference}")
    await karen.hears("notice.not_in_queue")
    assert told(sofie) == 0


async def test_a_new_version_tells_a_parent_who_has_not_withdrawn(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = await child_agrees(town, authority="both")
    lone = await parent_agrees(town, child)
    peter = await parent_agrees(town, child, 2, key="father")
    heard = await stops(peter)
    for flow in (PARENTAL, CLOSING):
        newer = replace(flow, version=flow.version + 1)
        monkeypatch.setitem(FLOWS, flow.id, newer)

    def stays(place: Place) -> Into:
        return Into(place.dialogue, place.state)

    def publish(session: Session) -> int:
        post = Post(session, town.desk.tools, town.desk.clock.now())
        kept = {(flow.id, flow.version): stays for flow in (PARENTAL, CLOSING)}
        return renew(post, kept)

    assert town.desk.store.run_now(publish) == 2
    await lone.reads("notice.renewed")
    await town.settles()
    assert len(peter.heard()) == heard
