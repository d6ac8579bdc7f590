"""Closed, the bot tells everybody whom to call; stop and hide work, nothing is lost."""

from bot.simulator.bubbles import Bubble
from flows.always import Always
from flows.facts import Role
from tests.support.resident import Resident, Way
from tests.support.town import Town
from tests.support.walks import (
    both_agree,
    chooses_word,
    reads_up_to_offer,
    shows_interest,
    tells_about_themselves,
)
from tests.support.young import child_agrees, parent_reads, sends_on

BOTTOM = ("always.menu.label", "always.hide.label")


async def hears_that_it_is_closed(resident: Resident, office: str = "") -> Bubble:
    """Hear the one calm text, with whom to call and nothing else to tap."""
    told = await resident.hears("common.closed")
    assert told.labels == tuple(resident.text(label) for label in BOTTOM)
    assert "114" in told.text
    assert "112" in told.text
    assert office in told.text
    return told


async def test_everything_is_answered_with_one_text_and_nothing_moves(
    town: Town, way: Way
) -> None:
    case = town.opens_case()
    sofie = town.phone("victim", way)
    await reads_up_to_offer(sofie, case.victim)
    place = town.archive.place(sofie.account)
    asked = await sofie.asked("offer.ask_interest")
    town.closes_intake()

    await sofie.answers("offer.ask_interest", "yes")
    said = {(await hears_that_it_is_closed(sofie, "66 14 14 48")).text}
    for text in ("hej", "/start", "status", "emner", "human", case.victim):
        sofie.says(text)
        said.add((await hears_that_it_is_closed(sofie)).text)
    sofie.person.shares_contact()
    said.add((await hears_that_it_is_closed(sofie)).text)
    assert len(said) == 1
    assert town.archive.place(sofie.account) == place
    assert town.archive.party(case.reference, Role.VICTIM).interest is None

    town.reopens_intake()
    await town.settles()
    assert sofie.heard()[-1].text in said
    sofie.says("hej")
    again = await sofie.asked("offer.ask_interest")
    assert again.labels == asked.labels
    await sofie.answers("offer.ask_interest", "yes")
    await sofie.asked("safety.ask_tie")


async def test_a_button_from_before_works_again_when_it_is_open(town: Town) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    town.closes_intake()
    sofie.says("hej")
    await hears_that_it_is_closed(sofie)
    town.reopens_intake()
    assert town.archive.party(case.reference, Role.VICTIM).interest is None
    await sofie.answers_now("offer.ask_interest", "yes")
    await sofie.asked("safety.ask_tie")
    assert town.archive.party(case.reference, Role.VICTIM).interest == "yes"


async def test_who_is_told_so_can_stop_hide_and_get_help(
    town: Town, short_way: Way
) -> None:
    case = town.opens_case()
    sofie = town.phone("victim", short_way)
    await reads_up_to_offer(sofie, case.victim)
    await shows_interest(sofie)
    await tells_about_themselves(sofie, "Sofie", "20 16 38 47")
    await chooses_word(sofie, "solsikke")
    town.closes_intake()
    await sofie.wants(Always.HELP)
    await sofie.hears("always.help.says")
    await hears_that_it_is_closed(sofie)
    await sofie.wants(Always.WITHDRAW)
    await sofie.hears("closing.withdrawn")
    party = town.archive.party(case.reference, Role.VICTIM)
    assert party.withdrawn_at is not None
    assert town.archive.answers(sofie.account) == {}

    await sofie.wants(Always.HIDE)
    await sofie.hears("hide.line")
    sofie.says("hej")
    await sofie.hears("hide.line")
    await town.settles()
    assert not sofie.sees("common.closed")
    sofie.says("solsikke")
    await sofie.hears("closing.withdrawn")


async def test_the_menu_offers_only_what_works(town: Town) -> None:
    sofie = town.phone("victim")
    case = town.opens_case()
    await reads_up_to_offer(sofie, case.victim)
    town.closes_intake()
    await sofie.wants(Always.MENU)
    menu = await sofie.hears("always.menu.says")
    left = ("receipt", "help", "withdraw")
    offered = [sofie.text(f"always.{action}.label") for action in left]
    assert menu.labels[: len(offered)] == tuple(offered)
    assert menu.labels[len(offered) :] == tuple(map(sofie.text, BOTTOM))


async def test_an_old_button_to_stop_works_in_a_case_that_is_taken(town: Town) -> None:
    karen = await town.hires("mediator", "mediator")
    pair = await both_agree(town)
    town.closes_intake()
    await karen.takes(pair.case.reference)
    await karen.hears("card.title")
    await pair.victim.reads("notice.claimed")
    pair.victim.says("hvornår ringer I?")
    await hears_that_it_is_closed(pair.victim)
    await pair.victim.wants(Always.WITHDRAW)
    await pair.victim.hears("closing.withdrawn")
    await karen.hears("notice.stopped_for_mediator")
    town.moves_clock(hours=24)
    await karen.hears("notice.ended_for_mediator")
    assert town.archive.status(pair.case.reference) == "ended"


async def test_a_letter_opened_meanwhile_stays_unused(
    town: Town, short_way: Way
) -> None:
    case = town.opens_case()
    town.closes_intake()
    sofie = town.phone("victim", short_way)
    for _ in range(8):
        sofie.opens(case.victim)
        await hears_that_it_is_closed(sofie)
    sofie.opens("ABCD2345WXYZ")
    await hears_that_it_is_closed(sofie)
    assert not town.archive.rows("talks")
    assert town.archive.party(case.reference, Role.VICTIM).person_id is None

    town.reopens_intake()
    await reads_up_to_offer(sofie, case.victim)


async def test_a_stranger_has_help_menu_and_hide(town: Town, short_way: Way) -> None:
    town.closes_intake()
    lone = town.phone("parent", short_way)
    lone.opens()
    await hears_that_it_is_closed(lone, "Sekretariat for Konfliktråd")
    await lone.wants(Always.HELP)
    await lone.hears("always.help.says")
    await hears_that_it_is_closed(lone)
    await lone.wants(Always.WITHDRAW)
    await hears_that_it_is_closed(lone)
    await lone.wants(Always.HIDE)
    await lone.hears("hide.line")
    assert not town.archive.rows("talks")


async def test_staff_join_and_work_meanwhile(town: Town, short_way: Way) -> None:
    town.closes_intake()
    karen = await town.hires("mediator", "mediator", short_way)
    await karen.wants(Always.STATUS)
    await karen.hears("mediator.status")
    karen.says("tag sagen")
    await karen.hears("queue.none")
    assert not karen.sees("common.closed")


async def test_closing_and_opening_are_audited(town: Town) -> None:
    for _ in range(2):
        town.closes_intake()
    for _ in range(2):
        town.reopens_intake()
    for action in ("intake closed", "intake opened"):
        assert len(town.archive.audit(action)) == 1


async def test_no_parent_is_reminded_while_the_intake_is_closed(town: Town) -> None:
    child = await child_agrees(town, authority="one")
    lone = town.phone("parent")
    sends_on(child.resident, lone)
    await parent_reads(lone)
    town.closes_intake()
    town.moves_clock(days=3)
    await town.until(lambda: town.archive.batch_day() == "2026-11-26")
    await town.settles()
    assert not lone.sees("common.you_have_message")
    town.reopens_intake()
    town.moves_clock(days=1)
    await lone.hears("common.you_have_message")
