"""Not now, no, and taking a yes back: all as easy as saying yes."""

import pytest

from flows.always import Always
from flows.facts import Role
from tests.support.town import Town
from tests.support.walks import (
    both_agree,
    jonas_agrees,
    knows_what_a_yes_means,
    reads_programme,
    reads_up_to_offer,
    says_yes,
    shows_interest,
    sofie_agrees,
    tells_about_themselves,
)

ENDS = [("later", "paused", "go_on"), ("no", "declined", "change")]


@pytest.mark.parametrize(("answer", "end", "way_on"), ENDS)
async def test_interest_can_wait_and_a_no_can_be_changed(
    town: Town, answer: str, end: str, way_on: str
) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await sofie.answers("offer.ask_interest", answer)
    await sofie.asked(f"offer.{end}")
    assert town.archive.party(case.reference, Role.VICTIM).interest == answer
    await sofie.answers(f"offer.{end}", way_on)
    await shows_interest(sofie)
    await sofie.asked("intake.ask_name")
    assert town.archive.party(case.reference, Role.VICTIM).interest == "yes"


@pytest.mark.parametrize(("answer", "end", "way_on"), ENDS)
async def test_taking_part_can_wait_and_a_no_can_be_changed(
    town: Town, answer: str, end: str, way_on: str
) -> None:
    case = town.opens_case()
    await jonas_agrees(town, case)
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await shows_interest(sofie)
    await tells_about_themselves(sofie, "Sofie", "20163847")
    await knows_what_a_yes_means(sofie)
    await sofie.answers("consent.ask_take_part", answer)
    await sofie.asked(f"consent.{end}")
    assert town.archive.status(case.reference) == "collecting"
    await sofie.answers(f"consent.{end}", way_on)
    await sofie.answers("consent.ask_take_part", "yes")
    await sofie.asked("consent.consented")
    assert town.archive.status(case.reference) == "confirmed"


async def test_a_yes_taken_back_before_a_mediator_is_there_tells_nobody(
    town: Town,
) -> None:
    karen = await town.hires("mediator", "mediator")
    pair = await both_agree(town)
    offer = await karen.hears("notice.case_ready")
    await town.settles()
    seen = pair.offender.chat()

    await pair.victim.wants(Always.WITHDRAW)
    await pair.victim.asked("closing.withdrawn")
    reference = pair.case.reference
    assert town.archive.status(reference) == "collecting"
    assert town.archive.said_yes_to(reference, Role.VICTIM) == []
    assert town.archive.answers(pair.victim.account) == {}
    last = {c.purpose: c for c in town.archive.consents(reference, Role.VICTIM)}
    assert {consent.state for consent in last.values()} == {"withdrawn"}

    karen.person.taps(karen.text("notice.take"), on=offer)
    await karen.hears("notice.not_in_queue")
    await town.settles()
    assert pair.offender.chat() == seen
    assert town.archive.said_yes_to(reference, Role.OFFENDER)


async def test_after_a_mediator_has_the_case_only_the_mediator_learns_it_at_once(
    town: Town,
) -> None:
    karen = await town.hires("mediator", "mediator")
    pair = await both_agree(town)
    await karen.takes(pair.case.reference)
    await pair.victim.reads("notice.claimed")
    await pair.offender.reads("notice.claimed")

    await town.settles()
    before = pair.offender.chat()

    await pair.victim.wants(Always.WITHDRAW)
    await pair.victim.hears("closing.withdrawn_until")
    told = await karen.hears("notice.stopped_for_mediator")
    assert pair.case.reference in told.text
    assert town.archive.status(pair.case.reference) == "claimed"
    await town.settles()
    assert pair.offender.chat() == before
    town.moves_clock(hours=24)
    await pair.offender.reads("closing.ended")
    assert town.archive.status(pair.case.reference) == "ended"
    await town.settles()
    assert not pair.victim.sees("closing.ended")


async def test_who_has_withdrawn_can_begin_again_until_the_case_ends(
    town: Town,
) -> None:
    case = town.opens_case()
    await jonas_agrees(town, case)
    sofie, _ = await sofie_agrees(town, case)
    sofie.says("stop")
    await sofie.answers("closing.withdrawn", "undo")
    await sofie.hears("closing.afresh")
    await shows_interest(sofie)
    await tells_about_themselves(sofie, "Sofie", "20163847")
    assert town.archive.status(case.reference) == "collecting"
    await knows_what_a_yes_means(sofie)
    await sofie.answers("consent.ask_take_part", "yes")
    await sofie.asked("consent.consented")
    assert town.archive.status(case.reference) == "confirmed"


async def test_withdrawing_twice_is_answered_kindly(town: Town) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    sofie.says("stop")
    await sofie.asked("closing.withdrawn")
    withdrawn_at = town.archive.party(case.reference, Role.VICTIM).withdrawn_at
    sofie.says("stop")
    await sofie.hears("closing.stopped_already")
    party = town.archive.party(case.reference, Role.VICTIM)
    assert party.withdrawn_at == withdrawn_at
    assert withdrawn_at is not None


