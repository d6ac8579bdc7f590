"""Taps that arrive at four webhook workers at the same moment, over HTTP."""

import asyncio
from http import HTTPStatus
from pathlib import Path
from typing import Final

import aiohttp
from sqlalchemy import select

from bot.simulator.bubbles import Bubble
from bot.storage.tables import Talk
from tests.lab.moments.processes import BY_WEBHOOK, RUNS, Running, served
from tests.lab.moments.report import Report
from tests.lab.moments.taps import TAPS
from tests.support.postgres import Server
from tests.support.program import WEBHOOK_SECRET
from tests.support.resident import Resident
from tests.support.town import Town
from tests.support.walks import reads_up_to_offer

_SECRET: Final = {"X-Telegram-Bot-Api-Secret-Token": WEBHOOK_SECRET}
#: Far above the numbers that the simulator gives.
_FIRST: Final = 2_000_000_000


async def posted(folder: Path, server: Server, people: int) -> Report:
    """Let somebody's taps be brought to real programs at once, one after the other."""
    report = Report("50 taps of one person, by HTTP", f"{people} people, {TAPS} each")
    async with served(folder, server, RUNS[BY_WEBHOOK]) as (town, running):
        for n in range(people):
            resident = town.phone(f"victim {n}")
            await reads_up_to_offer(resident, town.opens_case().victim)
            await town.settles()
            before = _step(town, n)
            asked = await resident.asked("offer.ask_interest")
            codes = await _post(running, resident, asked, _FIRST + n * TAPS)
            report.expects("answers", {HTTPStatus.OK}, set(codes))
            await resident.asked("safety.ask_tie")
            await town.settles()
            report.expects("steps", 1, _step(town, n) - before)
            times = len(resident.sees("safety.ask_tie"))
            report.expects("times that the next question is asked", 1, times)
            report.found["steps"] += _step(town, n) - before
    return report


async def _post(
    running: Running, resident: Resident, asked: Bubble, first: int
) -> list[int]:
    """Bring the taps to a balancer, which passes each on to the next worker."""
    updates = [_tap(resident, asked, first + n) for n in range(TAPS)]
    async with aiohttp.ClientSession(headers=_SECRET) as session:

        async def post(update: dict[str, object]) -> int:
            async with session.post(running.url, json=update) as answer:
                return answer.status

        return await asyncio.gather(*map(post, updates))


def _tap(resident: Resident, asked: Bubble, number: int) -> dict[str, object]:
    """Write a tap on an answer as Telegram does."""
    someone = {"id": resident.account, "is_bot": False, "first_name": "Sofie"}
    chat = {"id": resident.account, "type": "private", "first_name": "Sofie"}
    message = {"message_id": asked.message_id, "date": 1, "chat": chat, "text": "?"}
    data = asked.buttons[0][0].data
    query = {"id": str(number), "from": someone, "chat_instance": "1", "data": data}
    return {"update_id": number, "callback_query": query | {"message": message}}


def _step(town: Town, n: int) -> int:
    """Tell how many steps the talk of the last who came has taken."""
    with town.archive.session() as session:
        steps = session.scalars(select(Talk.step).order_by(Talk.updated_at)).all()
    return steps[n]
