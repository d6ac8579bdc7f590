"""The button that shares one's number goes when its question is open no more."""

from flows.always import Always
from flows.facts import Role
from tests.support.resident import Resident
from tests.support.town import Opened, Town
from tests.support.walks import (
    chooses_word,
    hides,
    reads_up_to_offer,
    shows_interest,
)


async def is_asked_for_a_number(town: Town, case: Opened) -> Resident:
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await shows_interest(sofie)
    await sofie.gives("intake.ask_name", "Sofie")
    await sofie.person.finds(sofie.text("intake.ask_phone.share"))
    return sofie


async def sees_it_go(town: Town, sofie: Resident, question: str) -> None:
    """Read that it is gone, once, and then where one stands."""
    await sofie.asked(question)
    await town.settles()
    assert sofie.person.phone.chat.keyboard is None
    assert len(sofie.sees("intake.share_gone")) == 1
    assert not sofie.sees("intake.noted")


async def test_when_the_case_has_ended(town: Town) -> None:
    case = town.opens_case()
    sofie = await is_asked_for_a_number(town, case)
    town.ends(case.reference)
    town.moves_clock(hours=24)
    await sofie.reads("closing.ended")
    await sees_it_go(town, sofie, "closing.ended")


async def test_when_somebody_comes_back_after_the_end_without_having_read_of_it(
    town: Town,
) -> None:
    case = town.opens_case()
    sofie = await is_asked_for_a_number(town, case)
    town.ends(case.reference)
    town.moves_clock(hours=24)
    await sofie.hears("common.you_have_message")
    sofie.opens()
    await sees_it_go(town, sofie, "arrival.ask_language")


async def test_when_the_letter_of_another_case_is_opened(town: Town) -> None:
    sofie = await is_asked_for_a_number(town, town.opens_case())
    sofie.opens(town.opens_case().victim)
    await sees_it_go(town, sofie, "arrival.ask_letter")


async def test_when_the_office_has_let_go_of_somebody_who_writes(town: Town) -> None:
    case = town.opens_case()
    sofie = await is_asked_for_a_number(town, case)
    town.sends_new_letter(case.reference, Role.VICTIM)
    await town.settles()
    assert sofie.person.phone.chat.keyboard, "nothing is sent unasked"
    sofie.says("hej")
    await sees_it_go(town, sofie, "closing.let_go")


async def test_when_a_stop_was_said_on_the_phone(town: Town) -> None:
    case = town.opens_case()
    sofie = await is_asked_for_a_number(town, case)
    stop = "--who victim:1 --answer withdrawn --method phone --date 2026-11-23 --by B"
    assert town.types(f"consent record {case.reference} {stop}") == 0
    await sofie.wants(Always.STATUS)
    await sees_it_go(town, sofie, "closing.withdrawn")


async def test_it_stays_as_long_as_the_question_does(town: Town) -> None:
    sofie = await is_asked_for_a_number(town, town.opens_case())
    await sofie.wants(Always.STATUS)
    await sofie.hears("intake.status")
    await town.settles()
    assert sofie.person.phone.chat.keyboard
    assert not sofie.sees("intake.share_gone")


async def test_in_a_chat_that_is_found_again_it_is_offered_again(town: Town) -> None:
    sofie = await is_asked_for_a_number(town, town.opens_case())
    await chooses_word(sofie, "solsikke")
    await sofie.asked("intake.ask_phone")
    await hides(sofie)
    await town.settles()
    assert sofie.person.phone.chat.keyboard is None
    sofie.says("solsikke")
    await sofie.hears("hide.found")
    await sofie.person.finds(sofie.text("intake.ask_phone.share"))
