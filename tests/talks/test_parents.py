"""A parent is asked by a message of the child's, and learns nothing but what it is."""

import pytest

from flows.always import Always
from flows.facts import Role
from tests.support.resident import Manner, Way
from tests.support.town import Town
from tests.support.walks import leaves_a_number, sofie_agrees
from tests.support.young import (
    child_agrees,
    parent_agrees,
    parent_answers,
    parent_decides,
    parent_reads,
    parent_reads_of_the_child,
    parent_tells,
    sends_on,
)

BOTH_LANGUAGES = [Way("da"), Way("en", Manner.WORDS)]


@pytest.mark.parametrize("way", BOTH_LANGUAGES, ids=["da", "en"])
async def test_a_yes_is_stated_and_waits_for_a_human_who_makes_sure(
    town: Town, way: Way
) -> None:
    birgit = await town.hires("coordinator", "coordinator")
    child = await child_agrees(town, way=way, authority="one")
    lone = await parent_agrees(town, child, way=way, others="no")
    reference = child.case.reference
    assert town.archive.status(reference) == "needs_human"
    assert town.archive.needs(reference) == ["verify_holder"]
    await birgit.hears("notice.needs_human")
    [holder] = town.archive.rows("holders")
    assert (holder["relation"], holder["says_others"]) == ("mother", "no")
    assert town.archive.answers(lone.account) == {
        "name": "Parent Holm",
        "phone": "+45 22 91 47 38",
    }


async def test_a_parent_sees_the_name_that_the_child_chose_and_nothing_else(
    town: Town,
) -> None:
    child = await child_agrees(town)
    lone = town.phone("parent")
    sends_on(child.resident, lone)
    asked = await lone.asked("holder.ask_letter")
    assert "Mads" not in asked.text
    await parent_reads(lone)
    await parent_tells(lone)
    await lone.asked("parental.ask_data")
    chat = lone.chat()
    assert "Mads" in chat
    assert lone.text("holder.harm.offender") in chat
    assert lone.text("district.fyn") in chat
    assert "66 14 14 48" in chat
    secrets = {v for v in child.told.values() if v and len(v) > 4}
    assert len(secrets) > 3
    for secret in (*secrets, "31 42 53 64", "2010", child.case.reference):
        assert secret not in chat


async def test_a_parent_cannot_tell_from_any_word_that_the_child_has_stopped(
    town: Town,
) -> None:
    """The name stands in the chat from when the parent came, and nowhere any more."""
    child = await child_agrees(town)
    lone, far = town.phone("parent"), town.phone("parent2")
    sends_on(child.resident, lone)
    sends_on(child.resident, far, 2)
    await parent_reads(lone)
    await far.answers("holder.ask_letter", "yes")
    await lone.asked("holder.ask_name")
    await child.resident.wants(Always.WITHDRAW)
    await child.resident.asked("closing.withdrawn")
    assert town.archive.answer_names() == []
    await far.answers("holder.ask_language", far.language)
    await far.answers("holder.explain_bot", "go_on")
    await far.asked("holder.explain_child")
    for parent in (lone, far):
        assert len(parent.sees("holder.names_child")) == 1
    [read], [reads] = (parent.sees("holder.explain_child") for parent in (lone, far))
    assert read.text.startswith(reads.text)
    await lone.gives("holder.ask_name", "Lone Holm")
    asked = await lone.asked("holder.ask_relation")
    assert asked.text.endswith(lone.text("holder.ask_relation"))


async def test_nobody_else_than_a_parent_is_called_one(town: Town) -> None:
    child = await child_agrees(town, authority="other")
    far = town.phone("parent2")
    sends_on(child.resident, far)
    await far.answers("holder.ask_letter", "yes")
    await far.hears("holder.names_child_to_other")
    assert not far.sees("holder.names_child")


async def test_of_a_child_who_was_harmed_it_is_said_so(town: Town) -> None:
    child = await child_agrees(town, role=Role.VICTIM)
    lone = town.phone("parent")
    sends_on(child.resident, lone)
    await parent_reads(lone)
    assert lone.text("holder.harm.victim") in lone.chat()


async def test_who_may_not_open_it_hears_what_an_unknown_link_is_told(
    town: Town,
) -> None:
    """The child, the other parent, the other side, their parent, and a link too old."""
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    child = await child_agrees(town, case)
    lone = await parent_agrees(town, child)
    stranger = town.phone("stranger")
    stranger.opens("K7M2XR4TQ9WD")
    unknown = await stranger.hears("link.refused")
    for somebody in (child.resident, lone, sofie):
        sends_on(child.resident, somebody, 2)
        refused = await somebody.hears("link.refused")
        assert (refused.text, refused.labels) == (unknown.text, unknown.labels)
    sends_on(child.resident, stranger, 1)
    await stranger.hears("link.refused")
    town.moves_clock(days=8)
    sends_on(child.resident, stranger, 2)
    await stranger.hears("link.refused")
    [_, second] = sorted(town.archive.rows("holders"), key=lambda row: str(row["n"]))
    assert second["person_id"] is None


