"""What may be an answer, or something else, is asked about before it counts."""

import re

import pytest

from flows.always import Always
from flows.facts import Role
from tests.support.resident import Resident, Way
from tests.support.town import Town
from tests.support.walks import (
    both_agree,
    reads_up_to_offer,
    shows_interest,
    sofie_agrees,
)
from tests.talks.test_cpr import at_phone

DOUBTED = {"da": "Jeg ringer gerne tilbage", "en": "You may call me back"}
QUESTIONS = {
    "da": ["koster det noget", "jeg forstår ikke det her", "hvad er en tolk"],
    "en": ["does it cost anything", "what is an interpreter", "I don't understand"],
}


async def at_times(town: Town, language: str) -> Resident:
    sofie = town.phone("victim", Way(language))
    await reads_up_to_offer(sofie, town.opens_case().victim)
    await shows_interest(sofie)
    await sofie.gives("intake.ask_name", "Sofie")
    await sofie.gives("intake.ask_phone", "20163847")
    await sofie.answers("intake.ask_email", "skip")
    await sofie.asked("intake.ask_times")
    return sofie


@pytest.mark.parametrize("language", ["da", "en"])
async def test_what_was_meant_as_the_answer_is_taken_with_one_tap(
    town: Town, language: str
) -> None:
    sofie = await at_times(town, language)
    words = DOUBTED[language]
    sofie.says(words)
    question = await sofie.asked("doubt.ask_if_answer")
    assert words in question.text
    assert len(question.labels) == 4, "two answers, menu and hide"
    await sofie.answers("doubt.ask_if_answer", "yes")
    await sofie.asked("intake.ask_interpreter")
    assert town.archive.answers(sofie.account) == {
        "name": "Sofie",
        "phone": "+45 20 16 38 47",
        "times": words,
    }


async def test_what_was_not_meant_is_kept_nowhere(town: Town) -> None:
    sofie = await at_times(town, "da")
    sofie.says(DOUBTED["da"])
    await sofie.answers("doubt.ask_if_answer", "no")
    await sofie.asked("intake.ask_times")
    assert town.archive.answer_names() == ["name", "phone"]
    await sofie.gives("intake.ask_times", "efter kl. 16")
    await sofie.asked("intake.ask_interpreter")


async def test_nor_is_what_one_went_back_from(town: Town) -> None:
    sofie = await at_times(town, "da")
    sofie.says(DOUBTED["da"])
    await sofie.asked("doubt.ask_if_answer")
    assert town.archive.answer_names() == ["doubted", "name", "phone"]
    assert not any(DOUBTED["da"] in value for _, value in town.archive.values())
    sofie.says("tilbage")
    await sofie.asked("intake.ask_times")
    assert town.archive.answer_names() == ["name", "phone"]


@pytest.mark.parametrize("language", ["da", "en"])
async def test_a_question_is_answered_and_stands_on_no_card(
    town: Town, language: str
) -> None:
    sofie = await at_times(town, language)
    for question in QUESTIONS[language]:
        sofie.says(question)
        await sofie.asked("intake.ask_times")
    assert sofie.sees("common.unanswered")
    assert town.archive.answer_names() == ["name", "phone"]


@pytest.mark.parametrize(
    ("word", "says"),
    [("Stop \U0001f6d1", "closing.withdrawn"), ("Skjul \u2757", "hide.line")],
)
async def test_a_word_of_safety_is_no_name(town: Town, word: str, says: str) -> None:
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, town.opens_case().victim)
    await shows_interest(sofie)
    await sofie.asked("intake.ask_name")
    sofie.says(word)
    await sofie.hears(says)
    assert town.archive.answer_names() == []


async def test_a_number_is_changed_after_the_yes_and_the_yes_stands(
    town: Town,
) -> None:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    given = town.archive.consents(case.reference, Role.VICTIM)
    await sofie.answers("consent.consented", "number")
    await sofie.gives("number.ask_phone", "mit nye nummer er 20 16 38 48")
    await sofie.asked("consent.consented")
    assert town.archive.answers(sofie.account)["phone"] == "+45 20 16 38 48"
    assert town.archive.consents(case.reference, Role.VICTIM) == given


async def test_the_mediator_hears_that_the_card_shows_another_number(
    town: Town,
) -> None:
    karen = await town.hires("mediator", "mediator")
    pair = await both_agree(town)
    await karen.takes(pair.case.reference)
    await karen.hears("notice.taken")
    sofie = pair.victim
    await sofie.wants(Always.RESUME)
    await sofie.hears("consent.claimed")
    await sofie.answers_now("consent.consented", "number")
    await sofie.gives("number.ask_phone", "20163848")
    told = await karen.hears("notice.number_changed")
    assert "20" not in told.text.replace(pair.case.reference, "")
    karen.person.taps(karen.text("notice.show_card"), on=told)
    await karen.person.hears(re.compile("20 16 38 48"))


async def test_whoever_skips_the_number_has_not_taken_it_back(town: Town) -> None:
    sofie = await at_phone(town)
    await sofie.gives("intake.ask_phone", "20163847")
    await sofie.asked("intake.ask_email")
    sofie.says("tilbage")
    await sofie.answers("intake.ask_phone", "skip")
    await sofie.asked("intake.ask_email")
    assert town.archive.answers(sofie.account)["phone"] == "+45 20 16 38 47"


async def test_of_a_number_that_nobody_can_call_one_is_told(town: Town) -> None:
    sofie = await at_phone(town)
    sofie.says("+888 0123 4567")
    await sofie.hears("input.refused.anonymous")
    await sofie.asked("intake.ask_phone")
    assert "phone" not in town.archive.answers(sofie.account)


@pytest.mark.parametrize("word", ["fortsæt", "videre", "go on"])
async def test_after_the_words_of_help_a_word_goes_on(town: Town, word: str) -> None:
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, town.opens_case().victim)
    sofie.says("Min far slår mig")
    await sofie.asked("care.explain_help")
    sofie.says(word)
    await sofie.asked("offer.ask_interest")
