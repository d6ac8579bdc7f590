"""PostgreSQL is stopped while people talk: everybody goes on where they were.

Here the program runs as an operator starts it, in processes of its own.
"""

import asyncio
from collections import Counter
from pathlib import Path
from typing import Final

from sqlalchemy import select

from bot.storage.tables import FailedTurn, Talk
from tests.moments.processes import PATIENCE, Run, served
from tests.moments.report import Report
from tests.support.postgres import Server
from tests.support.resident import Resident
from tests.support.town import Town
from tests.support.walks import reads_up_to_offer, shows_interest

#: Seconds for which they talk before PostgreSQL is stopped.
_BEFORE: Final = 0.3


async def stopped(
    folder: Path, server: Server, run: Run, *, people: int, seconds: float
) -> Report:
    """Stop PostgreSQL in the middle of many talks, as when its machine fails."""
    report = Report(f"PostgreSQL away for {seconds:.0f} s", f"{people} people talking")
    async with served(folder, server, run) as (town, running):
        await _talk(town, 1)
        async with asyncio.TaskGroup() as group:
            talking = group.create_task(_talk(town, people))
            await asyncio.sleep(_BEFORE)
            server.stop("immediate")
            try:
                await asyncio.sleep(seconds)
                report.expects("talks wait", 0, int(talking.done()))
            finally:
                server.start()
        await town.settles(PATIENCE)
        _nothing_lost(town, report)
        ended = [program.process.returncode for program in running.programs]
        report.expects("programs that ended", [None] * len(ended), ended)
    return report


async def _talk(town: Town, people: int) -> None:
    """Let people go from the letter to their phone number, side by side."""
    first = len(town.residents)
    letters = [town.opens_case().victim for _ in range(people)]
    phones = [town.phone(f"victim {first + n}") for n in range(people)]
    async with asyncio.TaskGroup() as group:
        for phone, letter in zip(phones, letters, strict=True):
            group.create_task(_walk(phone, letter))


async def _walk(resident: Resident, token: str) -> None:
    await reads_up_to_offer(resident, token)
    await shows_interest(resident)
    await resident.gives("intake.ask_name", "Sofie")
    await resident.gives("intake.ask_phone", "20 16 38 47")
    await resident.asked("intake.ask_email")


def _nothing_lost(town: Town, report: Report) -> None:
    """Everybody has taken as many steps as whoever talked before, and told as much."""
    with town.archive.session() as session:
        steps = session.scalars(select(Talk.step)).all()
        failed = session.scalars(select(FailedTurn.error)).all()
    talks = len(town.residents)
    report.expects("steps of the talks", {steps[0]: talks}, Counter(steps))
    report.expects("failed turns", [], list(failed))
    told = [town.archive.answers(r.account) for r in town.residents]
    report.expects("answers that are kept", [told[0]] * talks, told)
    report.found["talks at their end"] = talks
    report.found["steps each"] = steps[0]
    report.found["updates, all taken in"] = len(town.archive.rows("seen_updates"))
