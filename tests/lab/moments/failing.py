"""One person whose every turn fails, among many for whom nothing does."""

import asyncio
import time
from collections.abc import Sequence
from statistics import median, quantiles
from typing import Final

from sqlalchemy import select

from bot.chat.post import Post
from bot.serving import turns
from bot.storage.tables import FailedTurn, Talk
from flows.always import Always
from tests.lab.moments.crew import Crew
from tests.lab.moments.people import Someone, undecided
from tests.lab.moments.report import Report

#: So many of the others ask in a second: more than the country needs.
_RATE: Final = 20
#: Milliseconds by which two runs on a busy computer may differ.
_NOISE: Final = 100


async def one_fails(crew: Crew, people: int) -> Report:
    """Let people ask for help, without and with somebody whose every turn fails."""
    report = Report("one whose every turn fails", f"{people - 1} others")
    pairs = await undecided(crew, (people + 1) // 2, crew.district())
    unlucky, *others = [someone for pair in pairs for someone in pair.both][:people]
    calm = await _all_ask(crew, others)
    await crew.workers[0].does(_break, unlucky.party_id)
    async with asyncio.TaskGroup() as group:
        wanted = unlucky.always(Always.HELP)
        taps = [crew.tap(unlucky.account, wanted) for _ in crew.workers]
        group.create_task(crew.at_once(taps))
        troubled = await _all_ask(crew, others)
    _compare(report, calm, troubled)
    _told_once_each(crew, unlucky, report)
    return report


def _break(post: Post, party_id: str) -> None:
    """Let a talk stand where no dialogue has anything to say."""
    talk = post.session.scalars(select(Talk).where(Talk.party_id == party_id)).one()
    talk.state = "nowhere"


async def _all_ask(crew: Crew, people: Sequence[Someone]) -> list[float]:
    """Let everybody ask, at a steady rate; tell how long each was in waiting, in ms."""
    async with asyncio.TaskGroup() as group:
        waits = []
        for someone in people:
            waits.append(group.create_task(_asks(crew, someone)))
            await asyncio.sleep(1 / _RATE)
    return [wait.result() for wait in waits]


async def _asks(crew: Crew, someone: Someone) -> float:
    began = time.monotonic()
    await crew.at_once([crew.tap(someone.account, someone.always(Always.HELP))])
    return (time.monotonic() - began) * 1000


def _compare(report: Report, calm: list[float], troubled: list[float]) -> None:
    """Hold the waits of the others against those of before."""
    for name, measure in (("median", median), ("p99", _p99)):
        without, beside = measure(calm), measure(troubled)
        report.found[f"ms {name} without"] = round(without)
        report.found[f"ms {name} beside it"] = round(beside)
    slower = f"others were slower: a median of {median(troubled):.0f} ms"
    report.holds(slower, found=median(troubled) <= 2 * median(calm) + _NOISE)
    # Of the slowest the computer's other work decides; but nobody waits for a next try.
    longest = 2 * max(calm) + 1000 * turns.PAUSES[0]
    report.holds("others waited for it", found=max(troubled) <= longest)


def _p99(waits: list[float]) -> float:
    return quantiles(waits, n=100)[98]


def _told_once_each(crew: Crew, unlucky: Someone, report: Report) -> None:
    """Each update that failed is on record, and answered by one calm sentence."""
    times = len(crew.workers)
    failed = crew.count(FailedTurn, person_id=unlucky.person_id)
    report.expects("failed turns on record", times, failed)
    sorry = crew.text("common.failed", offices="").strip()
    told = [text for text in crew.heard(unlucky.account) if text.startswith(sorry)]
    report.expects("calm sentences", times, len(told))
    expected = [error for error in crew.errors if "KeyError in" in error]
    report.holds("the operator was not told", found=len(expected) >= 3 * times)
    crew.errors[:] = [error for error in crew.errors if error not in expected]
