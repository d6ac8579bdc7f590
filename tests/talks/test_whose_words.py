"""An answer counts only for what this person has said themselves, and to this."""

import pytest

from bot.simulator.origins import ForwardOrigin as From
from flows.always import Always
from flows.facts import Role
from tests.support.resident import Resident, Way
from tests.support.town import Opened, Town
from tests.support.walks import (
    both_agree,
    knows_what_a_yes_means,
    reads_up_to_offer,
    shows_interest,
    tells_about_themselves,
)

LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])
WORDS = {"da": ("Ja", "Nej"), "en": ("Yes", "No")}
TAKE_PART = "consent.ask_take_part"


async def is_asked_to_take_part(town: Town, language: str) -> tuple[Resident, Opened]:
    case, sofie = town.opens_case(), town.phone("victim", Way(language))
    await reads_up_to_offer(sofie, case.victim)
    await shows_interest(sofie)
    await tells_about_themselves(sofie, "Sofie", "20163847")
    await knows_what_a_yes_means(sofie)
    await sofie.asked(TAKE_PART)
    sofie.ponders()
    return sofie, case


def said(town: Town, case: Opened) -> list[str]:
    """List what Sofie has said to taking part."""
    found = town.archive.words(case.reference, Role.VICTIM, "take_part")
    return [event.state for event in found]


@LANGUAGES
async def test_what_was_sent_on_is_no_answer(town: Town, language: str) -> None:
    """Neither another's yes nor another's no, whoever it was."""
    sofie, case = await is_asked_to_take_part(town, language)
    for n, origin in enumerate(From):
        sofie.person.forwards(WORDS[language][n % 2], of=origin)
        await sofie.hears("common.not_own")
        await sofie.asked(TAKE_PART)
        town.moves_clock(seconds=11)
    assert said(town, case) == []
    assert town.archive.status(case.reference) == "collecting"


@LANGUAGES
async def test_what_a_bot_has_written_is_no_answer(town: Town, language: str) -> None:
    sofie, case = await is_asked_to_take_part(town, language)
    sofie.person.says_through_a_bot(WORDS[language][0])
    await sofie.hears("common.not_own")
    await sofie.asked(TAKE_PART)
    assert said(town, case) == []


@LANGUAGES
async def test_what_was_set_to_be_sent_later_is_no_answer(
    town: Town, language: str
) -> None:
    sofie, case = await is_asked_to_take_part(town, language)
    sofie.person.says_as_scheduled(WORDS[language][0])
    await sofie.hears("common.early")
    await town.settles()
    assert said(town, case) == []


@LANGUAGES
async def test_a_reply_to_something_else_is_no_answer(
    town: Town, language: str
) -> None:
    sofie, case = await is_asked_to_take_part(town, language)
    older = sofie.heard()[0]
    for reply in (
        lambda yes: sofie.person.replies(older, yes),
        lambda yes: sofie.person.replies(older, yes, older.text[:4]),
        sofie.person.replies_from_elsewhere,
    ):
        sofie.ponders()
        reply(WORDS[language][0])
        await sofie.hears("common.elsewhere")
        await sofie.asked(TAKE_PART)
    assert said(town, case) == []
    sofie.ponders()
    sofie.person.replies(sofie.heard()[-1], WORDS[language][0])
    await sofie.asked("consent.consented")
    assert said(town, case) == ["given"]


async def test_a_reply_to_the_open_question_or_its_copy_is_one(town: Town) -> None:
    """Asked again, a question stands there twice; both say the same."""
    sofie, case = town.phone("victim"), town.opens_case()
    await reads_up_to_offer(sofie, case.victim)
    await shows_interest(sofie)
    first = await sofie.asked("intake.ask_name")
    sofie.says("Hvad koster det?")
    await sofie.hears("common.unanswered")
    await sofie.asked("intake.ask_name")
    sofie.person.replies(first, "Sofie")
    await sofie.asked("intake.ask_phone")
    assert town.archive.answers(sofie.account) == {"name": "Sofie"}


async def test_lines_of_another_talk_become_no_name_and_no_number(town: Town) -> None:
    sofie, case = town.phone("victim"), town.opens_case()
    await reads_up_to_offer(sofie, case.victim)
    await shows_interest(sofie)
    await sofie.asked("intake.ask_name")
    sofie.person.forwards("Kommer du i morgen?", "20163847", "kim@eksempel.dk")
    await sofie.hears("common.not_own")
    await town.settles()
    assert town.archive.answers(sofie.account) == {}
    assert len(sofie.sees("common.not_own")) == 1, "one act, one answer"


