"""What a review found: each once wrong, each now a talk."""

from flows.always import Always
from flows.facts import Role
from tests.support.town import Town
from tests.support.walks import (
    both_agree,
    chooses_word,
    hides,
    reads_up_to_offer,
)


async def test_a_letter_that_was_stopped_unanswered_opens_again(town: Town) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    sofie.opens(case.victim)
    await sofie.asked("arrival.ask_letter")
    await sofie.wants(Always.HUMAN)
    await sofie.asked("human.explain_human")
    await sofie.wants(Always.WITHDRAW)
    await sofie.hears("closing.withdrawn_asked")
    sofie.opens(case.victim)
    await sofie.asked("arrival.ask_letter")
    assert town.archive.party(case.reference, Role.VICTIM).person_id is None
    await sofie.answers("arrival.ask_letter", "yes")
    await sofie.asked("arrival.ask_language")
    assert town.archive.party(case.reference, Role.VICTIM).person_id


async def test_asking_for_a_human_before_the_letter_counts_for_its_case(
    town: Town,
) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    sofie.opens(case.victim)
    await sofie.asked("arrival.ask_letter")
    await sofie.wants(Always.HUMAN)
    await sofie.answers("human.explain_human", "go_on")
    await sofie.answers("human.ask_if_15", "no")
    await sofie.answers("human.awaiting_call", "go_on")
    await sofie.answers("arrival.ask_letter", "yes")
    await sofie.asked("arrival.ask_language")
    assert town.archive.needs(case.reference) == ["asked_for"]
    [other] = [r for r in town.archive.references() if r != case.reference]
    assert town.archive.status(other) == "ended"


async def test_a_hidden_mediator_reads_the_notice_when_the_chat_is_found(
    town: Town,
) -> None:
    karen = await town.hires("mediator", "mediator")
    await chooses_word(karen, "havn")
    await hides(karen)
    pair = await both_agree(town)
    assert town.archive.status(pair.case.reference) == "confirmed"
    assert not karen.sees("notice.case_ready")
    karen.says("havn")
    await karen.hears("common.you_have_message")
    await karen.wants(Always.SHOW)
    await karen.hears("notice.case_ready")
    await karen.takes(pair.case.reference)
    await karen.hears("notice.taken")
    assert town.archive.status(pair.case.reference) == "claimed"


async def test_a_mediator_who_joins_is_offered_what_waits(town: Town) -> None:
    birgit = await town.hires("coordinator", "coordinator")
    pair = await both_agree(town)
    await birgit.hears("notice.needs_human")
    karen = await town.hires("mediator", "mediator")
    offered = await karen.hears("notice.case_ready")
    assert pair.case.reference in offered.text
    assert karen.text("notice.take") in offered.labels


async def test_an_older_menu_loses_its_buttons(town: Town) -> None:
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, town.opens_case().victim)
    await sofie.wants(Always.MENU)
    await sofie.hears("always.menu.says")
    sofie.person.taps(sofie.text("offer.ask_interest.yes"))
    await sofie.asked("safety.ask_tie")
    await town.settles()
    assert sofie.text("always.withdraw.label") not in sofie.person.labels()


async def test_who_waits_for_nobody_is_not_shown_to_who_looks_at_the_other(
    town: Town,
) -> None:
    pair = await both_agree(town)
    await pair.victim.wants(Always.HUMAN)
    await pair.victim.asked("human.explain_human")
    card = town.card(pair.case.reference)
    assert "Sofie" in card
    assert "Jonas" not in card
    assert town.archive.party(pair.case.reference, Role.OFFENDER).interest == "yes"
