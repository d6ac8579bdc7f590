"""A child stops, and nobody is asked any more for whom it was not yet too late."""

from dataclasses import replace

import pytest

from flows.always import Always
from flows.rules.notices import NOTICES
from tests.support.town import Town
from tests.support.walks import (
    is_safe,
    knows_what_a_yes_means,
    tells_about_themselves,
)
from tests.support.young import (
    Child,
    child_agrees,
    lets_them_be_asked,
    parent_reads,
    sends_on,
    tells_birth,
)


async def stops(town: Town, child: Child, how: str) -> None:
    """Say stop in the chat, or else to a coordinator who writes it down."""
    if how == "in the chat":
        await child.resident.wants(Always.WITHDRAW)
        await child.resident.asked("closing.withdrawn")
        return
    said = f"--who offender:1 --answer {how} --method phone"
    by = "--date 2026-11-23 --by Birgit"
    assert not town.types(f"consent record {child.case.reference} {said} {by}")


async def begins_anew(child: Child) -> None:
    """Take the stop back, and answer everything afresh, up to the yes."""
    mads = child.resident
    await mads.answers("closing.withdrawn", "undo")
    await mads.answers("offer.ask_interest", "yes")
    await mads.answers("offer.ask_confession", "yes")
    await is_safe(mads)
    await tells_birth(mads)
    await lets_them_be_asked(mads)
    await tells_about_themselves(mads, "Mads", "31 42 53 64")
    await knows_what_a_yes_means(mads)
    await mads.answers("consent.ask_take_part", "yes")
    await mads.asked("child.awaiting_parents")


@pytest.mark.parametrize("how", ["in the chat", "withdrawn", "refused"])
async def test_with_the_childs_stop_an_unopened_link_is_none(
    town: Town, how: str
) -> None:
    """Neither for who opens it late, nor for who has not said yet that it is theirs."""
    child = await child_agrees(town)
    lone, ole = town.phone("parent"), town.phone("father")
    sends_on(child.resident, ole, 2)
    await ole.asked("holder.ask_letter")
    await stops(town, child, how)
    sends_on(child.resident, lone)
    await lone.hears("link.refused")
    await ole.answers("holder.ask_letter", "yes")
    await ole.hears("link.refused")
    for parent in (lone, ole):
        assert "Mads" not in parent.chat()
        assert not parent.sees("holder.explain_child")
    assert [row["person_id"] for row in town.archive.rows("holders")] == [None, None]


async def test_so_it_is_when_the_child_is_asked_again_and_says_no(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = await child_agrees(town, authority="one")
    newer = replace(NOTICES["take_part"], version="9.0")
    monkeypatch.setitem(NOTICES, "take_part", newer)
    mads, lone = child.resident, town.phone("parent")
    mads.says("/start")
    await mads.answers("child.awaiting_parents", "again")
    await knows_what_a_yes_means(mads)
    await mads.answers("consent.ask_take_part", "no")
    await mads.asked("consent.declined")
    sends_on(mads, lone)
    await lone.hears("link.refused")
    assert [row["person_id"] for row in town.archive.rows("holders")] == [None]


async def test_after_a_new_yes_who_has_come_goes_on_and_the_others_get_a_new_link(
    town: Town,
) -> None:
    """The child hears the same, whichever of them has opened the first one."""
    child = await child_agrees(town)
    lone, ole = town.phone("parent"), town.phone("father")
    sends_on(child.resident, lone)
    await parent_reads(lone)
    await lone.asked("holder.ask_name")
    await stops(town, child, "in the chat")
    await begins_anew(child)
    assert len(child.resident.sees("child.forward_hint_two")) == 1
    assert len(child.resident.sees("child.forward_hint_two_again")) == 1
    assert not child.resident.sees("child.forward_hint_again")
    sends_on(child.resident, lone)
    await lone.asked("holder.ask_name")
    sends_on(child.resident, ole, 2)
    await ole.hears("link.refused")
    sends_on(child.resident, ole, 4)
    await ole.asked("holder.ask_letter")
