"""Quiet where no person acted, and one answer for one act."""

import json

import pytest

from bot.incoming import UNKNOWN
from bot.simulator.contents import checklist
from bot.simulator.texts import Cut
from tests.support.resident import Resident, Way
from tests.support.town import Town
from tests.support.walks import reads_up_to_offer, shows_interest

LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])


async def at_name(town: Town, language: str = "da") -> Resident:
    sofie, case = town.phone("victim", Way(language)), town.opens_case()
    await reads_up_to_offer(sofie, case.victim)
    await shows_interest(sofie)
    await sofie.asked("intake.ask_name")
    return sofie


async def new_texts(town: Town, somebody: Resident, before: int) -> list[str]:
    """List what the bot has said since there were so many messages of it."""
    await town.settles()
    return [bubble.text for bubble in somebody.heard()[before:]]


@LANGUAGES
async def test_an_album_is_answered_once(town: Town, language: str) -> None:
    sofie = await at_name(town, language)
    before = len(sofie.heard())
    sofie.person.sends_album(10)
    await sofie.asked("intake.ask_name")
    told = await new_texts(town, sofie, before)
    assert len(told) == 2
    assert told[0] == sofie.text("common.unusable")


@LANGUAGES
async def test_ten_things_in_ten_seconds_are_answered_once(
    town: Town, language: str
) -> None:
    sofie = await at_name(town, language)
    before = len(sofie.heard())
    for kind in ("photo", "voice", "sticker", "video", "poll"):
        sofie.person.sends(kind)
        town.moves_clock(seconds=1)
    await sofie.asked("intake.ask_name")
    assert len(await new_texts(town, sofie, before)) == 2
    town.moves_clock(seconds=11)
    sofie.person.sends("photo")
    await sofie.hears("common.unusable")


@LANGUAGES
async def test_a_stop_under_an_album_is_answered_once(
    town: Town, language: str
) -> None:
    """It counts at once; that the pictures cannot be read is not told beside it."""
    sofie = await at_name(town, language)
    sofie.person.sends_album(10, "stop")
    await sofie.hears("closing.withdrawn")
    await town.settles()
    assert not sofie.sees("common.unusable")
    assert len(sofie.sees("closing.withdrawn")) == 1


@LANGUAGES
@pytest.mark.parametrize("kind", ["document", "animation", "audio", "video", "voice"])
async def test_a_stop_under_a_file_is_heard_whatever_the_file_is_called(
    town: Town, language: str, kind: str
) -> None:
    sofie = await at_name(town, language)
    sofie.person.sends(kind, "Stop!")
    await sofie.asked("closing.withdrawn")
    assert town.archive.answers(sofie.account) == {}


@pytest.mark.parametrize(
    ("text", "answer"),
    [("stop", "stopping.ask_stop"), ("jeg slår dig ihjel", "care.explain_help")],
)
async def test_many_that_are_sent_on_at_once_are_answered_once(
    town: Town, text: str, answer: str
) -> None:
    """That holds for what protects, too; later it is answered again."""
    sofie = await at_name(town)
    sofie.person.forwards(*[text] * 10)
    await sofie.asked(answer)
    await town.settles()
    assert len(sofie.sees(answer)) == 1
    town.moves_clock(seconds=11)
    sofie.person.forwards(text)
    await sofie.asked(answer)


async def test_a_live_location_is_answered_once_in_all_its_hours(town: Town) -> None:
    sofie = await at_name(town)
    before = len(sofie.heard())
    sofie.person.shares_live_location()
    await sofie.asked("intake.ask_name")
    for _ in range(20):
        town.moves_clock(seconds=30)
        sofie.person.moves()
    sofie.person.stops_sharing()
    assert len(await new_texts(town, sofie, before)) == 2


async def test_a_covered_chat_is_as_quiet(town: Town) -> None:
    sofie = await at_name(town)
    sofie.person.shares_live_location()
    await sofie.asked("intake.ask_name")
    sofie.says("skjul")
    await sofie.hears("hide.line")
    await town.settles()
    before = len(sofie.heard())
    sofie.person.shares_live_location()
    for _ in range(5):
        town.moves_clock(seconds=30)
        sofie.person.moves()
    assert len(await new_texts(town, sofie, before)) <= 1


async def test_a_group_is_answered_once_an_hour(town: Town) -> None:
    sofie = await at_name(town)
    for _ in range(10):
        sofie.person.writes_in_group("Ja")
        town.moves_clock(minutes=5)
    await sofie.hears("common.group")
    await town.settles()
    assert len(sofie.sees("common.group")) == 1
    town.moves_clock(minutes=11)
    sofie.person.writes_in_group("Nej")
    await sofie.hears("common.group")


@pytest.mark.parametrize("kind", ["checklist", "rich_message", UNKNOWN])
@LANGUAGES
async def test_kinds_that_nobody_knew_are_answered(
    town: Town, kind: str, language: str
) -> None:
    sofie = await at_name(town, language)
    sofie.person.sends("unsupported" if kind == UNKNOWN else kind)
    await sofie.hears("common.unusable")
    await sofie.asked("intake.ask_name")
    assert town.archive.answers(sofie.account) == {}


@LANGUAGES
async def test_danger_is_heard_in_whatever_kind(town: Town, language: str) -> None:
    danger = {"da": "jeg slår dig ihjel", "en": "I will kill you"}[language]
    sofie = await at_name(town, language)
    assert danger in json.dumps(checklist(danger), ensure_ascii=False)
    sofie.person.sends("checklist", danger)
    await sofie.asked("care.explain_help")


@pytest.mark.parametrize("cut", Cut)
@LANGUAGES
async def test_what_a_phone_cuts_off_is_no_text_of_its_own(
    town: Town, language: str, cut: Cut
) -> None:
    """It is the end of what was too long, and becomes no name."""
    sofie = await at_name(town, language)
    before = len(sofie.heard())
    sofie.person.says(("ord " * 300 + ". ") * 4, cut)
    await sofie.asked("intake.ask_name")
    told = await new_texts(town, sofie, before)
    assert told[0] == sofie.text("common.too_long")
    assert len(told) == 2
    assert town.archive.answers(sofie.account) == {}
    town.moves_clock(seconds=5)
    await sofie.gives("intake.ask_name", "Sofie")
    await sofie.asked("intake.ask_phone")


@LANGUAGES
async def test_danger_is_heard_at_the_end_of_a_long_text(
    town: Town, language: str
) -> None:
    danger = {"da": "jeg slår dig ihjel", "en": "I will kill you"}[language]
    sofie = await at_name(town, language)
    sofie.person.says("bla bla. " * 500 + danger)
    await sofie.asked("care.explain_help")
    assert town.archive.answers(sofie.account) == {}


async def test_what_was_sent_goes_when_the_chat_is_hidden(town: Town) -> None:
    sofie = await at_name(town)
    sofie.person.sends("checklist", "Mælk")
    await sofie.hears("common.unusable")
    await town.settles()
    sofie.says("skjul")
    await sofie.hears("hide.line")
    await town.settles()
    assert [b.text for b in sofie.person.reads()] == [sofie.text("hide.line")]
