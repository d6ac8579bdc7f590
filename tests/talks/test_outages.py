"""The program was away: nothing that was said is lost, and nobody is stuck."""

import asyncio
import logging
from pathlib import Path

import pytest

from bot.storage.engine import sqlite
from flows.facts import Role
from tests.support.outage import away
from tests.support.town import Empty, founded_at_rest, served
from tests.support.walks import reads_up_to_offer


async def test_after_an_outage_the_question_is_there_for_who_writes_anything(
    tmp_path: Path, empty_database: Empty
) -> None:
    """Telegram throws taps away after 150 seconds."""
    async with founded_at_rest(tmp_path, empty_database) as (town, opened):
        case = town.opens_case()
        sofie = town.phone("victim")
        async with served(opened):
            await reads_up_to_offer(sofie, case.victim)
            await town.settles()
        await sofie.answers_now("offer.ask_interest", "yes")
        town.moves_clock(seconds=151)
        async with served(opened):
            sofie.says("Er I der?")
            await sofie.asked("offer.ask_interest")
            assert town.archive.party(case.reference, Role.VICTIM).interest is None
            await sofie.answers("offer.ask_interest", "yes")
            await sofie.asked("safety.ask_tie")


async def test_what_was_written_during_an_outage_is_answered_in_order(
    tmp_path: Path, empty_database: Empty
) -> None:
    async with founded_at_rest(tmp_path, empty_database) as (town, opened):
        sofie = town.phone("victim")
        sofie.opens()
        for words in ("hvad er konfliktråd?", "status"):
            sofie.says(words)
        town.moves_clock(hours=20)
        async with served(opened):
            await sofie.hears("arrival.status")
            await town.settles()
        told = ("arrival.ask_language", "topics.explain_what", "arrival.status")
        came = [sofie.sees(text)[0].message_id for text in told]
        assert came == sorted(came)


async def test_while_the_database_is_away_nothing_ends_and_nothing_is_lost(
    tmp_path: Path,
    empty_database: Empty,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not even the daily batch, whose time comes meanwhile, ends the program."""
    caplog.set_level(logging.WARNING)
    monkeypatch.setitem(sqlite.PRAGMAS, "busy_timeout", "20")
    async with founded_at_rest(tmp_path, empty_database) as (town, opened):
        sofie, jonas = town.phone("victim"), town.phone("offender")
        async with served(opened):
            await town.until(town.archive.batch_day)
            with away(town, empty_database):
                for person in (sofie, jonas):
                    person.opens()
                await town.until(lambda: "Nothing is lost" in caplog.text)
                town.moves_clock(days=1)
                # Long enough for several looks at the clock, and several tries.
                await asyncio.sleep(0.5)
            for person in (sofie, jonas):
                await person.asked("arrival.ask_language")
            await town.until(lambda: town.archive.batch_day() == "2026-11-24")
            assert "The database can be used again." in caplog.messages
            assert caplog.text.count("Nothing is lost") == 1
            assert all(len(person.heard()) == 1 for person in (sofie, jonas))
