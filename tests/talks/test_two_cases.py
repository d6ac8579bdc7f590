"""One person stands in two cases, once as a victim and once as an offender."""

from flows.facts import Role
from tests.support.resident import Resident
from tests.support.town import Opened, Town
from tests.support.walks import reads_up_to_offer, sofie_agrees
from tests.talks.conftest import ON_BOTH

pytestmark = ON_BOTH


async def stands_in_two(town: Town) -> tuple[Resident, Opened, Opened]:
    first, second = town.opens_case(), town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, first.victim)
    await sofie.answers("offer.ask_interest", "later")
    await sofie.asked("offer.paused")
    await reads_up_to_offer(sofie, second.offender)
    await sofie.answers("offer.ask_interest", "later")
    await sofie.asked("offer.paused")
    return sofie, first, second


async def test_which_case_is_asked_by_reference_only(town: Town) -> None:
    """Withdrawing from one case leaves the other as it was."""
    sofie, first, second = await stands_in_two(town)
    sofie.says("stop")
    asked = await sofie.hears("common.which_case")
    assert asked.labels == (first.reference, second.reference)
    assert asked.text == sofie.text("common.which_case")
    sofie.person.taps(first.reference, on=asked)
    await sofie.asked("closing.withdrawn")
    assert town.archive.party(first.reference, Role.VICTIM).withdrawn_at
    kept = town.archive.party(second.reference, Role.OFFENDER)
    assert (kept.withdrawn_at, kept.interest) == (None, "later")


async def test_a_reference_behind_the_word_says_which(town: Town) -> None:
    sofie, first, second = await stands_in_two(town)
    sofie.says(f"stop {second.reference.lower()}")
    await sofie.asked("closing.withdrawn")
    assert town.archive.party(second.reference, Role.OFFENDER).withdrawn_at
    assert not town.archive.party(first.reference, Role.VICTIM).withdrawn_at


async def test_somebody_elses_reference_opens_nothing(town: Town) -> None:
    sofie, first, second = await stands_in_two(town)
    other = town.opens_case()
    sofie.says(f"status {other.reference}")
    await sofie.hears("common.not_understood")
    sofie.says(f"stop {other.reference}")
    asked = await sofie.hears("common.which_case")
    assert asked.labels == (first.reference, second.reference)
    assert other.reference not in "".join(b.text for b in sofie.heard())


async def test_the_reference_alone_is_an_answer_to_which_case(town: Town) -> None:
    """Whoever is asked for which case they say stop may type it as well."""
    sofie, first, second = await stands_in_two(town)
    sofie.says("stop")
    await sofie.hears("common.which_case")
    sofie.says(first.reference)
    await sofie.asked("closing.withdrawn")
    assert town.archive.party(first.reference, Role.VICTIM).withdrawn_at
    assert not town.archive.party(second.reference, Role.OFFENDER).withdrawn_at


async def test_a_reference_later_only_goes_on_there(town: Town) -> None:
    sofie, first, _ = await stands_in_two(town)
    sofie.says("stop")
    await sofie.hears("common.which_case")
    sofie.says("menu")
    await sofie.hears("always.menu.says")
    sofie.says(first.reference)
    await sofie.asked("offer.paused")
    assert not town.archive.party(first.reference, Role.VICTIM).withdrawn_at


async def test_start_asks_which_case_and_goes_on_there(town: Town) -> None:
    sofie, first, second = await stands_in_two(town)
    sofie.opens()
    asked = await sofie.hears("common.which_case")
    sofie.person.taps(first.reference, on=asked)
    await sofie.asked("offer.paused")
    sofie.says("status")
    which = await sofie.hears("common.which_case")
    sofie.person.taps(second.reference, on=which)
    status = await sofie.hears("offer.paused.status")
    assert second.reference in status.text
    assert first.reference not in status.text


async def test_a_reply_to_the_same_question_of_the_other_case_is_no_answer(
    town: Town,
) -> None:
    """Whom somebody knows in one case, they need not know in the other."""
    first, second, sofie = town.opens_case(), town.opens_case(), town.phone("victim")
    await reads_up_to_offer(sofie, first.victim)
    await sofie.answers("offer.ask_interest", "yes")
    asked = await sofie.asked("safety.ask_tie")
    await reads_up_to_offer(sofie, second.victim)
    await sofie.answers("offer.ask_interest", "yes")
    await sofie.asked("safety.ask_tie")
    for older in (asked, sofie.person.phone.chat.bubbles[asked.message_id]):
        sofie.person.replies(older, sofie.text("safety.ask_tie.stranger"))
        await sofie.hears("common.elsewhere")
        await sofie.asked("safety.ask_tie")
    assert town.archive.place(sofie.account) == "safety.ask_tie"


async def test_stop_takes_back_the_yes_wherever_it_is_said(town: Town) -> None:
    """Another letter lies open, unanswered; stop still reaches the case with a yes."""
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    sofie.opens(town.opens_case().offender)
    await sofie.asked("arrival.ask_letter")
    sofie.says("stop")
    await sofie.asked("closing.withdrawn")
    assert town.archive.said_yes_to(case.reference, Role.VICTIM) == []


async def test_stop_after_the_end_of_one_case_reaches_the_other(town: Town) -> None:
    sofie = town.phone("parent")
    await reads_up_to_offer(sofie, town.opens_case().victim)
    town.moves_clock(days=10)
    case = town.opens_case()
    await reads_up_to_offer(sofie, case.victim)
    await sofie.answers("offer.ask_interest", "yes")
    await sofie.asked("safety.ask_tie")
    town.moves_clock(days=12)
    await sofie.reads("closing.ended")
    sofie.says("stop")
    await sofie.asked("closing.withdrawn")
    assert town.archive.party(case.reference, Role.VICTIM).withdrawn_at
