"""A chat is covered at once, says nothing to a stranger, and opens to its owner."""

import pytest

from bot.simulator.faults import Fault, FaultKind
from flows.always import Always
from flows.facts import Role
from tests.support.resident import Manner, Resident, Way
from tests.support.town import Opened, Town
from tests.support.walks import both_agree, chooses_word, hides, reads_up_to_offer
from tests.support.young import child_agrees, parent_agrees


async def covered(
    town: Town, word: str = "", way: Way | None = None, case: Opened | None = None
) -> Resident:
    """Read up to the offer, choose a word if there is one, and hide."""
    sofie = town.phone("victim", way)
    await reads_up_to_offer(sofie, (case or town.opens_case()).victim)
    if word:
        await chooses_word(sofie, word)
        await sofie.asked("offer.ask_interest")
    await hides(sofie)
    await town.settles()
    return sofie


async def shows_the_line(town: Town, sofie: Resident) -> None:
    """See that the one line stands in the chat, and nothing else."""
    await town.settles()
    assert [(b.text, b.labels) for b in sofie.person.reads()] == [
        (sofie.text("hide.line"), ())
    ]


async def test_hidden_and_opened_again_by_the_word(town: Town, short_way: Way) -> None:
    sofie = await covered(town, "Solsikke", short_way)
    await shows_the_line(town, sofie)
    assert sofie.person.labels() == []

    sofie.says("sol-sikke.")
    await sofie.hears("hide.found")
    await sofie.answers("offer.ask_interest", "yes")
    await sofie.asked("safety.ask_tie")
    await sofie.person.misses("sol-sikke.")
    assert not sofie.sees("hide.line")


async def test_hidden_and_opened_again_by_the_link(town: Town) -> None:
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


async def test_the_code_is_typed_as_it_stands_in_the_letter(town: Town) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await hides(sofie)
    code = case.victim
    sofie.says(f"{code[:4]}-{code[4:8]}-{code[8:]}".lower())
    await sofie.hears("hide.found")
    await sofie.asked("offer.ask_interest")
    await town.settles()
    assert code[:4].lower() not in sofie.chat()


@pytest.mark.parametrize("language", ["da", "en"])
async def test_whoever_holds_the_phone_reads_one_line_whatever_they_try(
    town: Town, language: str
) -> None:
    sofie = await covered(town, "solsikke", Way(language))
    code = town.opens_case().victim
    tries = [
        *("Hej", "hvad er det her?", "hvad er det her?", "hello", "menu", "status"),
        *("konfliktråd", "/help", "/start", "word", "mit ord", "ja", "1", "😀"),
        *("jeg er bange for ham", "KR-PHQD2M", "skjul", "hide", "x" * 4096),
        *(code, f"/start {code}", f"https://t.me/bot?start={code}", "AAAA-AAAA-AAA2"),
    ]
    for text in tries:
        sofie.says(text)
        line = await sofie.hears("hide.line")
        assert (line.text, line.labels) == (sofie.text("hide.line"), ())
        await shows_the_line(town, sofie)
    sofie.person.shares_contact()
    await sofie.hears("hide.line")
    await shows_the_line(town, sofie)
    assert town.archive.place(sofie.account) == "offer.ask_interest"


async def test_the_letter_of_somebody_else_opens_nothing_but_their_own_chat(
    town: Town,
) -> None:
    case = town.opens_case()
    sofie, jonas = town.phone("victim"), town.phone("offender")
    await reads_up_to_offer(sofie, case.victim)
    await reads_up_to_offer(jonas, case.offender)
    await hides(sofie)
    for code in (case.offender, town.opens_case().victim, town.invites("mediator")):
        sofie.opens(code)
        await sofie.hears("hide.line")
        await shows_the_line(town, sofie)


async def test_a_parent_comes_back_by_the_new_link_that_they_have_taken_up(
    town: Town,
) -> None:
    """What a child has made anew opens nothing before the parent has opened it."""
    child = await child_agrees(town, authority="one")
    lone = await parent_agrees(town, child, others="no")
    await child.resident.answers_now("child.awaiting_parents", "new_link")
    made = await child.resident.hears("child.forward")
    anew = made.text.split("start=")[1][:12]
    await hides(lone)
    lone.opens(anew)
    await lone.hears("hide.line")
    await shows_the_line(town, lone)
    lone.opens(child.resident.sees("child.forward")[0].text.split("start=")[1][:12])
    await lone.hears("hide.found")
    await lone.asked("parental.stated")
    lone.opens(anew)
    await lone.asked("parental.stated")
    await hides(lone)
    lone.opens(anew)
    await lone.hears("hide.found")


async def test_after_five_wrong_words_the_right_one_waits_and_the_code_does_not(
    town: Town,
) -> None:
    case = town.opens_case()
    sofie = await covered(town, "solsikke", case=case)
    for guess in ("sommer", "vinter", "efterår", "foråret", "måned", "solsikke"):
        sofie.says(guess)
        await sofie.hears("hide.line")
        await shows_the_line(town, sofie)
    assert len(town.archive.rows("wrong_words")) == 5
    town.moves_clock(minutes=59)
    sofie.says("solsikke")
    await sofie.hears("hide.line")
    sofie.opens(case.victim)
    await sofie.hears("hide.found")
    assert town.archive.rows("wrong_words") == []


