"""Own words that may mean a stop are asked about once; plain ones act at once."""

import pytest

from flows.always import Always
from flows.facts import Role
from tests.support.resident import Resident, Way
from tests.support.town import Opened, Town
from tests.support.walks import (
    both_agree,
    reads_up_to_offer,
    sofie_agrees,
    sofie_wants_to_hear_more,
)
from tests.support.wishes import may_mean_it, says_plainly
from tests.support.young import child_agrees, parent_agrees, parent_reads, sends_on

LANGUAGES = pytest.mark.parametrize("way", [Way("da"), Way("en")], ids=["da", "en"])
NO, YES = "common.no.words", "common.yes.words"


def types(who: Resident, words: str) -> None:
    who.ponders()
    who.says(who.text(words).split(",")[0])


@LANGUAGES
async def test_a_typed_no_is_going_on_and_a_typed_yes_is_the_stop(
    town: Town, way: Way
) -> None:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case, way)
    assert may_mean_it(town, sofie)
    await sofie.asked("stopping.ask_stop")
    types(sofie, NO)
    await sofie.asked("consent.consented")
    assert "take_part" in town.archive.said_yes_to(case.reference, Role.VICTIM)
    assert may_mean_it(town, sofie)
    await sofie.asked("stopping.ask_stop")
    types(sofie, YES)
    await sofie.asked("closing.withdrawn")
    assert town.archive.said_yes_to(case.reference, Role.VICTIM) == []


async def test_at_a_question_for_own_words_it_leads_back_and_notes_nothing(
    town: Town,
) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await sofie.answers("offer.ask_interest", "yes")
    await sofie.asked("safety.ask_tie")
    assert may_mean_it(town, sofie)
    await sofie.answers("stopping.ask_stop", "no")
    await sofie.asked("safety.ask_tie")


async def test_where_a_number_can_be_shared_nothing_is_said_to_be_noted(
    town: Town,
) -> None:
    case = town.opens_case()
    child = await sofie_at_the_number(town, case)
    assert may_mean_it(town, child)
    await child.asked("stopping.ask_stop")
    assert not child.sees("intake.noted")
    await child.answers("stopping.ask_stop", "no")
    await child.asked("intake.ask_phone")


async def sofie_at_the_number(town: Town, case: Opened) -> Resident:
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await sofie.answers("offer.ask_interest", "yes")
    for question, answer in (
        ("safety.ask_tie", "stranger"),
        ("safety.ask_orders", "no"),
        ("safety.ask_fear", "no"),
        ("safety.explain_next", "go_on"),
    ):
        await sofie.answers(question, answer)
    await sofie.gives("intake.ask_name", "Sofie")
    await sofie.asked("intake.ask_phone")
    return sofie


async def test_a_plain_stop_at_the_question_acts_and_a_may_asks_once_more(
    town: Town,
) -> None:
    sofie, _ = await sofie_wants_to_hear_more(town)
    await sofie.asked("safety.ask_tie")
    for times in (1, 2):
        assert may_mean_it(town, sofie)
        await town.settles()
        asked = sofie.sees("stopping.ask_stop")
        assert len(asked) == times
        assert [bool(one.labels) for one in asked[:-1]] == [False] * (times - 1)
    assert says_plainly(town, sofie)
    await sofie.asked("closing.withdrawn")


async def test_the_way_to_a_human_stands_beside_both(town: Town) -> None:
    sofie, case = await sofie_wants_to_hear_more(town)
    await sofie.asked("safety.ask_tie")
    assert may_mean_it(town, sofie)
    await sofie.answers("stopping.ask_stop", "human")
    await sofie.asked("human.explain_human")
    await town.settles()
    assert town.archive.needs(case.reference) == ["asked_for"]


async def test_who_is_asked_can_still_hide_and_write_of_danger(town: Town) -> None:
    sofie, _ = await sofie_wants_to_hear_more(town)
    await sofie.asked("safety.ask_tie")
    assert may_mean_it(town, sofie)
    await sofie.asked("stopping.ask_stop")
    sofie.says("han slår mig")
    await sofie.answers("care.explain_help", "go_on")
    await sofie.asked("stopping.ask_stop")
    sofie.says("måske")
    await sofie.hears("common.not_understood_strict")
    await sofie.asked("stopping.ask_stop")


async def test_a_parent_stops_for_their_own_part_only(town: Town) -> None:
    child = await child_agrees(town, authority="both")
    lone = await parent_agrees(town, child)
    before = child.resident.chat()
    assert may_mean_it(town, lone)
    await lone.answers("stopping.ask_stop", "yes")
    await lone.asked("closing.withdrawn")
    await town.settles()
    assert child.resident.chat() == before
    assert "take_part" in town.archive.said_yes_to(child.case.reference, Role.OFFENDER)