@pytest.mark.parametrize("word", ["fortryd", "undo", "det var en fejl"])
async def test_whoever_regrets_a_stop_in_words_is_told_which_button(
    town: Town, word: str
) -> None:
    """By itself the word is no yes: it may have meant the stop once more."""
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    sofie.says("stop")
    await sofie.asked("closing.withdrawn")
    sofie.says(word)
    told = await sofie.hears("closing.stopped_already")
    assert sofie.text("closing.withdrawn.undo") in told.text
    await sofie.asked("closing.withdrawn")
    assert town.archive.said_yes_to(case.reference, Role.VICTIM) == []
    assert not sofie.sees("closing.afresh")


@pytest.mark.parametrize("is_claimed", [False, True])
@pytest.mark.parametrize("word", ["fortryd", "undo", "det var en fejl"])
async def test_whoever_regrets_a_stop_when_the_case_is_over_is_told_whom_to_call(
    town: Town, word: str, *, is_claimed: bool
) -> None:
    """There is no button any more, and none is spoken of."""
    karen = await town.hires("mediator", "mediator")
    pair = await both_agree(town)
    sofie = pair.victim
    if is_claimed:
        await karen.takes(pair.case.reference)
        await sofie.reads("notice.claimed")
        await pair.offender.reads("notice.claimed")
    sofie.says("stop")
    await sofie.hears("closing.withdrawn")
    if not is_claimed:
        town.ends(pair.case.reference)
    town.moves_clock(hours=24)
    await pair.offender.reads("closing.ended")
    await town.settles()
    heard = len(sofie.heard())
    sofie.says(word)
    await town.settles()
    told, *again = sofie.heard()[heard:]
    assert sofie.text("closing.withdrawn_over", offices="").strip() in told.text
    assert "66 14 14 48" in told.text
    labels = {label for bubble in (told, *again) for label in bubble.labels}
    assert sofie.text("closing.withdrawn.undo") not in labels


async def test_an_answer_is_changed_from_the_summary(town: Town) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await shows_interest(sofie)
    await sofie.gives("intake.ask_name", "Sophie")
    await sofie.gives("intake.ask_phone", "20163847")
    await sofie.answers("intake.ask_email", "skip")
    await sofie.answers("intake.ask_times", "skip")
    await sofie.answers("intake.ask_interpreter", "no")
    await sofie.answers("intake.ask_access", "no")
    await sofie.answers("intake.ask_support", "skip")
    assert "Sophie" in (await sofie.asked("consent.ask_summary")).text
    await sofie.answers("consent.ask_summary", "name")
    await sofie.gives("intake.ask_name", "Sofie")
    summary = await sofie.asked("consent.ask_summary")
    assert "Sofie" in summary.text
    assert "+45 20 16 38 47" in summary.text
    assert town.archive.answers(sofie.account)["name"] == "Sofie"


async def test_who_stops_at_the_first_question_can_begin_again(town: Town) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    sofie.opens(case.victim)
    await sofie.answers("arrival.ask_letter", "yes")
    await sofie.asked("arrival.ask_language")
    await sofie.wants(Always.WITHDRAW)
    await sofie.answers("closing.withdrawn", "begin")
    await reads_programme(sofie, "18")
    await shows_interest(sofie)
    await sofie.asked("intake.ask_name")
    party = town.archive.party(case.reference, Role.VICTIM)
    assert (party.interest, party.withdrawn_at) == ("yes", None)


async def test_a_stop_that_was_not_meant_is_one_until_everything_is_asked_anew(
    town: Town,
) -> None:
    """Whatever is opened in between, the question stands; so does a second stop."""
    pair = await both_agree(town)
    sofie, reference = pair.victim, pair.case.reference
    sofie.says("stop")
    await sofie.answers("closing.withdrawn", "undo")
    await sofie.asked("offer.ask_interest")
    assert town.archive.party(reference, Role.VICTIM).withdrawn_at is not None
    await sofie.wants(Always.LANGUAGE)
    await sofie.answers("language.ask_language", "da")
    await sofie.asked("offer.ask_interest")
    await sofie.wants(Always.TOPICS)
    sofie.says("stop")
    await sofie.asked("closing.withdrawn")
    assert not sofie.sees("closing.stopped_already")

    await sofie.answers("closing.withdrawn", "undo")
    await shows_interest(sofie)
    await tells_about_themselves(sofie, "Sofie", "20163847")
    await says_yes(sofie)
    states = [c.state for c in town.archive.consents(reference, Role.VICTIM)]
    assert states.count("withdrawn") == len(states) / 3
    assert states.count("given") == len(states) * 2 / 3
