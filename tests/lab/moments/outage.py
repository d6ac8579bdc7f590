"""PostgreSQL is stopped while people talk: everybody goes on where they were.

Here the program runs as an operator starts it, in processes of its own.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Select, func, select

from bot.storage.tables import FailedTurn, OutboxRow, Talk
from tests.lab.moments.processes import PATIENCE, Run, served
from tests.lab.moments.report import Report
from tests.support.postgres import Server
from tests.support.resident import Resident
from tests.support.town import Town
from tests.support.walks import reads_up_to_offer, shows_interest

#: Seconds for which they talk before PostgreSQL is stopped.
_BEFORE: Final = 0.3
#: So many others ask for help meanwhile, each time after so many seconds.
_HOW_MANY: Final = 3
_EVERY: Final = 0.2
_ASKING: Final = "asking"


async def stopped(
    folder: Path, server: Server, run: Run, *, people: int, seconds: float
) -> Report:
    """Stop PostgreSQL in the middle of many talks, as when its machine fails."""
    report = Report(f"PostgreSQL away for {seconds:.0f} s", f"{people} people talking")
    async with served(folder, server, run) as (town, running):
        await _talk(town, 1)
        async with asyncio.TaskGroup() as group, _asking(town) as asked:
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
        _all_answered(town, asked, report)
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


@asynccontextmanager
async def _asking(town: Town) -> AsyncIterator[Counter[str]]:
    """Meanwhile let others ask for help again and again, without looking."""
    asked: Counter[str] = Counter()
    phones = [town.phone(f"{_ASKING} {n}") for n in range(_HOW_MANY)]
    for phone in phones:
        phone.opens()
        await phone.asked("arrival.ask_language")

    async def ask() -> None:
        while True:
            for phone in phones:
                phone.says(phone.text("always.help.words").split(",")[0])
                asked[phone.person.key] += 1
            await asyncio.sleep(_EVERY)

    async with asyncio.TaskGroup() as group:
        task = group.create_task(ask())
        yield asked
        task.cancel()


def _all_answered(town: Town, asked: Counter[str], report: Report) -> None:
    """Each question has one answer; more only where a copy is noted as possible."""
    for resident in town.residents:
        if number := asked[resident.person.key]:
            found = town.desk.tools.keys.find(str(resident.account))
            assert found is not None
            with town.archive.session() as session:
                # The first question, and to each asking help and the question again.
                rows = session.scalars(_sends(found[0])).one()
            report.expects("answers", 1 + 2 * number, rows)
            heard = len(resident.sees("always.help.says"))
            report.holds("an answer has not arrived", found=heard >= number)
            report.found["questions answered meanwhile"] += number


def _sends(person_id: str) -> Select[int]:
    return (
        select(func.count())
        .select_from(OutboxRow)
        .where(OutboxRow.person_id == person_id, OutboxRow.kind == "send")
    )


def _nothing_lost(town: Town, report: Report) -> None:
    """Everybody has taken as many steps as whoever talked before, and told as much."""
    with town.archive.session() as session:
        steps = session.scalars(select(Talk.step).where(Talk.step > 0)).all()
        failed = session.scalars(select(FailedTurn.error)).all()
    talkers = [r for r in town.residents if not r.person.key.startswith(_ASKING)]
    talks = len(talkers)
    report.expects("steps of the talks", {steps[0]: talks}, Counter(steps))
    report.expects("failed turns", [], list(failed))
    told = [town.archive.answers(r.account) for r in talkers]
    report.expects("answers that are kept", [told[0]] * talks, told)
    report.found["talks at their end"] = talks
    report.found["steps each"] = steps[0]
    report.found["updates, all taken in"] = len(town.archive.rows("seen_updates"))