async def test_a_parent_who_has_not_answered_is_asked_too(town: Town) -> None:
    child = await child_agrees(town, authority="one")
    lone = town.phone("parent")
    sends_on(child.resident, lone)
    await parent_reads(lone)
    await lone.asked("holder.ask_name")
    assert may_mean_it(town, lone)
    await lone.answers("stopping.ask_stop", "no")
    await lone.asked("holder.ask_name")


async def test_after_a_no_or_a_pause_a_may_is_no_reason_to_ask(town: Town) -> None:
    case = town.opens_case()
    for key, token, answer, rest in (
        ("victim", case.victim, "no", "offer.declined"),
        ("offender", case.offender, "later", "offer.paused"),
    ):
        who = town.phone(key)
        await reads_up_to_offer(who, token)
        await who.answers("offer.ask_interest", answer)
        await who.asked(rest)
        assert not may_mean_it(town, who)
        assert says_plainly(town, who)
        await who.asked("closing.withdrawn")


async def test_where_nothing_can_be_stopped_nothing_is_asked(town: Town) -> None:
    case = town.opens_case()
    stranger, karen = town.phone("stranger"), await town.hires("mediator", "mediator")
    stranger.opens(case.victim)
    await stranger.asked("arrival.ask_letter")
    for who in (stranger, karen):
        assert not may_mean_it(town, who)
        assert not says_plainly(town, who)
    await stranger.answers("arrival.ask_letter", "yes")
    await stranger.asked("arrival.ask_language")
    assert says_plainly(town, stranger)
    await stranger.asked("closing.withdrawn")
    assert not says_plainly(town, stranger)
    assert not may_mean_it(town, stranger)


async def test_over_a_case_that_has_ended_nothing_is_asked(town: Town) -> None:
    sofie, case = await sofie_wants_to_hear_more(town)
    await sofie.asked("safety.ask_tie")
    town.ends(case.reference)
    assert may_mean_it(town, sofie), "she does not know of it yet"
    await sofie.answers("stopping.ask_stop", "no")
    town.moves_clock(days=1)
    await sofie.reads("closing.ended")
    assert not may_mean_it(town, sofie)
    assert not says_plainly(town, sofie)


async def test_with_two_cases_it_is_asked_which_one_and_the_other_goes_on(
    town: Town,
) -> None:
    first = town.opens_case()
    sofie, _ = await sofie_agrees(town, first)
    second = town.opens_case()
    sofie.opens(second.offender)
    await sofie.answers("arrival.ask_letter", "yes")
    await sofie.asked("arrival.ask_language")
    assert may_mean_it(town, sofie)
    await sofie.answers("stopping.ask_stop", "yes")
    which = await sofie.hears("common.which_case")
    sofie.person.taps(first.reference, on=which)
    await sofie.asked("closing.withdrawn")
    assert town.archive.said_yes_to(first.reference, Role.VICTIM) == []
    sofie.opens(second.offender)
    await sofie.asked("arrival.ask_language")


async def test_while_the_intake_is_closed_the_question_is_asked_and_answered(
    town: Town,
) -> None:
    pair = await both_agree(town)
    town.closes_intake()
    assert may_mean_it(town, pair.victim)
    await pair.victim.answers("stopping.ask_stop", "human")
    await pair.victim.hears("common.closed")
    await pair.victim.answers_now("stopping.ask_stop", "no")
    await pair.victim.hears("common.closed")
    assert may_mean_it(town, pair.victim)
    await pair.victim.asked("stopping.ask_stop")
    pair.victim.ponders()
    pair.victim.says("ja")
    await pair.victim.asked("closing.withdrawn")
    assert town.archive.said_yes_to(pair.case.reference, Role.VICTIM) == []
    assert says_plainly(town, pair.offender)
    await pair.offender.hears("closing.withdrawn")


@LANGUAGES
async def test_before_a_yes_what_is_not_understood_names_no_stop(
    town: Town, way: Way
) -> None:
    sofie = town.phone("victim", way)
    await reads_up_to_offer(sofie, town.opens_case().victim)
    sofie.says("xyzzy")
    await sofie.hears("common.not_understood_strict")
    assert not sofie.sees("common.how_to_stop")


@LANGUAGES
async def test_after_a_yes_what_is_not_understood_names_the_stop(
    town: Town, way: Way
) -> None:
    sofie, _ = await sofie_agrees(town, town.opens_case(), way)
    sofie.says("xyzzy")
    told = await sofie.hears("common.how_to_stop")
    assert sofie.text("always.withdraw.label") in told.text
    await sofie.wants(Always.WITHDRAW)
    await sofie.asked("closing.withdrawn")
    sofie.says("xyzzy")
    await town.settles()
    assert len(sofie.sees("common.how_to_stop")) == 1
