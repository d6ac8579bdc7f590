"""Whatever people send, they get a clear answer, and nothing moves by accident."""

import pytest

from bot.simulator import actions
from bot.simulator.unusable_messages import send_oddment
from flows.facts import Role
from tests.support.resident import Resident, Way
from tests.support.town import Town
from tests.support.walks import (
    knows_what_a_yes_means,
    reads_up_to_offer,
    shows_interest,
    tells_about_themselves,
    understands,
)


async def at_offer(town: Town, way: Way | None = None) -> Resident:
    sofie = town.phone("victim", way)
    await reads_up_to_offer(sofie, town.opens_case().victim)
    return sofie


async def at_name(town: Town) -> Resident:
    sofie = await at_offer(town)
    await shows_interest(sofie)
    await sofie.asked("intake.ask_name")
    return sofie


#: To what somebody has said yes who has not been asked the last question.
NOT_TO_TAKING_PART = ["data_notice", "hear_more"]
NO_ANSWERS = [
    "1",
    "ok",
    "okay",
    "👍",
    "😀😀😀",
    "ja, men jeg er lidt i tvivl",
    "det vil jeg ja",
    "jaja",
    "?",
    "...",
    "\u200b",
    "\u0661",
]


@pytest.mark.parametrize("language", ["da", "en"])
async def test_only_the_label_or_yes_and_no_count_where_it_matters(
    town: Town, language: str
) -> None:
    """At interest nothing else is an answer: no number, no emoji, no sentence."""
    sofie = await at_offer(town, Way(language))
    for text in NO_ANSWERS:
        sofie.says(text)
        await sofie.asked("offer.ask_interest")
        assert town.archive.place(sofie.account) == "offer.ask_interest", text
    assert sofie.sees("common.not_understood_strict")


async def test_no_consent_comes_of_anything_but_the_label_or_yes(town: Town) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await shows_interest(sofie)
    await tells_about_themselves(sofie, "Sofie", "20163847")
    for question in ("ask_data", "ask_take_part"):
        await sofie.asked(f"consent.{question}")
        for text in NO_ANSWERS:
            sofie.says(text)
            await sofie.asked(f"consent.{question}")
        await sofie.answers(f"consent.{question}", "yes")
        if question == "ask_data":
            await understands(sofie)
    await sofie.asked("consent.consented")
    given = town.archive.consents(case.reference, Role.VICTIM)
    assert [c.purpose for c in given] == ["hear_more", "data_notice", "take_part"]


@pytest.mark.parametrize(
    ("word", "says"), [("pause", "always.pause.says"), ("menu", "always.menu.says")]
)
async def test_a_yes_to_something_else_is_no_consent(
    town: Town, word: str, says: str
) -> None:
    """Who is told to write a word after the pause may write "ja"; it counts later."""
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await shows_interest(sofie)
    await tells_about_themselves(sofie, "Sofie", "20163847")
    await knows_what_a_yes_means(sofie)
    await sofie.asked("consent.ask_take_part")
    sofie.says(word)
    await sofie.hears(says)
    sofie.says("ja")
    await sofie.asked("consent.ask_take_part")
    assert town.archive.said_yes_to(case.reference, Role.VICTIM) == NOT_TO_TAKING_PART
    sofie.ponders()
    sofie.says("ja")
    await sofie.asked("consent.consented")


async def test_ten_thousand_characters_are_too_many(town: Town) -> None:
    sofie = await at_name(town)
    sofie.says("Sofie " * 1667)
    await sofie.hears("common.too_long")
    sofie.ponders()
    await sofie.gives("intake.ask_name", "Sofie")
    await sofie.asked("intake.ask_phone")
    assert town.archive.answers(sofie.account) == {"name": "Sofie"}


async def test_what_is_no_name_is_asked_for_again(town: Town) -> None:
    sofie = await at_name(town)
    for text in ("😀😀", "12", "\u200f\u200e!", "..."):
        sofie.says(text)
        await sofie.hears("input.refused.name")
        await sofie.asked("intake.ask_name")
    assert town.archive.answer_names() == []


async def test_direction_marks_do_not_disguise_a_name(town: Town) -> None:
    """The card shows what was typed, in the order in which it reads."""
    sofie = await at_name(town)
    sofie.says("\u2066Sofie\u2069\u202e\u200fnesnaH\u0007")
    await sofie.asked("intake.ask_phone")
    [name] = town.archive.answers(sofie.account).values()
    assert name == "Sofie nesnaH"


async def test_signs_of_formatting_are_only_signs(town: Town) -> None:
    name = "<b>So*f_ie_*</b> [a](b) &amp; `x` {y} ~z~"
    sofie = await at_name(town)
    sofie.says(name)
    await sofie.gives("intake.ask_phone", "20163847")
    await sofie.answers("intake.ask_email", "skip")
    await sofie.answers("intake.ask_times", "skip")
    await sofie.answers("intake.ask_interpreter", "no")
    await sofie.answers("intake.ask_access", "no")
    await sofie.answers("intake.ask_support", "no")
    summary = await sofie.asked("consent.ask_summary")
    assert name in summary.text


async def test_a_question_is_answered_and_then_the_name_is_asked_again(
    town: Town,
) -> None:
    sofie = await at_name(town)
    sofie.says("Er det frivilligt?")
    await sofie.hears("topics.explain_what")
    await sofie.asked("intake.ask_name")
    sofie.says("Hvad koster det?")
    await sofie.hears("common.unanswered")
    await sofie.asked("intake.ask_name")
    assert town.archive.answer_names() == []


async def test_what_the_bot_cannot_use_moves_nothing(town: Town) -> None:
    sofie = await at_offer(town)
    answers = {"edited": "edited", "location": "unusable_place"}
    for kind in ("photo", "sticker", "voice", "location", "document", "edited"):
        sofie.says("hej")
        await sofie.asked("offer.ask_interest")
        town.moves_clock(seconds=11)
        send_oddment(town.world, sofie.person.phone, kind, "Ja")
        await sofie.hears(f"common.{answers.get(kind, 'unusable')}")
        await town.settles()
        assert town.archive.place(sofie.account) == "offer.ask_interest", kind


async def test_what_is_said_in_a_group_is_answered_in_private(town: Town) -> None:
    sofie = await at_offer(town)
    actions.write_in_group(town.world, sofie.person.phone, "Familien", "Ja")
    await sofie.hears("common.group")
    await town.settles()
    [group] = [chat for chat in town.world.chats.values() if not chat.private]
    assert [bubble.author for bubble in group.bubbles.values()] == ["person"]
    assert town.archive.place(sofie.account) == "offer.ask_interest"


async def test_somebody_elses_contact_is_not_kept(town: Town) -> None:
    sofie = await at_name(town)
    await sofie.gives("intake.ask_name", "Sofie")
    await sofie.asked("intake.ask_phone")
    sofie.person.shares_contact(own=False)
    await sofie.hears("common.foreign_contact")
    await sofie.asked("intake.ask_phone")
    assert town.archive.answer_names() == ["name"]