async def test_nobody_is_a_parent_on_both_sides(town: Town) -> None:
    case = town.opens_case()
    mads = await child_agrees(town, case)
    lone = await parent_agrees(town, mads)
    sofie = await child_agrees(town, case, Role.VICTIM, key="sofie")
    sends_on(sofie.resident, lone)
    await lone.hears("link.refused")
    children = {
        str(child["id"]): child["role"] for child in town.archive.rows("parties")
    }
    [joined] = [h for h in town.archive.rows("holders") if h["person_id"]]
    assert children[str(joined["party_id"])] == Role.OFFENDER


async def test_only_a_yes_binds_and_a_no_leaves_it_to_the_right_one(
    town: Town,
) -> None:
    child = await child_agrees(town, authority="one")
    wrong, lone = town.phone("neighbour"), town.phone("parent")
    sends_on(child.resident, wrong)
    await wrong.answers("holder.ask_letter", "no")
    await wrong.hears("holder.not_for_you")
    assert "Mads" not in wrong.chat()
    sends_on(child.resident, lone)
    await parent_reads(lone)
    sends_on(child.resident, wrong)
    await wrong.hears("link.refused")


async def test_of_two_who_hold_one_message_the_first_yes_counts(town: Town) -> None:
    child = await child_agrees(town, authority="one")
    lone, other = town.phone("parent"), town.phone("neighbour")
    for somebody in (lone, other):
        sends_on(child.resident, somebody)
        await somebody.asked("holder.ask_letter")
    await lone.answers("holder.ask_letter", "yes")
    await lone.asked("holder.ask_language")
    await other.answers("holder.ask_letter", "yes")
    await other.hears("link.refused")
    other.says("hej")
    await other.asked("holder.not_for_you")
    assert not other.sees("holder.ask_language")
    [holder] = town.archive.rows("holders")
    assert holder["person_id"] == town.archive.person_id(lone.account)


async def test_who_has_no_authority_goes_to_a_human_and_the_child_hears_nothing(
    town: Town,
) -> None:
    child = await child_agrees(town, authority="one")
    await town.settles()
    before = child.resident.chat()
    kim = town.phone("parent")
    sends_on(child.resident, kim)
    await parent_reads(kim)
    await kim.gives("holder.ask_name", "Kim Holm")
    await kim.answers("holder.ask_relation", "other")
    await kim.answers("holder.ask_authority", "unsure")
    await leaves_a_number(kim, "22914738", "om aftenen")
    reference = child.case.reference
    assert town.archive.needs(reference) == ["holders_differ", "holders_unclear"]
    town.clears(reference, "holders_unclear")
    await kim.reads("notice.cleared")
    await kim.answers("human.awaiting_human", "go_on")
    await kim.answers("holder.ask_authority", "yes")
    await kim.asked("holder.ask_others")
    await town.settles()
    assert child.resident.chat() == before


async def test_who_would_rather_talk_first_is_not_held_up_for_the_child(
    town: Town,
) -> None:
    birgit = await town.hires("coordinator", "coordinator")
    child = await child_agrees(town, authority="one")
    lone = town.phone("parent")
    sends_on(child.resident, lone)
    await parent_reads(lone)
    await parent_tells(lone, others="no")
    await parent_answers(lone, "talk_first")
    await leaves_a_number(lone, "22914738", "om aftenen")
    await birgit.hears("notice.needs_human")
    child.resident.says("status")
    status = await child.resident.hears("child.awaiting_parents.status")
    assert child.case.reference in status.text
    await child.resident.wants(Always.HUMAN)
    await leaves_a_number(child.resident, "31425364", "efter skole")
    await child.resident.answers("human.awaiting_human", "go_on")
    await child.resident.asked("child.awaiting_parents")
    town.clears(child.case.reference, "talk_first")
    await lone.reads("notice.cleared")
    await town.settles()
    assert not child.resident.sees("common.you_have_message")
    await lone.answers("human.awaiting_human", "go_on")
    await lone.answers("parental.ask_take_part", "yes")
    await lone.asked("parental.stated")


async def test_a_new_message_lets_a_parent_who_has_come_go_on(town: Town) -> None:
    """The child cannot tell from it, and anybody else finds a link that is none."""
    child = await child_agrees(town, authority="one")
    lone, other = town.phone("parent"), town.phone("neighbour")
    sends_on(child.resident, lone)
    await parent_reads(lone)
    await child.resident.answers_now("child.awaiting_parents", "new_link")
    await child.resident.asked("child.awaiting_parents")
    sends_on(child.resident, other, 2)
    await other.hears("link.refused")
    sends_on(child.resident, lone, 2)
    await parent_tells(lone, others="no")
    await parent_answers(lone)
    await lone.asked("parental.stated")
    [holder] = town.archive.rows("holders")
    assert holder["person_id"] == town.archive.person_id(lone.account)


