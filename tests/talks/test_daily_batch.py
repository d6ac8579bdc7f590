"""Cases whose time is over end in one constant text, whatever was the cause."""

from collections.abc import Awaitable, Callable

import pytest

from bot.simulator.bubbles import Bubble
from flows.always import Always
from flows.facts import Role
from tests.support.resident import Resident
from tests.support.town import Opened, Town
from tests.support.walks import (
    jonas_agrees,
    leaves_a_number,
    reads_up_to_offer,
    reads_up_to_role,
    shows_interest,
    sofie_agrees,
)

#: What the other side can have done, from nothing at all to a yes that was taken back.
Conduct = Callable[[Resident, Town, Opened], Awaitable[None]]


async def is_silent(jonas: Resident, _town: Town, case: Opened) -> None:
    jonas.opens(case.offender)
    await jonas.answers("arrival.ask_letter", "yes")


async def says_no(jonas: Resident, _town: Town, case: Opened) -> None:
    await reads_up_to_offer(jonas, case.offender)
    await jonas.answers("offer.ask_interest", "no")
    await jonas.asked("offer.declined")


async def goes_to_a_human(jonas: Resident, _town: Town, case: Opened) -> None:
    await reads_up_to_offer(jonas, case.offender)
    await shows_interest(jonas, confession="no")
    await leaves_a_number(jonas, "22914738", "om aftenen")


async def says_stop(jonas: Resident, _town: Town, case: Opened) -> None:
    await reads_up_to_offer(jonas, case.offender)
    await jonas.wants(Always.WITHDRAW)
    await jonas.asked("closing.withdrawn")


async def is_never_there(_jonas: Resident, _town: Town, _case: Opened) -> None:
    """The letter lies unopened."""


async def is_unfit(_jonas: Resident, town: Town, case: Opened) -> None:
    town.ends(case.reference)


CONDUCTS: tuple[Conduct, ...] = (
    is_never_there,
    is_silent,
    says_no,
    goes_to_a_human,
    says_stop,
    is_unfit,
)


async def test_one_side_sees_the_same_whatever_the_other_does(town: Town) -> None:
    """Words and buttons are the same; only the daily batch tells of an end."""
    seen = []
    for number, conduct in enumerate(CONDUCTS):
        case = town.opens_case()
        sofie = town.phone(f"victim{number}")
        await reads_up_to_offer(sofie, case.victim)
        await conduct(town.phone(f"offender{number}"), town, case)
        await sofie.answers("offer.ask_interest", "later")
        await sofie.asked("offer.paused")
        seen.append((sofie, case))
    await town.settles()
    assert_same(seen)
    town.moves_clock(days=22)
    for sofie, _ in seen:
        await sofie.hears("common.you_have_message")
    await town.settles()
    assert_same(seen)
    for sofie, case in seen:
        text = await sofie.reads("closing.ended")
        assert text == sofie.text("closing.ended")
        assert town.archive.status(case.reference) == "ended"


def assert_same(seen: list[tuple[Resident, Opened]]) -> None:
    """Every chat looks the same but for what names the case."""
    chats = {
        tuple(_shape(bubble, case.reference) for bubble in sofie.heard())
        for sofie, case in seen
    }
    assert len(chats) == 1


def _shape(bubble: Bubble, reference: str) -> tuple[object, ...]:
    words = bubble.text.replace(reference, "KR-")
    return words, bubble.labels, bubble.silent, bubble.protected


async def test_before_its_day_a_case_goes_on(town: Town) -> None:
    case = town.opens_case()
    await sofie_agrees(town, case)
    town.moves_clock(days=20)
    await town.until(lambda: town.archive.batch_day() == "2026-12-13")
    assert town.archive.status(case.reference) == "collecting"
    await jonas_agrees(town, case)
    assert town.archive.status(case.reference) == "confirmed"


async def test_the_end_is_told_in_the_morning_and_answers_are_forgotten(
    town: Town,
) -> None:
    """The hour is the same for everybody, so that no moment tells of an answer."""
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    town.ends(case.reference)
    town.moves_clock(hours=22)
    await town.settles()
    assert not sofie.sees("common.you_have_message")
    town.moves_clock(hours=1)
    await sofie.reads("closing.ended")
    assert town.archive.answers(sofie.account) == {}
    await sofie.wants(Always.STATUS)
    await sofie.hears("closing.status")


async def test_a_taken_case_that_is_ended_is_told_at_once(town: Town) -> None:
    karen = await town.hires("mediator", "mediator")
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    await jonas_agrees(town, case)
    await karen.takes(case.reference)
    await sofie.reads("notice.claimed")
    town.ends(case.reference)
    await karen.hears("notice.ended_for_mediator")
    await sofie.reads("closing.ended")
    karen.says(f"tag sagen {case.reference}")
    await karen.hears("notice.not_in_queue")
    assert len(town.archive.audit("card shown")) == 1


@pytest.mark.parametrize("days", [29, 31])
async def test_who_came_without_a_letter_and_fell_silent_is_forgotten(
    town: Town, days: int
) -> None:
    sofie = town.phone("victim")
    await reads_up_to_role(sofie)
    town.moves_clock(days=days)
    day = {29: "2026-12-22", 31: "2026-12-24"}[days]
    await town.until(lambda: town.archive.batch_day() == day)
    assert town.archive.knows(sofie.account) == (days == 29)


async def test_who_writes_something_is_not_silent_even_if_it_is_no_answer(
    town: Town,
) -> None:
    sofie = town.phone("victim")
    await reads_up_to_role(sofie)
    town.moves_clock(days=20)
    await town.until(lambda: town.archive.batch_day() == "2026-12-13")
    sofie.says("Jeg tænker over det")
    await sofie.asked("referral.ask_role")
    # By then the number of what she wrote is forgotten.
    town.moves_clock(days=3)
    await town.until(lambda: town.archive.batch_day() == "2026-12-16")
    town.moves_clock(days=8)
    await town.until(lambda: town.archive.batch_day() == "2026-12-24")
    assert town.archive.knows(sofie.account)


async def test_a_stop_in_an_ended_case_is_answered(town: Town) -> None:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    town.ends(case.reference)
    town.moves_clock(days=1)
    await sofie.reads("closing.ended")
    sofie.says("stop")
    await sofie.asked("closing.withdrawn")
    assert town.archive.said_yes_to(case.reference, Role.VICTIM) == []
