"""One round: a town in which whole cases are played while its program is killed."""

import asyncio
import re
import traceback
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeAlias

from bot.clock import Clock
from bot.settings import Settings
from bot.simulator.account import TOKEN
from bot.simulator.faults import Fault, FaultKind
from bot.simulator.person import NotSeenError
from bot.simulator.server import Simulator, running
from bot.simulator.world import World
from bot.storage import migrate
from bot.wiring import desk
from flows.languages import CODES
from flows.rules.districts import DISTRICTS
from tests.lab.chaos.crew import Crew, Kill
from tests.lab.chaos.endings import ends_with_question
from tests.lab.chaos.ledger import Entry, interrupted, ledger, queued, under_way
from tests.lab.chaos.people import Habits, HastyPerson
from tests.lab.chaos.plan import dooms
from tests.lab.chaos.plays import SAID_ONCE, Cast, Play
from tests.lab.chaos.setups import Place, Setup
from tests.lab.chaos.transcript import Passage, last, passages, times
from tests.support.archive import reading
from tests.support.resident import Resident, Way
from tests.support.town import Town

Played: TypeAlias = Sequence[tuple[Play, Way]]
#: Seconds for which people wait: long enough for several kills in a row.
_PATIENCE: Final = 180
_OFFICE: Final = """
[districts.{district}]
office = "Konfliktråd"
phone = "66 14 14 48"
verified_on = 2026-11-01
"""


@dataclass(frozen=True)
class Chaos:
    """What is done to the program: how many kills, and what Telegram does."""

    kills: int = 0
    seed: int = 0
    #: How often at most a point is passed before the bomb at it goes off.
    latest: int = 25
    #: Updates come late and twice; taps are sent twice.
    disturbed: bool = False
    #: One person's taps and texts overtake each other, and people are in a hurry.
    out_of_order: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a round has left behind, by the key of each phone where it is somebody's."""

    chats: Mapping[str, list[Passage]]
    last: Mapping[str, tuple[str, tuple[str, ...]] | None]
    #: Who sees the present question as the last message.
    asked: frozenset[str]
    entries: Counter[Entry]
    queued: Counter[tuple[str, str]]
    kills: list[Kill] = field(default_factory=list)
    #: New messages that those who were killed had under way, by person.
    in_doubt: Counter[str] = field(default_factory=Counter)
    #: The same, as the program has noted it by itself.
    interrupted: Counter[str] = field(default_factory=Counter)
    #: How often somebody was told that their words came too early.
    early: Counter[str] = field(default_factory=Counter)
    #: How often a covered chat has said its one line.
    lines: Counter[str] = field(default_factory=Counter)
    #: What never came to its end.
    lost: list[str] = field(default_factory=list)


async def play(folder: Path, setup: Setup, played: Played, chaos: Chaos) -> Outcome:
    """Play a round to its end."""
    world = World(seed=chaos.seed)
    in_doubt: Counter[str] = Counter()
    async with (
        setup.ready(folder) as place,
        running(world) as simulator,
        opened_town(folder, place, world) as town,
    ):
        crew = Crew(
            folder,
            [worker_settings(folder, place, simulator, w) for w in place.workers],
            dooms(chaos.seed, chaos.latest),
            chaos.kills,
            lambda process: in_doubt.update(under_way(town, process)),
        )
        casts = _cast(town, played, chaos)
        _disturb(world, chaos)
        lost = await _live(town, crew, casts)
        return replace(_outcome(town, crew.kills, in_doubt), lost=lost)


@asynccontextmanager
async def opened_town(folder: Path, place: Place, world: World) -> AsyncIterator[Town]:
    """Open a town whose program runs elsewhere, and has yet to be started."""
    contacts = folder / "contacts.toml"
    offices = [_OFFICE.format(district=district) for district in DISTRICTS]
    contacts.write_text("".join(offices), encoding="utf-8")
    settings = Settings(
        telegram_token=TOKEN,
        database_url=place.database_url,
        keys_url=place.keys_url,
        key_file=folder / "town.key",
        contacts=contacts,
    )
    migrate(place.database_url)
    with desk(settings, Clock()) as opened, reading(opened) as archive:
        yield Town(world, opened, archive, patience=_PATIENCE)


