"""A yes is one to the words that were read, whatever would be shown by now."""

from dataclasses import replace

import pytest

from flows.facts import Role
from flows.rules.notices import NOTICES
from tests.support.resident import Manner, Resident, Way
from tests.support.town import Opened, Town
from tests.support.walks import (
    is_safe,
    reads_up_to_offer,
    tells_about_themselves,
)

BOTH_MANNERS = [Way("da"), Way("da", Manner.WORDS)]


async def is_asked(town: Town, way: Way) -> tuple[Resident, Opened]:
    case = town.opens_case()
    sofie = town.phone("victim", way)
    await reads_up_to_offer(sofie, case.victim)
    await sofie.asked("offer.ask_interest")
    return sofie, case


def raises_version(monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    newer = replace(NOTICES["hear_more"], version=version)
    monkeypatch.setitem(NOTICES, "hear_more", newer)


def words_said_yes_to(town: Town) -> list[tuple[object, ...]]:
    """List language and version of what was said yes to, and the event's language."""
    words = {row["sha256"]: row for row in town.archive.rows("consent_notices")}
    return [
        (said["language"], read["language"], read["version"])
        for said in town.archive.rows("consent_events")
        for read in [words[said["notice"]]]
    ]


async def test_who_speaks_english_by_now_said_yes_to_the_danish_that_they_read(
    town: Town,
) -> None:
    sofie, _ = await is_asked(town, Way("da"))
    asked = await sofie.asked("offer.ask_interest")
    sofie.opens(town.opens_case().offender)
    await sofie.answers("arrival.ask_letter", "yes")
    await sofie.answers("arrival.ask_language", "en")
    sofie.person.taps(sofie.text("offer.ask_interest.yes"), on=asked)
    sofie.language = "en"
    await sofie.asked("safety.ask_tie")
    assert words_said_yes_to(town) == [("da", "da", "1.0")]


async def test_a_short_repeat_in_another_language_is_the_whole_question(
    town: Town,
) -> None:
    """What goes before a question belongs to its words: all of it in one language."""
    sofie, case = await is_asked(town, Way("da"))
    await sofie.answers("offer.ask_interest", "yes")
    await is_safe(sofie)
    await tells_about_themselves(sofie, "Sofie", "31 42 53 64")
    await sofie.asked("consent.ask_data")
    sofie.opens(town.opens_case().offender)
    await sofie.answers("arrival.ask_letter", "yes")
    await sofie.answers("arrival.ask_language", "en")
    sofie.language = "en"
    await sofie.asked("arrival.explain_bot")
    sofie.says(f"status {case.reference}")
    await sofie.answers("consent.ask_data", "yes")
    await sofie.asked("understanding.ask_may_say_no")
    assert sofie.sees("consent.explain_data")
    assert words_said_yes_to(town)[1:] == [("en", "en", "1.0")]


@pytest.mark.parametrize("way", BOTH_MANNERS, ids=["taps", "types"])
async def test_a_yes_to_words_that_say_something_else_by_now_is_asked_for_anew(
    town: Town, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    sofie, case = await is_asked(town, way)
    raises_version(monkeypatch, "2.0")
    await sofie.answers("offer.ask_interest", "yes")
    await sofie.asked("offer.ask_interest")
    assert town.archive.consents(case.reference, Role.VICTIM) == []
    await sofie.answers("offer.ask_interest", "yes")
    await sofie.asked("safety.ask_tie")
    assert words_said_yes_to(town) == [("da", "da", "2.0")]


@pytest.mark.parametrize("way", BOTH_MANNERS, ids=["taps", "types"])
async def test_where_only_a_slip_of_the_pen_was_mended_the_words_read_are_named(
    town: Town, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    sofie, _ = await is_asked(town, way)
    raises_version(monkeypatch, "1.1")
    await sofie.answers("offer.ask_interest", "yes")
    await sofie.asked("safety.ask_tie")
    assert words_said_yes_to(town) == [("da", "da", "1.0")]
