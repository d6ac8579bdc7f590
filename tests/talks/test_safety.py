"""Whether it is safe is asked before anything links the two sides."""

import pytest

from flows.facts import Role
from tests.support.resident import Resident
from tests.support.town import Opened, Town
from tests.support.walks import (
    jonas_agrees,
    leaves_a_number,
    reads_up_to_offer,
    says_yes,
    sofie_agrees,
    tells_about_themselves,
)


async def comes_to_safety(town: Town, case: Opened, role: Role) -> Resident:
    resident = town.phone(role.value)
    await reads_up_to_offer(resident, case.token(role))
    await resident.answers("offer.ask_interest", "yes")
    if role is Role.OFFENDER:
        await resident.answers("offer.ask_confession", "yes")
    await resident.asked("safety.ask_tie")
    return resident


@pytest.mark.parametrize("tie", ["family", "partner", "same_home"])
async def test_an_offender_close_to_the_other_is_stopped_calmly(
    town: Town, tie: str
) -> None:
    birgit = await town.hires("coordinator", "coordinator")
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    await town.settles()
    before = sofie.chat()
    jonas = await comes_to_safety(town, case, Role.OFFENDER)
    await jonas.answers("safety.ask_tie", tie)
    stopped = await jonas.asked("safety.stopped")
    chat = jonas.chat()
    assert "66 14 14 48" in chat
    assert jonas.text("safety.stopped.go_on") not in stopped.labels
    await birgit.hears("notice.needs_human")
    assert town.archive.needs(case.reference) == ["close_relation"]
    jonas.says("tilbage")
    await jonas.hears("common.nothing_back")
    await town.settles()
    assert sofie.chat() == before

    town.clears(case.reference, "close_relation")
    await jonas.reads("notice.cleared")
    await jonas.answers("safety.stopped", "go_on")
    await jonas.asked("safety.ask_orders")


async def test_a_victim_close_to_the_other_is_contacted_on_own_wish_only(
    town: Town,
) -> None:
    birgit = await town.hires("coordinator", "coordinator")
    case = town.opens_case()
    sofie = await comes_to_safety(town, case, Role.VICTIM)
    await sofie.answers("safety.ask_tie", "partner")
    await sofie.answers("safety.ask_wish", "no")
    await sofie.asked("safety.informed")
    assert "66 14 14 48" in sofie.chat()
    await town.settles()
    assert town.archive.needs(case.reference) == []
    assert not birgit.sees("notice.needs_human")

    await sofie.answers("safety.informed", "change")
    await sofie.answers("safety.ask_wish", "yes")
    await leaves_a_number(sofie, "20163847", "efter kl. 16")
    await birgit.hears("notice.needs_human")
    assert town.archive.needs(case.reference) == ["close_relation"]


@pytest.mark.parametrize(
    ("question", "answer", "reason", "next_question"),
    [
        ("ask_tie", "unsaid", "relation_unknown", "ask_orders"),
        ("ask_orders", "yes", "orders", "ask_fear"),
        ("ask_orders", "unsure", "orders", "ask_fear"),
        ("ask_fear", "yes", "fear", "explain_next"),
        ("ask_fear", "unsaid", "fear", "explain_next"),
    ],
)
async def test_what_may_be_dangerous_is_looked_at_by_a_human_first(
    town: Town, question: str, answer: str, reason: str, next_question: str
) -> None:
    case = town.opens_case()
    sofie = await comes_to_safety(town, case, Role.VICTIM)
    for before, harmless in (
        ("ask_tie", "stranger"),
        ("ask_orders", "no"),
        ("ask_fear", "no"),
    ):
        if before == question:
            break
        await sofie.answers(f"safety.{before}", harmless)
    await sofie.answers(f"safety.{question}", answer)
    if reason == "fear":
        helped = await sofie.asked("safety.explain_help")
        assert "112" in helped.text
        await sofie.answers("safety.explain_help", "go_on")
    await leaves_a_number(sofie, "20163847", "efter kl. 16")
    assert town.archive.needs(case.reference) == [reason]
    town.clears(case.reference, reason)
    await sofie.reads("notice.cleared")
    await sofie.answers("human.awaiting_human", "go_on")
    await sofie.asked(f"safety.{next_question}")


async def test_answers_of_the_two_that_differ_are_looked_at_by_a_human(
    town: Town,
) -> None:
    birgit = await town.hires("coordinator", "coordinator")
    case = town.opens_case()
    await jonas_agrees(town, case)
    sofie = await comes_to_safety(town, case, Role.VICTIM)
    await sofie.answers("safety.ask_tie", "neighbour")
    await sofie.answers("safety.ask_orders", "no")
    await sofie.answers("safety.ask_fear", "no")
    await sofie.answers("safety.explain_next", "go_on")
    await tells_about_themselves(sofie, "Sofie", "20163847")
    await says_yes(sofie)
    await birgit.hears("notice.needs_human")
    assert town.archive.needs(case.reference) == ["relation_differs"]
    assert town.archive.status(case.reference) == "needs_human"
    town.clears(case.reference, "relation_differs")
    assert town.archive.status(case.reference) == "confirmed"
