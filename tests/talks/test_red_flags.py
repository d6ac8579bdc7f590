"""Whoever writes of danger is shown help and a human, and goes on with one tap."""

import pytest

from bot.simulator.actions import SentContent, send
from bot.simulator.bubbles import BubbleJson
from bot.simulator.objects import file
from bot.simulator.unusable_messages import send_oddment
from flows.always import Always
from flows.facts import Role
from tests.support.resident import Resident, Way
from tests.support.town import Town
from tests.support.walks import (
    chooses_word,
    hides,
    leaves_a_number,
    reads_up_to_offer,
    shows_interest,
    sofie_agrees,
)

WRITTEN = "Min far slår mig, når han har drukket"
NUMBERS = ("112", "114", "116 006", "1888", "70 201 201")


async def at_offer(
    town: Town, way: Way | None = None, *, age_band: str = "18"
) -> Resident:
    sofie = town.phone("victim", way)
    await reads_up_to_offer(sofie, town.opens_case().victim, age_band=age_band)
    return sofie


def is_kept(town: Town, word: str) -> bool:
    """Whether a word stands anywhere in the database."""
    return any(word in value for _, value in town.archive.values())


@pytest.mark.parametrize("language", ["da", "en"])
async def test_help_is_shown_and_one_tap_leads_back(town: Town, language: str) -> None:
    sofie = await at_offer(town, Way(language))
    sofie.says(WRITTEN)
    help_shown = await sofie.asked("care.explain_help")
    assert all(number in help_shown.text for number in NUMBERS)
    await sofie.answers("care.explain_help", "go_on")
    await sofie.asked("offer.ask_interest")
    [reference] = town.archive.references()
    assert town.archive.needs(reference) == []


async def test_the_words_are_kept_nowhere_but_in_the_own_chat(town: Town) -> None:
    sofie = await at_offer(town)
    sofie.says(WRITTEN)
    await sofie.asked("care.explain_help")
    await town.settles()
    assert WRITTEN in sofie.chat()
    assert not is_kept(town, "drukket")
    assert town.archive.answer_names() == []


async def test_hiding_deletes_them(town: Town) -> None:
    sofie = await at_offer(town)
    sofie.says(WRITTEN)
    await sofie.asked("care.explain_help")
    await sofie.wants(Always.HIDE)
    await sofie.hears("hide.line")
    await sofie.person.misses(WRITTEN)
    assert "drukket" not in sofie.chat()
    assert not sofie.sees("care.explain_help")


async def test_what_is_asked_for_is_not_taken_from_them(town: Town) -> None:
    """In a free text, too, they are no answer; the question comes again."""
    sofie = await at_offer(town)
    await sofie.wants(Always.HUMAN)
    await sofie.answers("human.explain_human", "go_on")
    await sofie.gives("human.ask_contact", "20163847")
    await sofie.asked("human.ask_times")
    sofie.says("Efter kl. 16, men jeg er bange for at være hjemme")
    await sofie.answers("care.explain_help", "go_on")
    await sofie.gives("human.ask_times", "Efter kl. 16")
    await sofie.asked("human.awaiting_human")
    assert town.archive.answers(sofie.account)["human_times"] == "Efter kl. 16"


async def test_a_human_is_told_only_if_the_person_asks(town: Town) -> None:
    sofie = await at_offer(town)
    [reference] = town.archive.references()
    sofie.says(WRITTEN)
    await sofie.asked("care.explain_help")
    assert town.archive.needs(reference) == []
    await sofie.answers("care.explain_help", "human")
    await leaves_a_number(sofie, "20163847", "efter kl. 16")
    assert town.archive.needs(reference) == ["asked_for"]
    await sofie.answers("human.awaiting_human", "go_on")
    await sofie.answers("care.explain_help", "go_on")
    await sofie.asked("offer.ask_interest")


async def test_the_young_see_the_childrens_phone_right_behind_112(town: Town) -> None:
    ida = await at_offer(town, age_band="15_17")
    ida.says(WRITTEN)
    young = (await ida.asked("care.explain_help")).text
    assert young.index("112:") < young.index("116 111") < young.index("114:")
    sofie = await at_offer(town)
    sofie.says(WRITTEN)
    assert "116 111" not in (await sofie.asked("care.explain_help")).text