def worker_settings(
    folder: Path, place: Place, simulator: Simulator, own: Mapping[str, str]
) -> dict[str, str]:
    """Tell what each process is told of the town."""
    return {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API": simulator.url,
        "DATABASE_URL": place.database_url,
        "KEYS_URL": place.keys_url,
        "KEY_FILE": str(folder / "town.key"),
        "CONTACTS": str(folder / "contacts.toml"),
        "CHAT_RATE": "0",
        "SEND_RATE": "0",
        **own,
    }


def _cast(town: Town, played: Played, chaos: Chaos) -> list[tuple[Play, Cast]]:
    """Open a case for each play, in a district of its own, and give out phones."""
    return [
        (play, _case(town, district, way, chaos))
        for district, (play, way) in zip(DISTRICTS, played, strict=False)
    ]


def _case(town: Town, district: str, way: Way, chaos: Chaos) -> Cast:
    def resident(role: str) -> Resident:
        found = town.phone(f"{role} in {district}", way)
        if chaos.disturbed:
            key, habits = found.person.key, _habits(town, role, chaos)
            found.person = HastyPerson(
                town.world, key, patience=town.patience, habits=habits
            )
        return found

    return Cast(
        town,
        town.opens_case(district=district),
        resident("victim"),
        resident("offender"),
        resident("mediator"),
        resident("coordinator"),
        town.invites("mediator", district),
        town.invites("coordinator", district),
    )


def _habits(town: Town, role: str, chaos: Chaos) -> Habits:
    return Habits(
        re.compile("|".join(map(re.escape, _too_early(town)))),
        hurries=chaos.out_of_order,
        # What somebody of the staff types twice is done twice, and noted as such.
        stutters=chaos.out_of_order and role in {"victim", "offender"},
        says_once=SAID_ONCE,
    )


def _too_early(town: Town) -> list[str]:
    words = town.desk.tools.catalogue
    return [words.text("common.early", language) for language in CODES]


def _disturb(world: World, chaos: Chaos) -> None:
    if not chaos.disturbed:
        return
    late = FaultKind.LATE_QUEUE if chaos.out_of_order else FaultKind.LATE_PERSON
    world.faults.switch_on(Fault(late, chance=0.3, seconds=0.15))
    world.faults.switch_on(Fault(FaultKind.DUPLICATE, chance=0.2))


async def _live(town: Town, crew: Crew, casts: list[tuple[Play, Cast]]) -> list[str]:
    """Let all plays be played, and the program end when everything has arrived."""
    lost: list[str] = []
    async with crew.on_duty():
        async with asyncio.TaskGroup() as group:
            for play, cast in casts:
                group.create_task(_to_the_end(play, cast, lost))
        try:
            await town.settles(_PATIENCE)
        except TimeoutError:
            lost.append("something never arrived")
    return lost


async def _to_the_end(play: Play, cast: Cast, lost: list[str]) -> None:
    """Play a case; who waits in vain for what should come is lost."""
    try:
        await play(cast)
    except (NotSeenError, ExceptionGroup) as error:
        told = "".join(traceback.format_exception(error))
        lost.append(f"{play.__name__} did not come to its end: {told[-1500:]}")


def _outcome(town: Town, kills: list[Kill], in_doubt: Counter[str]) -> Outcome:
    world, early = town.world, _too_early(town)
    line = [town.desk.tools.catalogue.text("hide.line", one) for one in CODES]
    chats = {r.person.key: r.person.phone.chat for r in town.residents}
    return Outcome(
        {key: passages(world, chat, early) for key, chat in chats.items()},
        {key: last(chat) for key, chat in chats.items()},
        frozenset(r.person.key for r in town.residents if ends_with_question(town, r)),
        ledger(town),
        queued(town),
        kills,
        in_doubt,
        interrupted(town),
        Counter({key: times(world, chat, early) for key, chat in chats.items()}),
        Counter({key: times(world, chat, line) for key, chat in chats.items()}),
    )
