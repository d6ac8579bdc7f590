"""Whatever goes wrong on the way to Telegram and back, the case comes out the same."""

import asyncio
import logging
from functools import partial
from pathlib import Path

import pytest

from bot.serving import turns
from bot.serving.turns import LOOK_AGAIN
from bot.simulator.faults import Fault, FaultKind
from bot.simulator.server import running
from flows.facts import Role
from tests.support.resident import Resident
from tests.support.town import Empty, Town, at, built, founded_before_telegram, served
from tests.support.walks import both_agree, reads_up_to_offer, shows_interest

WEATHERS = {
    "refused": (
        Fault(FaultKind.TOO_MANY, count=1, retry_after=1),
        Fault(FaultKind.SERVER_ERROR, count=20),
        Fault(FaultKind.STALE_QUERY),
    ),
    "lost": (
        Fault(FaultKind.LOST_REQUEST, count=2),
        Fault(FaultKind.LOST_ANSWER, count=2, method="sendMessage"),
    ),
    "twice": (
        Fault(FaultKind.DUPLICATE),
        Fault(FaultKind.RESENT_TAP),
        Fault(FaultKind.LOST_ANSWER, count=1, method="getUpdates"),
    ),
}


@pytest.mark.parametrize(
    ("weather", "answer_within"), [("refused", 20.0), ("lost", 0.5), ("twice", 0.5)]
)
async def test_a_whole_case_in_bad_weather(town: Town, weather: str) -> None:
    karen = await town.hires("mediator", "mediator")
    for fault in WEATHERS[weather]:
        town.plays(fault)
    pair = await both_agree(town)
    await karen.takes(pair.case.reference)
    await karen.hears("card.title")
    await pair.victim.reads("notice.claimed")
    await town.settles()
    assert town.archive.status(pair.case.reference) == "claimed"
    for role in (Role.VICTIM, Role.OFFENDER):
        given = town.archive.consents(pair.case.reference, role)
        assert [c.purpose for c in given] == ["hear_more", "data_notice", "take_part"]
    assert town.archive.sending() == {"sent"}


async def test_updates_that_come_newest_first_are_read_in_order(town: Town) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await shows_interest(sofie)
    await sofie.asked("intake.ask_name")
    town.plays(Fault(FaultKind.REORDER, count=1))
    with town.hears_nothing():
        sofie.says("Sofie")
        sofie.says("20 16 38 47")
    await sofie.hears("common.early")
    assert town.archive.answers(sofie.account) == {"name": "Sofie"}


async def test_what_comes_again_after_a_restart_acts_once(
    tmp_path: Path, empty_database: Empty
) -> None:
    """The program ends after a turn and before it has told Telegram so."""
    with built(tmp_path, empty_database) as town:
        async with running(town.world) as simulator:
            program = at(town.desk, simulator.url)
            async with served(program):
                sofie = await at_times(town)
                unheard = FaultKind.SERVER_ERROR
                town.plays(Fault(unheard, method="getUpdates"))
                sofie.says("efter kl. 16")
                await sofie.asked("intake.ask_interpreter")
            assert town.world.updates.waiting()
            town.world.faults.switch_off()
            async with served(program):
                await town.settles()
                assert town.archive.answer_names() == ["name", "phone", "times"]
                await sofie.answers("intake.ask_interpreter", "no")
                await sofie.asked("intake.ask_access")


async def test_words_that_wait_for_their_question_as_the_program_ends_are_kept(
    tmp_path: Path, empty_database: Empty, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They come again with the next start, and nobody is told that they came early."""
    monkeypatch.setattr(turns, "ARRIVES_WITHIN", 600.0)
    with built(tmp_path, empty_database) as town:
        async with running(town.world) as simulator:
            async with served(at(town.desk, simulator.url)):
                sofie = await at_times(town)
                await town.settles()
                town.plays(Fault(FaultKind.LOST_ANSWER, method="sendMessage"))
                sofie.says("efter kl. 16")
                await sofie.asked("intake.ask_interpreter")
                sofie.ponders()
                sofie.says("nej")
                await asyncio.sleep(20 * LOOK_AGAIN)
            assert town.world.updates.waiting()
            assert town.archive.sending() == {"sent", "sending"}
            assert not sofie.sees("common.early")


async def at_times(town: Town) -> Resident:
    """Walk a victim up to a question that takes any words."""
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, town.opens_case().victim)
    await shows_interest(sofie)
    await sofie.gives("intake.ask_name", "Sofie")
    await sofie.gives("intake.ask_phone", "20163847")
    await sofie.answers("intake.ask_email", "skip")
    await sofie.asked("intake.ask_times")
    return sofie


async def test_who_blocks_the_bot_gets_the_messages_later(town: Town) -> None:
    karen = await town.hires("mediator", "mediator")
    pair = await both_agree(town)
    pair.victim.person.blocks()
    await karen.takes(pair.case.reference)
    await pair.offender.reads("notice.claimed")
    await town.settles()
    assert not pair.victim.sees("common.you_have_message")
    pair.victim.person.unblocks()
    await pair.victim.reads("notice.claimed")


async def test_at_start_telegram_may_be_away(
    tmp_path: Path, empty_database: Empty, caplog: pytest.LogCaptureFixture
) -> None:
    """It is tried again; the log tells in one clear line, without a traceback."""
    caplog.set_level(logging.INFO)
    away = partial(said, caplog, "cannot be reached")
    async with founded_before_telegram(tmp_path, empty_database, away) as town:
        case = town.opens_case()
        sofie = town.phone("victim")
        await reads_up_to_offer(sofie, case.victim)
        assert said(caplog, "cannot be reached") == 1
        assert said(caplog, "answers again") == 1
        assert all(record.exc_info is None for record in caplog.records)


def said(caplog: pytest.LogCaptureFixture, words: str) -> int:
    """Count the lines of the log that say this."""
    return sum(words in record.getMessage() for record in caplog.records)