async def test_more_of_it_shows_the_same_again(town: Town) -> None:
    sofie = await at_offer(town)
    for text in (WRITTEN, "jeg er bange", "bla " * 600 + "kniv"):
        sofie.says(text)
        await sofie.asked("care.explain_help")
    assert len(sofie.sees("care.explain_help")) == 3
    await sofie.answers("care.explain_help", "go_on")
    await sofie.asked("offer.ask_interest")
    assert town.archive.place(sofie.account) == "offer.ask_interest"


async def test_somebody_whom_we_have_forgotten_is_heard(town: Town) -> None:
    sofie = town.phone("victim")
    sofie.opens()
    await sofie.asked("arrival.ask_language")
    town.moves_clock(days=31)
    await town.until(lambda: not town.archive.knows(sofie.account))
    sofie.says(WRITTEN)
    await sofie.answers("care.explain_help", "go_on")
    await sofie.asked("arrival.ask_language")
    assert town.archive.place(sofie.account) == "arrival.ask_language"


async def test_the_words_of_an_edit_are_scanned(town: Town) -> None:
    sofie = await at_offer(town)
    sofie.says("hej")
    await sofie.hears("common.not_understood_strict")
    send_oddment(town.world, sofie.person.phone, "edited", WRITTEN)
    await sofie.answers("care.explain_help", "go_on")
    await sofie.asked("offer.ask_interest")
    assert not is_kept(town, "drukket")


async def test_words_under_a_photo_are_scanned(town: Town) -> None:
    sofie = await at_offer(town)
    photo: BubbleJson = {
        "photo": [file("photo", width=90, height=67)],
        "caption": WRITTEN,
    }
    send(town.world, sofie.person.phone, SentContent("🖼", "photo", photo))
    await sofie.answers("care.explain_help", "go_on")
    await sofie.asked("offer.ask_interest")
    assert not is_kept(town, "drukket")


async def test_at_a_shut_door_help_is_shown_before_the_one_text(town: Town) -> None:
    sofie = await at_offer(town)
    place = town.archive.place(sofie.account)
    town.closes_intake()
    sofie.says(WRITTEN)
    shown = await sofie.hears("care.at_the_door")
    assert "116 006" in shown.text
    await sofie.hears("common.closed")
    assert town.archive.place(sofie.account) == place


async def test_a_covered_chat_shows_no_help_to_whoever_holds_the_phone(
    town: Town,
) -> None:
    """It says one line to everybody; what was written is nowhere."""
    sofie = await at_offer(town)
    await chooses_word(sofie, "cykelhjelm")
    await hides(sofie)
    sofie.says(WRITTEN)
    await sofie.hears("hide.line")
    sofie.says("cykelhjelm")
    await sofie.hears("hide.found")
    await town.settles()
    assert not sofie.sees("care.explain_help")
    assert WRITTEN not in sofie.chat()


async def test_a_mediator_writes_orders(town: Town) -> None:
    mette = await town.hires("mediator", "mediator")
    mette.says("han truer")
    await mette.hears("common.not_understood")
    assert mette.sees("care.explain_help") == []


async def test_a_surname_may_be_a_word_of_danger_and_a_sentence_is_no_name(
    town: Town,
) -> None:
    sofie = await at_offer(town)
    await shows_interest(sofie)
    await sofie.asked("intake.ask_name")
    for written in ("han truer mig", "Han Truer Mig", "Bange"):
        sofie.says(written)
        await sofie.answers("care.explain_help", "go_on")
        await sofie.asked("intake.ask_name")
    await sofie.gives("intake.ask_name", "Sofie Bange Holm")
    await sofie.asked("intake.ask_phone")
    assert town.archive.answers(sofie.account)["name"] == "Sofie Bange Holm"


@pytest.mark.parametrize(
    ("words", "behind"),
    [
        ("Jeg trækker mit samtykke tilbage. Han truer mig.", "closing.withdrawn"),
        ("stop, han truer mig", "closing.withdrawn"),
        ("Stop det her. Han truer mig", "stopping.ask_stop"),
    ],
)
async def test_a_stop_beside_words_of_danger_is_heard_as_well(
    town: Town, words: str, behind: str
) -> None:
    """Help comes first on the screen; what was said of the yes stands behind it."""
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    sofie.says(words)
    await sofie.answers("care.explain_help", "go_on")
    await sofie.asked(behind)
    yes = "take_part" in town.archive.said_yes_to(case.reference, Role.VICTIM)
    assert yes is (behind == "stopping.ask_stop")
