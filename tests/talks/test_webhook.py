"""A whole case, and an outage, where Telegram brings the updates."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.telegram.address import address
from bot.conversation.turn import turn
from bot.health import readiness
from bot.serving import turns
from bot.simulator.account import TOKEN
from bot.simulator.faults import Fault, FaultKind
from bot.simulator.server import HOST
from bot.storage.engine import sqlite
from flows.facts import Role
from tests.support.outage import away
from tests.support.ports import free_port
from tests.support.program import WEBHOOK_SECRET, asks
from tests.support.town import Empty, Town, founded_at_rest, served
from tests.support.walks import both_agree

PORT = free_port()


@asynccontextmanager
async def brought(tmp_path: Path, empty_database: Empty) -> AsyncIterator[Town]:
    """Found a town whose program is brought its updates."""
    async with founded_at_rest(tmp_path, empty_database) as (town, opened):
        settings = replace(
            opened.settings,
            webhook_url=f"http://{HOST}:{PORT}/updates",
            webhook_secret=WEBHOOK_SECRET,
            webhook_port=PORT,
        )
        made = replace(opened, settings=settings)
        async with served(made, by_webhook=True):
            await until(lambda: readyz(200))
            yield replace(town, desk=made)


async def readyz(status: int) -> bool:
    return (await asks(PORT, "readyz"))[0] == status


async def until(reached: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(30):
        while not await reached():  # noqa: ASYNC110 - only asking tells
            await asyncio.sleep(0.02)


async def test_a_whole_case_by_webhook(tmp_path: Path, empty_database: Empty) -> None:
    """Updates that come twice, too."""
    async with brought(tmp_path, empty_database) as town:
        karen = await town.hires("mediator", "mediator")
        town.plays(Fault(FaultKind.DUPLICATE))
        pair = await both_agree(town)
        await karen.takes(pair.case.reference)
        await karen.hears("card.title")
        for party in (pair.victim, pair.offender):
            await party.reads("notice.claimed")
        await town.settles()
        assert town.archive.status(pair.case.reference) == "claimed"
        for role in (Role.VICTIM, Role.OFFENDER):
            consents = ["data_notice", "hear_more", "take_part"]
            assert town.archive.said_yes_to(pair.case.reference, role) == consents
        assert not town.world.journal.of("getUpdates")


async def test_while_the_database_is_away_telegram_keeps_what_was_said(
    tmp_path: Path, empty_database: Empty, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sqlite.PRAGMAS, "busy_timeout", "20")
    async with brought(tmp_path, empty_database) as town:
        sofie = town.phone("victim")
        api = town.desk.settings.telegram_api
        with away(town, empty_database):
            sofie.opens()
            await until(lambda: is_refused(api))
        await sofie.asked("arrival.ask_language")
        assert len(sofie.heard()) == 1


async def test_a_turn_that_hangs_is_seen_by_monitoring(
    tmp_path: Path, empty_database: Empty, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = threading.Event()

    def hangs(*turned: object, can_wait: bool) -> str | None:
        seen.wait(30)
        return turn(*turned, can_wait=can_wait)  # type: ignore[arg-type]

    monkeypatch.setattr(readiness, "LONGEST_TURN", 0.2)
    async with brought(tmp_path, empty_database) as town:
        sofie = town.phone("victim")
        monkeypatch.setattr(turns, "turn", hangs)
        sofie.opens()
        await until(lambda: readyz(503))
        assert "A turn has been under way" in (await asks(PORT, "readyz"))[1]
        seen.set()
        await sofie.asked("arrival.ask_language")
        await until(lambda: readyz(200))


async def is_refused(api: str) -> bool:
    """Tell whether Telegram could not bring what waits, for a reason that passes."""
    told = await address(TOKEN, api, None)
    return told.pending == 1 and "503" in str(told.last_error)
