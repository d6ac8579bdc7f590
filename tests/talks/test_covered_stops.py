"""Stop in a covered chat acts at once and unseen; who opens it is told."""

import pytest

from flows.facts import Role
from tests.support.resident import Resident, Way
from tests.support.town import Town
from tests.support.walks import (
    both_agree,
    hides,
    jonas_agrees,
    reads_up_to_offer,
    sofie_agrees,
)
from tests.support.young import child_agrees, parent_agrees


async def stops_unseen(town: Town, sofie: Resident, word: str) -> None:
    """Say stop, and see what anybody sees who writes anything."""
    sofie.says(word)
    await sofie.hears("hide.line")
    await town.settles()
    seen = [(b.text, b.labels) for b in sofie.person.reads()]
    assert seen == [(sofie.text("hide.line"), ())]


@pytest.mark.parametrize(
    ("language", "word"),
    [("da", "STOP!"), ("da", "jeg trækker mig"), ("en", "Stop."), ("en", "withdraw")],
)
async def test_every_yes_is_taken_back_at_once(
    town: Town, language: str, word: str
) -> None:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case, Way(language))
    await hides(sofie)
    await stops_unseen(town, sofie, word)
    assert town.archive.said_yes_to(case.reference, Role.VICTIM) == []
    assert town.archive.answers(sofie.account) == {}
    assert town.archive.party(case.reference, Role.VICTIM).withdrawn_at

    sofie.opens(case.victim)
    await sofie.hears("hide.found")
    await sofie.asked("closing.withdrawn")
    assert not sofie.sees("hide.stopped")
    await sofie.answers("closing.withdrawn", "undo")
    await sofie.asked("offer.ask_interest")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", "stpo"),
        ("da", "stop, han truer mig"),
        ("da", "jeg har ombestemt mig"),
        ("da", "nej tak, ikke alligevel"),
        ("en", "I do not want this any more"),
    ],
)
async def test_so_it_is_in_own_words_as_nobody_can_be_asked(
    town: Town, language: str, words: str
) -> None:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case, Way(language))
    await hides(sofie)
    await stops_unseen(town, sofie, words)
    assert town.archive.party(case.reference, Role.VICTIM).withdrawn_at


@pytest.mark.parametrize(
    "words",
    [
        *("hvad er det her?", "nej", "hej skat", "hvem er du", "ring til mig"),
        *("jeg ved det ikke", "det her er ikke mit", "this is not my phone"),
        *("min kone vil ikke have det", "leave her alone"),
    ],
)
async def test_who_finds_the_phone_stops_nothing(town: Town, words: str) -> None:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    await hides(sofie)
    await stops_unseen(town, sofie, words)
    assert not town.archive.party(case.reference, Role.VICTIM).withdrawn_at


async def test_words_of_danger_beside_it_do_not_keep_a_stop_from_acting(
    town: Town,
) -> None:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    await hides(sofie)
    await stops_unseen(town, sofie, "jeg er bange for ham")
    assert not town.archive.party(case.reference, Role.VICTIM).withdrawn_at
    await stops_unseen(town, sofie, "stop")
    assert town.archive.party(case.reference, Role.VICTIM).withdrawn_at


async def test_after_the_hand_over_the_mediator_hears_it_at_once(town: Town) -> None:
    karen = await town.hires("mediator", "mediator")
    pair = await both_agree(town)
    await karen.takes(pair.case.reference)
    await karen.hears("card.title")
    await hides(pair.victim)
    await stops_unseen(town, pair.victim, "stop")
    await karen.hears("notice.stopped_for_mediator")
    assert town.archive.said_yes_to(pair.case.reference, Role.VICTIM) == []
    pair.victim.opens(pair.case.victim)
    await pair.victim.hears("hide.found")
    await pair.victim.hears("closing.withdrawn")
    await pair.victim.person.finds(pair.victim.text("closing.withdrawn.undo"))


