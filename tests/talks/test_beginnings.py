"""A town that was brought to where a walk leads is as if everybody had walked there."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, TypeAlias

import pytest

from bot.simulator.faults import Fault, FaultKind
from bot.simulator.world import ReadyLink
from bot.storage import records
from flows.facts import Role
from tests.support.beginnings import known
from tests.support.folders import copy_tables, folder_in_memory
from tests.support.resident import Resident
from tests.support.rows import rows_in
from tests.support.town import Town, founded
from tests.support.walks import reads_up_to_offer, shows_interest
from tests.support.young import Child, child_agrees, makes_sure, parent_agrees

#: What is drawn by lot, and what tells the time.
_CHANCE: Final = re.compile(
    r"[0-9a-f]{64}|[\w-]{22}|[0-9a-f]{16}|KR-\w{6}|[0-9A-Z]{12}|\d{9,}"
    r"|\d{4}-\d\d-\d\d [\d:.]+"
)
#: What is stored, what stands in each chat, and what was called.
Things: TypeAlias = dict[str, list[tuple[str, ...]]]


@asynccontextmanager
async def a_town(*, is_known: bool = True) -> AsyncIterator[tuple[Town, Path]]:
    with folder_in_memory() as folder:
        copy_tables(folder / "empty.db")
        async with founded(folder, folder / "empty.db") as town:
            await town.rests()
            if not is_known:
                yield town, folder
                return
            with known(town, folder):
                yield town, folder


def things(town: Town, folder: Path) -> Things:
    found = {
        table: sorted(tuple(map(_plain, row)) for row in rows)
        for table, rows in rows_in(folder).items()
    }
    for who in town.residents:
        bubbles = who.person.phone.chat.bubbles.values()
        found[who.person.key] = [
            (b.author, b.kind, _plain(b.text), *b.labels, f"{b.silent} {b.protected}")
            for b in bubbles
        ]
    calls = [call for call in town.world.journal if call.method != "getUpdates"]
    found["calls"] = sorted((c.method, _plain(c.params.get("text"))) for c in calls)
    return found


def _plain(value: object) -> str:
    """Leave out what differs from town to town."""
    return "bytes" if isinstance(value, bytes) else _CHANCE.sub("...", str(value))


async def begins(town: Town) -> tuple[Child, Resident]:
    """Come by four walks to a case in which a child and its parent have said yes."""
    await town.hires("mediator", "mediator")
    case = town.opens_case()
    child = await child_agrees(town, case, authority="one")
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await parent_agrees(town, child, others="no")
    await town.rests()
    return child, sofie


async def goes_on(town: Town, child: Child, sofie: Resident) -> None:
    """Let everybody say something, one after the other, and make sure of the parent."""
    await shows_interest(sofie)
    await sofie.gives("intake.ask_name", "Sofie")
    await town.rests()
    child.resident.says("Hvad sker der nu?")
    await town.rests()
    makes_sure(town, child.case)
    await town.rests()


async def test_what_was_kept_is_as_if_they_had_walked() -> None:
    async with a_town(is_known=False) as (walked, one), a_town() as (first, other):
        child, sofie = await begins(walked)
        kept, _ = await begins(first)
        assert kept.case.reference != child.case.reference
        async with a_town() as (second, third):
            put_back, lea = await begins(second)
            assert put_back.case == kept.case
            assert rows_in(third) == rows_in(other)
            assert things(second, third) == things(walked, one)
            await goes_on(walked, child, sofie)
            await goes_on(second, put_back, lea)
            assert things(second, third) == things(walked, one)


HAPPENINGS: dict[str, Callable[[Town], object]] = {
    "time has passed": lambda town: town.moves_clock(minutes=1),
    "a fault is played": lambda town: town.plays(Fault(FaultKind.REORDER)),
    "cases last longer": lambda town: town.lets_cases_last(days=400),
    "one side is served": lambda town: town.knows(Role.VICTIM),
    "nobody is taken in": lambda town: town.closes_intake(),
    "something is written down": lambda town: town.desk.store.run_now(
        records.set_meta, "seen", "yes"
    ),
    "somebody is invited": lambda town: town.invites("mediator"),
    "a letter lies there": lambda town: town.world.put_letter(ReadyLink("a", "b", "c")),
    "people are less patient": lambda town: setattr(town, "patience", 1.0),
}


@pytest.mark.parametrize("happens", HAPPENINGS.values(), ids=HAPPENINGS.keys())
async def test_where_anything_has_happened_everybody_walks(
    happens: Callable[[Town], object],
) -> None:
    async with a_town() as (town, _):
        usual = town.opens_case()
    async with a_town() as (town, _):
        happens(town)
        assert town.opens_case().reference != usual.reference
    async with a_town() as (town, _):
        assert town.opens_case() == usual
