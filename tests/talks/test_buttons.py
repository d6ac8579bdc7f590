"""Old answers do nothing, what is always open acts from any button, however old."""

import pytest

from bot.simulator.bubbles import Bubble
from bot.simulator.faults import Fault, FaultKind
from flows.facts import Role
from tests.support.resident import Resident
from tests.support.town import Opened, Town
from tests.support.walks import (
    is_safe,
    leaves_a_number,
    reads_up_to_offer,
    shows_interest,
    sofie_agrees,
    sofie_wants_to_hear_more,
)


async def moves_on(town: Town) -> tuple[Resident, Opened, Bubble]:
    """Answer the question of interest, and keep how it looked before."""
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    old = await sofie.asked("offer.ask_interest")
    await shows_interest(sofie)
    await sofie.asked("intake.ask_name")
    return sofie, case, old


async def test_after_a_tap_the_question_shows_the_answer_and_no_buttons(
    town: Town,
) -> None:
    sofie, _, old = await moves_on(town)
    await town.settles()
    [now] = [b for b in sofie.heard() if b.message_id == old.message_id]
    chosen = sofie.text("common.chosen", label=sofie.text("offer.ask_interest.yes"))
    assert now.text == f"{old.text}\n\n{chosen}"
    assert now.labels == ()


async def test_an_old_answer_is_answered_politely_and_moves_nothing(
    town: Town,
) -> None:
    sofie, case, old = await moves_on(town)
    sofie.person.taps(sofie.text("offer.ask_interest.no"), on=old)
    await sofie.notices("common.stale")
    assert town.archive.party(case.reference, Role.VICTIM).interest == "yes"
    assert town.archive.place(sofie.account) == "intake.ask_name"


async def test_an_old_button_of_the_same_question_asked_again_is_old_too(
    town: Town,
) -> None:
    sofie, case = await sofie_wants_to_hear_more(town)
    old = await sofie.asked("safety.ask_tie")
    await sofie.answers("safety.ask_tie", "stranger")
    await sofie.asked("safety.ask_orders")
    sofie.says("tilbage")
    await sofie.asked("safety.ask_tie")
    sofie.person.taps(sofie.text("safety.ask_tie.neighbour"), on=old)
    await sofie.notices("common.stale")
    assert town.archive.party(case.reference, Role.VICTIM).tie == "stranger"


async def test_a_double_tap_counts_once(town: Town) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    asked = await sofie.asked("offer.ask_interest")
    for _ in range(2):
        sofie.person.taps(sofie.text("offer.ask_interest.yes"), on=asked)
    await town.settles()
    assert len(sofie.sees("safety.ask_tie")) == 1
    assert town.archive.place(sofie.account) == "safety.ask_tie"


async def test_a_tap_that_the_phone_sends_again_counts_once(town: Town) -> None:
    """Telegram gives it a new number, so it cannot be known by that."""
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    town.plays(Fault(FaultKind.RESENT_TAP, count=1))
    await sofie.answers("offer.ask_interest", "yes")
    await sofie.notices("common.stale")
    await town.settles()
    assert len(sofie.sees("safety.ask_tie")) == 1
    assert town.archive.place(sofie.account) == "safety.ask_tie"


async def test_a_consent_that_is_sent_again_is_recorded_once(town: Town) -> None:
    case = town.opens_case()
    town.plays(Fault(FaultKind.RESENT_TAP))
    await sofie_agrees(town, case)
    await town.settles()
    given = town.archive.consents(case.reference, Role.VICTIM)
    assert [c.purpose for c in given] == ["hear_more", "data_notice", "take_part"]


async def test_a_withdrawal_that_is_sent_again_is_calm_and_stays_one(
    town: Town,
) -> None:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    sofie.says("menu")
    menu = await sofie.hears("always.menu.says")
    town.plays(Fault(FaultKind.RESENT_TAP, count=1))
    sofie.person.taps(sofie.text("always.withdraw.label"), on=menu)
    await sofie.hears("closing.stopped_already")
    await sofie.asked("closing.withdrawn")
    given = town.archive.consents(case.reference, Role.VICTIM)
    withdrawn = [c.purpose for c in given if c.state == "withdrawn"]
    assert len(withdrawn) == len(set(withdrawn)) > 0


@pytest.mark.parametrize("action", ["withdraw", "human"])
async def test_an_old_button_of_the_menu_acts(town: Town, action: str) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    sofie.says("menu")
    old = await sofie.hears("always.menu.says")
    await sofie.answers_now("offer.ask_interest", "yes")
    await is_safe(sofie)
    await sofie.gives("intake.ask_name", "Sofie")
    await sofie.asked("intake.ask_phone")
    town.moves_clock(days=3)
    sofie.person.taps(sofie.text(f"always.{action}.label"), on=old)
    if action == "withdraw":
        await sofie.asked("closing.withdrawn")
        assert town.archive.party(case.reference, Role.VICTIM).withdrawn_at
    else:
        await leaves_a_number(sofie, "20163847", "efter kl. 16")
        assert town.archive.needs(case.reference) == ["asked_for"]


@pytest.mark.parametrize("answer_within", [2.0])
async def test_a_question_keeps_its_buttons_when_menu_is_tapped_very_soon(
    town: Town,
) -> None:
    """Before Telegram has told us the number of the message that was tapped."""
    sofie = town.phone("victim")
    town.plays(Fault(FaultKind.LOST_ANSWER, 1, "sendMessage", "victim"))
    sofie.opens()
    asked = await sofie.asked("arrival.ask_language")
    sofie.person.taps(sofie.text("always.menu.label"), on=asked)
    await sofie.hears("always.menu.says")
    await town.settles()
    shown = [b for b in sofie.heard() if b.text == asked.text]
    assert [b.labels for b in shown] == [asked.labels] * 2


async def test_an_old_hide_button_acts(town: Town) -> None:
    sofie, _, old = await moves_on(town)
    sofie.person.taps(sofie.text("always.hide.label"), on=old)
    await sofie.hears("hide.line")
    await town.settles()
    assert [bubble.text for bubble in sofie.heard()] == [sofie.text("hide.line")]


async def test_staff_words_do_nothing_for_a_party(town: Town) -> None:
    sofie, case, _ = await moves_on(town)
    sofie.says(f"tag sagen {case.reference}")
    await town.settles()
    assert not sofie.sees("notice.taken")
    assert not sofie.sees("card.title")