async def test_a_parent_stops_too(town: Town) -> None:
    child = await child_agrees(town, authority="one")
    lone = await parent_agrees(town, child, others="no")
    await hides(lone)
    await stops_unseen(town, lone, "stop")
    [holder] = town.archive.rows("holders")
    assert holder["withdrawn_at"] is not None
    assert town.archive.party(child.case.reference, Role.OFFENDER).withdrawn_at is None


async def test_who_stands_in_two_cases_stops_in_both_and_both_are_named(
    town: Town,
) -> None:
    first, second = town.opens_case(), town.opens_case()
    sofie, _ = await sofie_agrees(town, first)
    await reads_up_to_offer(sofie, second.offender)
    await hides(sofie)
    await stops_unseen(town, sofie, "stop")
    assert town.archive.party(first.reference, Role.VICTIM).withdrawn_at
    assert town.archive.party(second.reference, Role.OFFENDER).withdrawn_at
    sofie.opens(first.victim)
    named = await sofie.hears("hide.stopped")
    assert first.reference in named.text
    assert second.reference in named.text
    await sofie.asked("closing.withdrawn")
    sofie.says("skjul")
    await sofie.hears("hide.line")
    sofie.opens(first.victim)
    await sofie.asked("closing.withdrawn")
    await town.settles()
    assert not sofie.sees("hide.stopped")


async def test_a_case_that_is_named_is_stopped_alone(town: Town) -> None:
    first, second = town.opens_case(), town.opens_case()
    sofie, _ = await sofie_agrees(town, first)
    await reads_up_to_offer(sofie, second.offender)
    await hides(sofie)
    await stops_unseen(town, sofie, f"stop {first.reference}")
    assert town.archive.party(first.reference, Role.VICTIM).withdrawn_at
    assert not town.archive.party(second.reference, Role.OFFENDER).withdrawn_at
    sofie.opens(second.offender)
    named = await sofie.hears("hide.stopped")
    assert second.reference not in named.text
    await sofie.asked("closing.withdrawn")


async def test_nobody_else_is_stopped_and_it_acts_once(town: Town) -> None:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    await jonas_agrees(town, case)
    await hides(sofie)
    await stops_unseen(town, sofie, "stop")
    before = town.archive.consents(case.reference, Role.VICTIM)
    await stops_unseen(town, sofie, "stop")
    assert town.archive.consents(case.reference, Role.VICTIM) == before
    assert town.archive.party(case.reference, Role.OFFENDER).withdrawn_at is None


async def test_a_stop_that_was_sent_on_is_asked_about_when_the_chat_is_opened(
    town: Town,
) -> None:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    await hides(sofie)
    sofie.person.forwards("stop")
    await sofie.hears("hide.line")
    await stops_unseen(town, sofie, "hej")
    assert town.archive.party(case.reference, Role.VICTIM).withdrawn_at is None
    sofie.opens(case.victim)
    await sofie.hears("hide.found")
    await sofie.answers("stopping.ask_stop", "yes")
    await sofie.asked("closing.withdrawn")
    assert town.archive.party(case.reference, Role.VICTIM).withdrawn_at


async def test_stop_under_a_photo_and_in_an_edit_is_a_stop(town: Town) -> None:
    for way in ("photo", "edit"):
        case = town.opens_case()
        sofie = town.phone(way)
        await reads_up_to_offer(sofie, case.victim)
        await hides(sofie)
        if way == "photo":
            sofie.person.sends("photo", "stop")
        else:
            sofie.says("stpo er")
            sofie.person.edits("stop")
        await sofie.hears("hide.line")
        await town.settles()
        assert town.archive.party(case.reference, Role.VICTIM).withdrawn_at


async def test_who_did_not_mean_it_and_hides_may_stop_once_more(town: Town) -> None:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    sofie.says("stop")
    await sofie.answers("closing.withdrawn", "undo")
    await sofie.asked("offer.ask_interest")
    await hides(sofie)
    assert town.archive.place(sofie.account) == "offer.ask_interest"
    await stops_unseen(town, sofie, "stop")
    assert town.archive.place(sofie.account) == "closing.withdrawn"
    sofie.opens(case.victim)
    await sofie.asked("closing.withdrawn")
