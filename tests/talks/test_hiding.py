"""A chat is covered at once, says nothing to a stranger, and is found again."""

import pytest

from bot.simulator.faults import Fault, FaultKind
from flows.always import Always
from flows.facts import Role
from tests.support.resident import Manner, Resident, Way
from tests.support.town import Town
from tests.support.walks import both_agree, reads_up_to_offer


async def hides(sofie: Resident, word: str = "") -> None:
    """Cover the chat, and agree on a word if there is one."""
    await sofie.wants(Always.HIDE)
    await sofie.hears("hide.line")
    if word:
        sofie.says(word)
        await sofie.hears("hide.kept")


async def test_hidden_and_found_again_by_the_word(town: Town, short_way: Way) -> None:
    case = town.opens_case()
    sofie = town.phone("victim", short_way)
    await reads_up_to_offer(sofie, case.victim)
    await hides(sofie, "Solsikke")
    await town.settles()
    assert sofie.chat().split("\n") == [
        sofie.text("hide.line"),
        sofie.text("hide.kept"),
    ]
    assert sofie.person.labels() == []

    sofie.says("solsikke.")
    await sofie.hears("hide.found")
    await sofie.answers("offer.ask_interest", "yes")
    await sofie.asked("safety.ask_tie")
    await sofie.person.misses("solsikke.")


async def test_hidden_and_found_again_by_the_link(town: Town) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await hides(sofie)
    assert not sofie.sees("offer.ask_interest")
    sofie.opens(case.victim)
    await sofie.hears("hide.found")
    await sofie.answers("offer.ask_interest", "yes")
    await sofie.asked("safety.ask_tie")
    assert town.archive.party(case.reference, Role.VICTIM).interest == "yes"


async def test_a_stranger_hears_one_neutral_line_whatever_they_try(town: Town) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await hides(sofie, "solsikke")
    await town.settles()
    before = len(sofie.heard())
    tries = ["Hej", "menu", "status", "konfliktråd", "hvad er konfliktråd?", "stop"]
    for text in tries:
        sofie.says(text)
        line = await sofie.hears("hide.line")
        assert (line.text, line.labels) == (sofie.text("hide.line"), ())
    sofie.opens()
    await sofie.hears("hide.line")
    sofie.opens(town.opens_case().victim)
    await sofie.hears("hide.line")
    sofie.person.shares_contact()
    await sofie.hears("hide.line")
    await town.settles()
    new = sofie.heard()[before:]
    assert {b.text for b in new} == {sofie.text("hide.line")}
    assert town.archive.place(sofie.account) == "offer.ask_interest"


async def test_what_is_too_old_to_delete_is_blanked(town: Town) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await town.settles()
    old = [b.message_id for b in sofie.heard()]
    town.moves_clock(hours=49)
    sofie.says("hvor langt er jeg")
    await sofie.asked("offer.ask_interest")
    await hides(sofie)
    await town.settles()
    left = {b.message_id: b for b in sofie.heard()}
    assert {left[message_id].text for message_id in old} == {"·"}
    new = [bubble.text for number, bubble in left.items() if number not in old]
    assert new == [sofie.text("hide.line")]
    assert sofie.person.labels() == []


async def test_a_message_waits_until_the_chat_is_found_again(town: Town) -> None:
    karen = await town.hires("mediator", "mediator")
    pair = await both_agree(town)
    await hides(pair.victim, "solsikke")
    await karen.takes(pair.case.reference)
    await karen.hears("card.title")
    await town.settles()
    assert not pair.victim.sees("common.you_have_message")
    pair.victim.says("solsikke")
    await pair.victim.reads("notice.claimed")


async def test_what_was_still_on_its_way_does_not_arrive_afterwards(
    town: Town,
) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    slow = Fault(FaultKind.TOO_MANY, 1, "sendMessage", "victim", retry_after=60)
    town.plays(slow)
    sofie.says("hvad er konfliktråd?")
    await town.until(lambda: not town.world.faults.all())
    await hides(sofie)
    town.moves_clock(minutes=2)
    await town.settles()
    assert [b.text for b in sofie.heard()] == [sofie.text("hide.line")]


async def test_the_word_must_be_agreed_within_five_minutes(town: Town) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await hides(sofie)
    town.moves_clock(minutes=6)
    for _ in range(2):
        sofie.says("solsikke")
        await sofie.hears("hide.line")
    assert not sofie.sees("hide.kept")


async def test_an_old_hide_button_covers_the_chat_once_more(town: Town) -> None:
    """Somebody who is frightened taps the Hide that they see."""
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    old = await sofie.asked("offer.ask_interest")
    await hides(sofie)
    sofie.person.taps(sofie.text("always.hide.label"), on=old)
    await sofie.hears("hide.line")
    sofie.person.taps(sofie.text("offer.ask_interest.yes"), on=old)
    await town.settles()
    assert town.archive.place(sofie.account) == "offer.ask_interest"


async def test_who_hides_twice_in_a_row_has_nothing_left_to_read(town: Town) -> None:
    """Telegram's app repeats a tap that was not answered; fear does too."""
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await town.settles()
    hide = await sofie.person.finds(sofie.text("always.hide.label"))
    sofie.person.touches(hide)
    sofie.person.touches(hide)
    await sofie.hears("hide.line")
    await town.settles()
    assert set(sofie.chat().split("\n")) == {sofie.text("hide.line")}


@pytest.mark.parametrize("answer_within", [2.0])
@pytest.mark.parametrize("is_closed", [False, True], ids=["open", "closed"])
async def test_a_copy_that_nobody_knows_of_goes_when_its_hide_is_tapped(
    town: Town,
    is_closed: bool,  # noqa: FBT001 - pytest gives it
) -> None:
    """When Telegram's answer is lost, a message comes twice; we learn of the second."""
    sofie = town.phone("victim")
    town.plays(Fault(FaultKind.LOST_ANSWER, 1, "sendMessage", "victim"))
    sofie.opens()
    await town.until(lambda: len(sofie.heard()) == 2)
    await town.settles()
    first = sofie.heard()[0]
    if is_closed:
        town.closes_intake()
    sofie.person.taps(sofie.text("always.hide.label"), on=first)
    await sofie.hears("hide.line")
    await town.settles()
    assert sofie.chat() == sofie.text("hide.line")


@pytest.mark.parametrize("manner", [Manner.BUTTONS, Manner.WORDS])
async def test_somebody_whom_we_have_forgotten_can_cover_what_still_stands_there(
    town: Town, manner: Manner
) -> None:
    sofie = town.phone("victim", Way("da", manner))
    sofie.opens()
    await sofie.asked("arrival.ask_language")
    await town.settles()
    town.moves_clock(days=31)
    await town.until(lambda: not town.archive.knows(sofie.account))
    await sofie.wants(Always.HIDE)
    await sofie.hears("hide.line")
    await town.settles()
    # What was not tapped stays: its number was forgotten with everything else.
    stays = 0 if manner is Manner.BUTTONS else 1
    assert len(sofie.sees("arrival.ask_language")) == stays