async def test_a_new_link_voids_the_one_before(town: Town) -> None:
    child = await child_agrees(town, authority="one")
    await child.resident.answers("child.awaiting_parents", "new_link")
    await child.resident.asked("child.awaiting_parents")
    lone = town.phone("parent")
    sends_on(child.resident, lone, 1)
    await lone.hears("link.refused")
    assert not lone.sees("holder.ask_letter")
    sends_on(child.resident, lone, 2)
    await lone.asked("holder.ask_letter")


async def test_a_coordinator_lets_a_wrong_parent_go(town: Town) -> None:
    child = await child_agrees(town, authority="one")
    wrong = await parent_agrees(town, child, key="neighbour", others="no")
    token = town.sends_new_link_to_parent(child.case.reference)
    assert town.archive.needs(child.case.reference) == []
    assert town.archive.answers(wrong.account) == {}
    [holder] = town.archive.rows("holders")
    assert (holder["person_id"], holder["relation"]) == (None, None)
    wrong.says("hej")
    await wrong.asked("closing.let_go")
    sends_on(child.resident, wrong)
    await wrong.hears("link.refused")
    lone = town.phone("parent")
    lone.opens(token)
    await parent_reads(lone)
    await lone.asked("holder.ask_name")


async def test_a_parent_takes_the_yes_back_and_did_not_mean_it(town: Town) -> None:
    child = await child_agrees(town, authority="one")
    lone = await parent_agrees(town, child, others="no")
    await town.settles()
    before = child.resident.chat()
    await lone.wants(Always.WITHDRAW)
    await lone.asked("closing.withdrawn")
    assert town.archive.answers(lone.account) == {}
    [holder] = town.archive.rows("holders")
    assert (holder["relation"], holder["says_others"]) == (None, None)
    assert town.archive.needs(child.case.reference) == []
    lone.says("stop")
    await lone.hears("closing.stopped_already")
    await lone.answers("closing.withdrawn", "undo_parent")
    await parent_reads_of_the_child(lone)
    await parent_tells(lone, others="no")
    await lone.answers("parental.ask_data", "yes")
    await parent_decides(lone)
    await lone.asked("parental.stated")
    assert town.archive.needs(child.case.reference) == ["verify_holder"]
    await town.settles()
    assert child.resident.chat() == before


async def test_another_language_or_a_human_is_no_way_back_for_a_parent_who_stopped(
    town: Town,
) -> None:
    child = await child_agrees(town, authority="one")
    lone = await parent_agrees(town, child, others="no")
    await lone.wants(Always.WITHDRAW)
    await lone.asked("closing.withdrawn")
    await lone.wants(Always.LANGUAGE)
    await lone.answers("language.ask_language", "da")
    await lone.asked("closing.withdrawn")
    lone.says("stop")
    await lone.hears("closing.stopped_already")
    await lone.wants(Always.HUMAN)
    await leaves_a_number(lone, "22914738", "om aftenen")
    [holder] = town.archive.rows("holders")
    assert holder["withdrawn_at"]


async def test_stop_before_any_answer_counts_as_a_no(town: Town) -> None:
    child = await child_agrees(town, authority="one")
    lone = town.phone("parent")
    sends_on(child.resident, lone)
    await parent_reads(lone)
    lone.says("stop")
    await lone.asked("closing.withdrawn")
    said = {row["purpose"] for row in town.archive.rows("consents") if row["holder_id"]}
    assert said == {"parental_take_part"}
    await lone.wants(Always.RECEIPT)
    receipt = await lone.reads("receipt.withdrawn")
    assert "ja" not in receipt.split()


async def test_back_undoes_no_yes(town: Town) -> None:
    child = await child_agrees(town, authority="one")
    lone = await parent_agrees(town, child, others="no")
    lone.says("tilbage")
    await lone.hears("common.nothing_back")
    assert town.archive.needs(child.case.reference) == ["verify_holder"]


async def test_when_the_child_turns_18_whatever_a_parent_does_is_answered_alike(
    town: Town,
) -> None:
    """From the first day of the month; a human settles whose yes it needs."""
    child = await child_agrees(town, authority="one", birth="12 2008")
    lone = town.phone("parent")
    sends_on(child.resident, lone)
    await parent_reads(lone)
    old = await lone.asked("holder.ask_name")
    town.moves_clock(days=8)
    lone.says("Lone Holm")
    frozen = await lone.hears("parental.frozen")
    assert "66 14 14 48" in frozen.text
    for word in ("ja", "tilbage", "/start"):
        lone.says(word)
        await lone.hears("parental.frozen")
    lone.person.taps(lone.text("always.menu.label"), on=old)
    await lone.hears("always.menu.says")
    assert town.archive.needs(child.case.reference) == ["turning_18"]
    lone.says("stop")
    await lone.asked("closing.withdrawn")
