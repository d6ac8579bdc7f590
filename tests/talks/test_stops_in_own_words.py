"""A stop in one's own words: plain ones act at once, whatever may mean one is asked."""

import pytest

from flows.facts import Role
from tests.support.resident import Resident, Way
from tests.support.town import Opened, Town
from tests.support.walks import (
    reads_up_to_offer,
    says_yes,
    shows_interest,
    sofie_agrees,
    tells_about_themselves,
)
from tests.support.young import Child, child_agrees, parent_agrees

PLAIN = [
    ("da", "jeg trækker mit ja tilbage"),
    ("da", "Jeg trækker mit samtykke tilbage."),
    ("da", "jeg vil ikke være med længere"),
    ("en", "I withdraw my consent"),
    ("en", "I don't want to take part any more"),
]
MAYBE = [
    ("da", "nej tak"),
    ("da", "jeg har ombestemt mig"),
    ("da", "hold op med at kontakte mig"),
    ("da", "stpo"),
    ("da", "jeg er træt. det fylder for meget. jeg ved ikke hvorfor jeg sagde ja. nej"),
    ("en", "cancel"),
    ("en", "call it off"),
    ("en", "this feels wrong"),
    ("en", "I do not want to"),
]


async def agrees(town: Town, language: str) -> tuple[Resident, Opened]:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case, Way(language))
    return sofie, case


def has_said_yes(town: Town, case: Opened) -> bool:
    return "take_part" in town.archive.said_yes_to(case.reference, Role.VICTIM)


@pytest.mark.parametrize(("language", "words"), PLAIN)
async def test_a_plain_statement_acts_at_once(
    town: Town, language: str, words: str
) -> None:
    sofie, case = await agrees(town, language)
    sofie.says(words)
    await sofie.asked("closing.withdrawn")
    assert not has_said_yes(town, case)


@pytest.mark.parametrize(("language", "words"), MAYBE)
async def test_whatever_may_mean_it_is_asked_about(
    town: Town, language: str, words: str
) -> None:
    sofie, case = await agrees(town, language)
    sofie.says(words)
    await sofie.asked("stopping.ask_stop")
    assert has_said_yes(town, case)


@pytest.mark.parametrize(
    "words", ["ring ikke efter kl. 20", "kan jeg stoppe senere?", "tak for hjælpen"]
)
async def test_what_means_something_else_asks_nobody(town: Town, words: str) -> None:
    sofie, case = await agrees(town, "da")
    sofie.says(words)
    await sofie.asked("consent.consented")
    assert not sofie.sees("stopping.ask_stop")
    assert has_said_yes(town, case)


async def test_it_is_heard_where_something_is_asked_for(town: Town) -> None:
    """Nobody's name is a wish to stop."""
    sofie, case = town.phone("victim"), town.opens_case()
    await reads_up_to_offer(sofie, case.victim)
    await shows_interest(sofie)
    await sofie.asked("intake.ask_name")
    sofie.says("jeg vil ikke være med længere")
    await sofie.asked("closing.withdrawn")
    assert town.archive.answer_names() == []


async def test_a_parent_speaks_of_the_child(town: Town) -> None:
    child: Child = await child_agrees(town, authority="one")
    lone = await parent_agrees(town, child, others="no")
    lone.says("Mit barn skal ikke være med alligevel")
    await lone.asked("closing.withdrawn")
    [holder] = town.archive.rows("holders")
    assert holder["withdrawn_at"]


async def test_in_a_covered_chat_it_acts_unseen_whatever_else_is_said(
    town: Town,
) -> None:
    """Words of danger beside it hide no stop there, as no help may show."""
    sofie, case = await agrees(town, "da")
    sofie.says("skjul")
    await sofie.hears("hide.line")
    sofie.says("jeg trækker mit ja tilbage")
    await town.settles()
    assert [bubble.text for bubble in sofie.heard()] == [sofie.text("hide.line")]
    assert not has_said_yes(town, case)


async def test_whoever_says_that_it_is_no_stop_is_not_asked_about_it_again(
    town: Town,
) -> None:
    """Some are called so."""
    sofie, case = town.phone("victim"), town.opens_case()
    await reads_up_to_offer(sofie, case.victim)
    await shows_interest(sofie)
    await sofie.asked("intake.ask_name")
    sofie.says("Stop Hansen")
    await sofie.answers("stopping.ask_stop", "no")
    await sofie.asked("intake.ask_name")
    sofie.says("Stop Hansen")
    await sofie.answers("doubt.ask_if_answer", "yes")
    await sofie.asked("intake.ask_phone")
    assert town.archive.answers(sofie.account) == {"name": "Stop Hansen"}


@pytest.mark.parametrize("words", ["jeg vil ikke", "jeg har ombestemt mig"])
async def test_the_same_words_are_asked_about_every_time(
    town: Town, words: str
) -> None:
    """Nobody is told that a second wish to stop could not be read."""
    sofie, case = await agrees(town, "da")
    for _ in range(2):
        sofie.says(words)
        await sofie.answers("stopping.ask_stop", "no")
        await sofie.asked("consent.consented")
        town.moves_clock(days=2)
    for _ in range(2):
        sofie.says(words)
        await sofie.asked("stopping.ask_stop")
    assert not sofie.sees("common.not_understood")
    assert has_said_yes(town, case)


async def test_words_that_were_no_stop_before_the_yes_may_be_one_after_it(
    town: Town,
) -> None:
    case = town.opens_case()
    sofie = town.phone("victim", Way("da"))
    await reads_up_to_offer(sofie, case.victim)
    await shows_interest(sofie)
    await sofie.asked("intake.ask_name")
    sofie.says("jeg har ombestemt mig")
    await sofie.answers("stopping.ask_stop", "no")
    await tells_about_themselves(sofie, "Sofie", "20163847")
    await says_yes(sofie)
    await sofie.asked("consent.consented")
    sofie.says("jeg har ombestemt mig")
    await sofie.asked("stopping.ask_stop")


async def test_a_stop_with_a_slip_in_the_reference_is_asked_about(town: Town) -> None:
    sofie, case = await agrees(town, "da")
    sofie.says("stop KR-2222")
    await sofie.answers("stopping.ask_stop", "yes")
    await sofie.asked("closing.withdrawn")
    assert not has_said_yes(town, case)


@pytest.mark.parametrize(
    "words", ["Jeg vil ikke være med?", "jeg vil ikke være med \U0001f602", "stpo"]
)
async def test_who_doubts_it_or_slips_is_asked(town: Town, words: str) -> None:
    sofie, case = await agrees(town, "da")
    sofie.says(words)
    await sofie.asked("stopping.ask_stop")
    assert has_said_yes(town, case)


async def test_a_slip_in_the_word_for_hiding_hides(town: Town) -> None:
    sofie, _ = await agrees(town, "da")
    sofie.says("skjuk")
    await sofie.hears("hide.line")
    assert not sofie.sees("consent.consented")
