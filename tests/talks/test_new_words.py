"""The words of consent change: whoever said yes to the old ones is asked anew."""

from dataclasses import replace

import pytest

from flows.facts import Role
from flows.rules.notices import NOTICES
from tests.support.resident import Manner, Way
from tests.support.town import Town
from tests.support.walks import both_agree
from tests.support.young import child_agrees, makes_sure, parent_agrees
from tests.talks.test_clock import days_pass

BOTH_LANGUAGES = [Way("da"), Way("en", Manner.WORDS)]


def say_something_else(monkeypatch: pytest.MonkeyPatch, *notices: str) -> None:
    for name in notices:
        newer = replace(NOTICES[name], version="2.0")
        monkeypatch.setitem(NOTICES, name, newer)


@pytest.mark.parametrize("way", BOTH_LANGUAGES, ids=["da", "en"])
async def test_a_confirmed_case_is_told_and_asked_anew(
    town: Town, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = await both_agree(town, way)
    reference = pair.case.reference
    await days_pass(town, "2026-11-24", days=1)
    assert town.archive.status(reference) == "confirmed"
    say_something_else(monkeypatch, "take_part", "take_part_aloud")
    await days_pass(town, "2026-11-25", days=1)
    assert town.archive.status(reference) == "collecting"
    for role, person in ((Role.VICTIM, pair.victim), (Role.OFFENDER, pair.offender)):
        said = {s.purpose: s for s in town.archive.consents(reference, role)}
        assert said["take_part"] == ("take_part", "expired", "new_words")
        await person.reads("notice.words_changed")
        await person.answers("consent.ask_take_part", "yes")
        await person.asked("consent.consented")
    assert town.archive.status(reference) == "confirmed"
    await days_pass(town, "2026-11-26", days=1)
    assert town.archive.status(reference) == "confirmed"


async def test_a_slip_of_the_pen_asks_nobody(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = await both_agree(town)
    await days_pass(town, "2026-11-24", days=1)
    newer = replace(NOTICES["take_part"], version="1.1")
    monkeypatch.setitem(NOTICES, "take_part", newer)
    await days_pass(town, "2026-11-25", days=1)
    assert town.archive.status(pair.case.reference) == "confirmed"
    assert not pair.victim.sees("common.you_have_message")


async def test_other_words_on_data_are_asked_about_before_the_yes(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = await both_agree(town)
    reference = pair.case.reference
    await days_pass(town, "2026-11-24", days=1)
    say_something_else(monkeypatch, "data_notice", "data_notice_aloud")
    await days_pass(town, "2026-11-25", days=1)
    assert town.archive.status(reference) == "collecting"
    await pair.victim.reads("notice.words_changed")
    await pair.victim.asked("consent.ask_data")
    assert len(pair.victim.sees("common.you_have_message")) == 1


async def test_the_mediator_is_told_and_the_old_yes_is_not_said_again(
    town: Town,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    karen = await town.hires("mediator", "mediator")
    pair = await both_agree(town)
    await karen.takes(pair.case.reference)
    await karen.hears("card.title")
    await days_pass(town, "2026-11-24", days=1)
    say_something_else(monkeypatch, "take_part", "take_part_aloud")
    again = f"consent reconfirm {pair.case.reference} --who victim:1"
    assert town.types(f"{again} --date 2026-11-24 --by Karen") == 2
    assert "words that have changed" in capsys.readouterr().err
    await days_pass(town, "2026-11-25", days=1)
    await karen.hears("notice.words_changed_for_mediator")
    assert not pair.victim.sees("notice.words_changed")


@pytest.mark.parametrize("way", BOTH_LANGUAGES, ids=["da", "en"])
async def test_a_parent_is_asked_anew_too(
    town: Town, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = await child_agrees(town, authority="one", way=way)
    lone = await parent_agrees(town, child, others="no")
    makes_sure(town, child.case)
    await days_pass(town, "2026-11-24", days=1)
    say_something_else(monkeypatch, "parental_take_part")
    await days_pass(town, "2026-11-25", days=1)
    await lone.reads("notice.words_changed")
    await lone.asked("parental.ask_take_part")
