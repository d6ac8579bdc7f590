"""People who are close, people of whom nobody knows, and more than two."""

import pytest

from bot.casework import Refused
from flows.facts import Role
from flows.rules.case import Relation
from tests.support.resident import Resident, Way
from tests.support.town import Town
from tests.support.walks import (
    is_safe,
    jonas_agrees,
    leaves_a_number,
    reads_up_to_offer,
    says_yes,
    shows_interest,
    sofie_agrees,
    sofie_wants_to_hear_more,
    tells_about_themselves,
)


async def test_between_close_people_only_the_victim_can_begin(
    town: Town, short_way: Way
) -> None:
    case = town.opens_case(Relation.CLOSE)
    assert [letter.role for letter in case.letters] == [Role.VICTIM]
    sofie = town.phone("victim", short_way)
    await reads_up_to_offer(sofie, case.victim)
    with pytest.raises(Refused, match="close"):
        town.sends_new_letter(case.reference, Role.OFFENDER)

    await sofie.answers("offer.ask_interest", "yes")
    await leaves_a_number(sofie, "20163847", "efter kl. 16")
    assert town.archive.needs(case.reference) == ["close_relation"]
    letter = town.sends_new_letter(case.reference, Role.OFFENDER)
    town.clears(case.reference, "close_relation")
    await sofie.reads("notice.cleared")
    await sofie.answers("human.awaiting_human", "go_on")
    await sofie.answers("safety.ask_orders", "no")
    await sofie.answers("safety.ask_fear", "no")
    await sofie.answers("safety.explain_next", "go_on")
    await tells_about_themselves(sofie, "Sofie", "20163847")
    await says_yes(sofie)

    await _agrees(town.phone("offender", short_way), letter)
    # What a human settled with her before he came is not settled for both.
    assert town.archive.needs(case.reference) == ["close_relation"]
    town.clears(case.reference, "close_relation")
    assert town.archive.status(case.reference) == "confirmed"


async def _agrees(jonas: Resident, letter: str) -> None:
    await reads_up_to_offer(jonas, letter)
    await shows_interest(jonas, confession="yes")
    await tells_about_themselves(jonas, "Jonas", "22914738")
    await says_yes(jonas)


async def test_without_the_victims_wish_a_close_case_stays_with_her(
    town: Town,
) -> None:
    case = town.opens_case(Relation.CLOSE)
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await sofie.answers("offer.ask_interest", "no")
    await sofie.asked("offer.declined")
    with pytest.raises(Refused, match="close"):
        town.sends_new_letter(case.reference, Role.OFFENDER)


async def test_a_relation_that_nobody_knows_is_looked_at_before_a_mediator_is_told(
    town: Town,
) -> None:
    karen = await town.hires("mediator", "mediator")
    case = town.opens_case(Relation.UNKNOWN)
    await sofie_agrees(town, case)
    await jonas_agrees(town, case)
    assert town.archive.needs(case.reference) == ["relation_unknown"]
    await town.settles()
    assert not karen.sees("notice.case_ready")
    town.clears(case.reference, "relation_unknown")
    await karen.hears("notice.case_ready")
    assert town.archive.status(case.reference) == "confirmed"


async def test_what_two_things_at_once_are_told_for_is_told_once(town: Town) -> None:
    birgit = await town.hires("coordinator", "coordinator")
    case = town.opens_case(Relation.UNKNOWN)
    await sofie_agrees(town, case)
    jonas = town.phone("offender")
    await reads_up_to_offer(jonas, case.offender)
    await jonas.answers("offer.ask_interest", "yes")
    await jonas.answers("offer.ask_confession", "yes")
    await is_safe(jonas, tie="acquainted")
    await tells_about_themselves(jonas, "Jonas", "22914738")
    await says_yes(jonas)
    needs = town.archive.needs(case.reference)
    assert needs == ["relation_differs", "relation_unknown"]
    await birgit.hears("notice.needs_human")
    await town.settles()
    assert len(birgit.sees("notice.needs_human")) == 1


async def test_two_offenders_go_to_a_human_when_all_have_answered(
    town: Town, short_way: Way
) -> None:
    birgit = await town.hires("coordinator", "coordinator")
    case = town.opens_case(offenders=2)
    await sofie_agrees(town, case)
    await jonas_agrees(town, case)
    assert town.archive.status(case.reference) == "collecting"
    assert not birgit.sees("notice.needs_human")

    mikkel = town.phone("mikkel", short_way)
    await reads_up_to_offer(mikkel, case.token(Role.OFFENDER, 2))
    await shows_interest(mikkel, confession="yes")
    await tells_about_themselves(mikkel, "Mikkel", "31 42 53 64")
    await says_yes(mikkel)
    await birgit.hears("notice.needs_human")
    assert town.archive.needs(case.reference) == ["several_parties"]
    town.clears(case.reference, "several_parties")
    assert town.archive.status(case.reference) == "confirmed"


DANGERS = [
    ("ask_tie", "partner", "close_relation"),
    ("ask_orders", "yes", "orders"),
    ("ask_fear", "unsaid", "fear"),
]


@pytest.mark.parametrize(("question", "answer", "reason"), DANGERS)
async def test_what_a_victim_told_of_danger_is_settled_before_an_offender_is_invited(
    town: Town, question: str, answer: str, reason: str
) -> None:
    """Whatever the coordinator knew when the case was opened."""
    sofie, case = await sofie_wants_to_hear_more(town)
    await _tells_up_to(sofie, question, answer)
    await town.until(lambda: town.archive.needs(case.reference) == [reason])
    with pytest.raises(Refused, match="case clear"):
        town.sends_new_letter(case.reference, Role.OFFENDER)
    town.sends_new_letter(case.reference, Role.VICTIM, 2)
    town.clears(case.reference, reason)
    assert town.sends_new_letter(case.reference, Role.OFFENDER)


async def _tells_up_to(sofie: Resident, question: str, answer: str) -> None:
    """Answer harmlessly, up to one question about safety."""
    harmless = {"ask_tie": "stranger", "ask_orders": "no", "ask_fear": "no"}
    for asked, usual in harmless.items():
        if asked == question:
            await sofie.answers(f"safety.{asked}", answer)
            break
        await sofie.answers(f"safety.{asked}", usual)
    if question == "ask_tie":
        await sofie.answers("safety.ask_wish", "yes")


async def test_who_is_close_and_wants_nothing_is_not_asked_about_by_anybody(
    town: Town,
) -> None:
    """Nothing waits for a human, and staff learn no more than that it rests."""
    sofie, case = await sofie_wants_to_hear_more(town)
    await sofie.answers("safety.ask_tie", "partner")
    await sofie.answers("safety.ask_wish", "no")
    await sofie.asked("safety.informed")
    with pytest.raises(Refused, match="rests with the victim") as refused:
        town.sends_new_letter(case.reference, Role.OFFENDER)
    assert "close" not in str(refused.value)
    assert town.archive.needs(case.reference) == []


async def test_a_stop_does_not_undo_what_a_victim_told_of_danger(town: Town) -> None:
    sofie, case = await sofie_wants_to_hear_more(town)
    await _tells_up_to(sofie, "ask_orders", "yes")
    await sofie.asked("human.explain_human")
    # What is typed is dated in whole seconds.
    town.moves_clock(minutes=1)
    sofie.says("stop")
    await sofie.answers("closing.withdrawn", "undo")
    await shows_interest(sofie)
    await sofie.asked("intake.ask_name")
    with pytest.raises(Refused, match="case clear"):
        town.sends_new_letter(case.reference, Role.OFFENDER)