async def test_an_hour_later_the_right_word_is_heard_again(town: Town) -> None:
    sofie = await covered(town, "solsikke")
    for guess in ("sommer", "vinter", "efterår", "foråret", "måned"):
        sofie.says(guess)
        await sofie.hears("hide.line")
    assert len(town.archive.rows("wrong_words")) == 5
    town.moves_clock(minutes=61)
    sofie.says("solsikke")
    await sofie.hears("hide.found")


async def test_stop_is_no_wrong_word(town: Town) -> None:
    sofie = await covered(town, "solsikke")
    for _ in range(6):
        sofie.says("stop")
        await sofie.hears("hide.line")
    assert town.archive.rows("wrong_words") == []
    sofie.says("solsikke")
    await sofie.hears("hide.found")


async def test_no_word_is_chosen_in_a_covered_chat(town: Town) -> None:
    """What anybody wrote in the first minutes once became the word."""
    sofie = await covered(town)
    for _ in range(3):
        sofie.says("hvad er det her?")
        await sofie.hears("hide.line")
        await shows_the_line(town, sofie)
    assert town.archive.rows("people")[0]["hiding_word"] is None


async def test_many_messages_at_once_leave_one_line(town: Town) -> None:
    sofie = await covered(town)
    for n in range(25):
        sofie.says(f"er du der {n}")
    await sofie.hears("hide.line")
    await shows_the_line(town, sofie)
    assert town.archive.rows("people")[0]["hidden_at"] is not None


async def test_what_is_no_text_is_deleted_too_and_nothing_foreign_opens(
    town: Town,
) -> None:
    case = town.opens_case()
    sofie = await covered(town, "solsikke", case=case)
    sofie.person.sends_album(10)
    await sofie.hears("hide.line")
    await shows_the_line(town, sofie)
    for text in ("solsikke", case.victim, f"/start {case.victim}"):
        sofie.person.forwards(text)
        await sofie.hears("hide.line")
        await shows_the_line(town, sofie)
        sofie.person.says_through_a_bot(text)
        await sofie.hears("hide.line")
        await shows_the_line(town, sofie)
    location = sofie.person.shares_live_location()
    await sofie.hears("hide.line")
    await shows_the_line(town, sofie)
    assert location not in sofie.person.reads()
    sofie.says("solsikke")
    await sofie.hears("hide.found")


async def test_the_first_screen_is_opened_again_by_the_letter(town: Town) -> None:
    """Whoever hides at once is not locked out of what they have not accepted yet."""
    case = town.opens_case()
    sofie = town.phone("victim")
    sofie.opens(case.victim)
    await sofie.asked("arrival.ask_letter")
    await hides(sofie)
    for text in ("hej", "/start", "AAAA-AAAA-AAA2"):
        sofie.says(text)
        await sofie.hears("hide.line")
        await shows_the_line(town, sofie)
    sofie.opens(case.victim)
    await sofie.answers("arrival.ask_letter", "yes")
    await sofie.asked("arrival.ask_language")
    assert not sofie.sees("hide.line")


async def test_while_the_intake_is_closed_such_a_letter_opens_nothing(
    town: Town,
) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    sofie.opens(case.victim)
    await sofie.asked("arrival.ask_letter")
    await hides(sofie)
    town.closes_intake()
    sofie.opens(case.victim)
    await sofie.hears("hide.line")
    await shows_the_line(town, sofie)
    assert town.archive.party(case.reference, Role.VICTIM).person_id is None


async def test_staff_find_their_chat_by_their_invitation(town: Town) -> None:
    invitation = town.invites("mediator")
    karen = town.phone("mediator")
    karen.opens(invitation)
    await karen.answers("mediator.ask_invitation", "yes")
    await karen.hears("mediator.ready")
    await hides(karen)
    karen.says("stop")
    await karen.hears("hide.line")
    await shows_the_line(town, karen)
    karen.opens(invitation)
    await karen.hears("hide.found")
    await karen.hears("mediator.ready")
    assert town.archive.place(karen.account) == "mediator.ready"


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


async def test_ones_own_words_are_tried_to_the_last_minute(town: Town) -> None:
    """Ours are blanked in time; of what somebody wrote nothing else is left to try."""
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    sofie.says("hvor langt er jeg")
    await town.settles()
    town.moves_clock(hours=47, minutes=57)
    await hides(sofie)
    await town.settles()
    shown = [bubble.text for bubble in sofie.person.phone.chat.bubbles.values()]
    assert "hvor langt er jeg" not in shown


async def test_a_message_waits_until_the_chat_is_found_again(town: Town) -> None:
    karen = await town.hires("mediator", "mediator")
    pair = await both_agree(town)
    await chooses_word(pair.victim, "solsikke")
    await hides(pair.victim)
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
