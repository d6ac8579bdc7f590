"""What was said in the chat is not undone by what was said earlier on the phone."""

import pytest

from flows.always import Always
from flows.facts import Role
from tests.support.town import Opened, Town
from tests.support.walks import reads_up_to_offer, sofie_agrees
from tests.support.young import (
    child_agrees,
    hears_all_on_the_phone,
    parent_agrees,
)

TODAY, TOMORROW = "2026-11-23", "2026-11-24"


def writes_down_a_yes(town: Town, case: Opened, who: str, on: str = TODAY) -> int:
    said = f"--who {who} --answer given --method phone --date {on} --by Birgit"
    return town.types(f"consent record {case.reference} {said}")


async def test_a_yes_on_the_phone_does_not_undo_a_stop_of_the_same_day(
    town: Town, capfd: pytest.CaptureFixture[str]
) -> None:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    await sofie.wants(Always.WITHDRAW)
    await sofie.asked("closing.withdrawn")
    assert writes_down_a_yes(town, case, "victim:1") == 2
    told = capfd.readouterr().err
    assert "said no or stop in the chat on 2026-11-23" in told
    assert "in the chat" in told.partition("cannot be told")[2]
    assert town.archive.said_yes_to(case.reference, Role.VICTIM) == []
    town.moves_clock(days=1)
    assert writes_down_a_yes(town, case, "victim:1") == 2
    assert writes_down_a_yes(town, case, "victim:1", TOMORROW) == 0


async def test_nor_one_that_came_before_any_answer(town: Town) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    sofie.says("stop")
    await sofie.asked("closing.withdrawn")
    assert writes_down_a_yes(town, case, "victim:1") == 2


async def test_nor_a_no_to_hearing_more(town: Town) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await sofie.answers("offer.ask_interest", "no")
    await sofie.asked("offer.declined")
    assert writes_down_a_yes(town, case, "victim:1") == 2


async def test_nor_that_of_a_parent(town: Town) -> None:
    child = await child_agrees(town, authority="one")
    lone = await parent_agrees(town, child, others="no")
    await lone.wants(Always.WITHDRAW)
    await lone.asked("closing.withdrawn")
    assert writes_down_a_yes(town, child.case, "holder:1") == 2


async def test_a_parent_who_said_yes_on_the_phone_meanwhile_may_stop_in_the_chat(
    town: Town,
) -> None:
    child = await child_agrees(town, authority="one")
    lone = await parent_agrees(town, child, others="no")
    await lone.wants(Always.WITHDRAW)
    await lone.asked("closing.withdrawn")
    town.moves_clock(days=1)
    hears_all_on_the_phone(town, child.case.reference, on=TOMORROW)
    assert writes_down_a_yes(town, child.case, "holder:1", TOMORROW) == 0
    assert town.archive.needs(child.case.reference) == ["verify_holder"]
    lone.says("stop")
    await lone.asked("closing.withdrawn")
    assert town.archive.needs(child.case.reference) == []


async def test_a_stop_on_the_phone_by_mistake_is_put_right_on_the_same_day(
    town: Town,
) -> None:
    case = town.opens_case()
    await sofie_agrees(town, case)
    said = f"--who victim:1 --method phone --date {TODAY} --by Birgit"
    stop = f"consent record {case.reference} --answer withdrawn {said}"
    assert town.types(stop) == 0
    assert writes_down_a_yes(town, case, "victim:1") == 0