@LANGUAGES
async def test_an_edit_is_no_answer_and_is_answered_once(
    town: Town, language: str
) -> None:
    sofie, case = await is_asked_to_take_part(town, language)
    sofie.says("hmm")
    await sofie.asked(TAKE_PART)
    before = len(sofie.heard())
    town.moves_clock(seconds=11)
    sofie.person.edits_no_word()
    await town.settles()
    assert len(sofie.heard()) == before
    sofie.person.edits(WORDS[language][0])
    await sofie.hears("common.edited")
    await town.settles()
    before = len(sofie.heard())
    sofie.person.edits_no_word()
    await town.settles()
    assert len(sofie.heard()) == before
    assert said(town, case) == []


@pytest.mark.parametrize("days", [2, 3])
@pytest.mark.parametrize("hidden", [True, False])
async def test_words_too_old_to_be_changed_do_not_act_again(
    town: Town, *, hidden: bool, days: int
) -> None:
    """What they were is not known any more; a reaction to an old stop is no stop."""
    sofie, _ = await is_asked_to_take_part(town, "da")
    sofie.says("stop")
    await sofie.asked("closing.withdrawn")
    await sofie.answers("closing.withdrawn", "undo")
    await town.settles()
    town.moves_clock(days=days)
    await town.until(lambda: town.archive.batch_day() == f"2026-11-{23 + days}")
    await town.settles()
    before = len(sofie.heard())
    sofie.person.edits_no_word(hidden=hidden)
    await town.settles()
    assert [bubble.text for bubble in sofie.heard()[before:]] == []


@pytest.mark.parametrize("was_edited", [False, True])
async def test_a_reaction_to_words_that_are_not_known_any_more_says_nothing(
    town: Town, *, was_edited: bool
) -> None:
    """With our clock ahead of Telegram's they are forgotten a little earlier."""
    sofie, _ = await is_asked_to_take_part(town, "da")
    town.shifts_program_clock(hours=1)
    sofie.says("hmm")
    await sofie.asked(TAKE_PART)
    await town.settles()
    if was_edited:
        town.moves_clock(hours=24)
        sofie.person.edits_no_word(hidden=False)
        await town.settles()
    town.moves_clock(hours=23.5 if was_edited else 47.5)
    await town.until(lambda: town.archive.batch_day() == "2026-11-25")
    await town.settles()
    before = len(sofie.heard())
    sofie.person.edits_no_word(hidden=True)
    await town.settles()
    assert [bubble.text for bubble in sofie.heard()[before:]] == []


@LANGUAGES
async def test_hiding_and_danger_are_heard_whoever_wrote_it(
    town: Town, language: str
) -> None:
    sofie, _ = await is_asked_to_take_part(town, language)
    danger = {"da": "jeg slår dig ihjel", "en": "I will kill you"}[language]
    sofie.person.forwards(danger)
    await sofie.asked("care.explain_help")
    sofie.person.forwards(sofie.text(f"always.{Always.HIDE}.words").split(",")[0])
    await sofie.hears("hide.line")
    await town.settles()
    assert [bubble.text for bubble in sofie.heard()] == [sofie.text("hide.line")]


async def test_a_letter_opens_for_whoever_writes_its_code_themselves(
    town: Town,
) -> None:
    sofie, case = town.phone("victim"), town.opens_case()
    sofie.opens()
    await sofie.asked("arrival.ask_language")
    sofie.person.forwards(case.victim)
    await sofie.hears("common.not_own")
    await sofie.asked("arrival.ask_language")
    assert town.archive.place(sofie.account) == "arrival.ask_language"
    sofie.says(case.victim)
    await sofie.asked("arrival.ask_letter")


async def test_a_mediator_takes_no_case_with_words_of_somebody_else(
    town: Town,
) -> None:
    karen = await town.hires("mediator", "mediator")
    karen.person.forwards("tag sagen")
    await karen.hears("common.not_own")
    assert not karen.sees("queue.none")


async def test_a_reply_to_an_offer_takes_that_case_and_no_other_reply_does(
    town: Town,
) -> None:
    karen = await town.hires("mediator", "mediator")
    pair = await both_agree(town)
    offer = await karen.hears("notice.case_ready")
    karen.ponders()
    karen.person.replies(await karen.hears("mediator.ask_invitation"), "Tag sagen")
    await karen.hears("common.elsewhere")
    assert town.archive.status(pair.case.reference) == "confirmed"
    karen.person.replies(offer, "Tag sagen")
    await karen.hears("notice.taken")
    assert town.archive.status(pair.case.reference) == "claimed"
