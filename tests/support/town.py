"""A town with phones: the real program, and the simulator as its Telegram."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import telegram

from bot.clock import MovableClock
from bot.demo import settings_in
from bot.simulator.faults import Fault
from bot.simulator.person import Person
from bot.simulator.phones import CAST, Owner
from bot.simulator.server import running
from bot.simulator.world import World
from bot.storage import Session, cases, links
from bot.storage.links import Leads
from bot.wiring import Desk, desk, serve
from flows.case import Relation
from flows.facts import Role
from tests.support.archive import Archive
from tests.support.outside_authority import check_call, check_update
from tests.support.resident import Resident, Way

#: A Monday, an hour after the daily batch.
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DISTRICT = "fyn"
LINK_LIFE = timedelta(days=30)
CASE_LIFE = timedelta(days=21)


class TownClock(MovableClock):
    """Begins on a Monday morning, goes on as time does, and can be moved."""

    def __init__(self) -> None:
        super().__init__(MONDAY)
        self._begun = time.monotonic()

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=time.monotonic() - self._begun)


@dataclass(frozen=True)
class Letters:
    """A case that was opened, and the tokens of its letters by role."""

    reference: str
    tokens: Mapping[Role, list[str]]

    @property
    def victim(self) -> str:
        return self.tokens[Role.VICTIM][0]

    @property
    def offender(self) -> str:
        return self.tokens[Role.OFFENDER][0]


@dataclass
class Town:
    """Everybody's phones, the program, and its database."""

    world: World
    desk: Desk
    archive: Archive
    residents: list[Resident] = field(default_factory=list)

    def phone(
        self, key: str, way: Way | None = None, phone_language: str | None = None
    ) -> Resident:
        """Give somebody a phone; it is set to the language that they speak."""
        way = way or Way()
        known = {owner.key: owner for owner in CAST}
        number = f"+4520163{100 + len(self.residents)}"
        owner = known.get(key, Owner(key, key.title(), number))
        self.world.add_phone(owner, phone_language or way.language)
        person = Person(self.world, key, patience=10)
        resident = Resident(person, self.desk.tools.catalogue, way)
        self.residents.append(resident)
        return resident

    def opens_case(
        self,
        relation: Relation = Relation.OTHER,
        *,
        victims: int = 1,
        offenders: int = 1,
        district: str = DISTRICT,
    ) -> Letters:
        """Open a case as a coordinator does; close people get no offender's letter."""
        roles = [Role.VICTIM] * victims
        if relation is not Relation.CLOSE:
            roles += [Role.OFFENDER] * offenders
        now = self.desk.clock.now()
        work = self.desk.store.run_now
        return work(_open_case, self.desk, relation, district, roles, now)

    def invites(self, role: str, district: str = DISTRICT) -> str:
        """Make the link with which somebody joins the staff."""
        leads = Leads(role, district=district)
        now, keys = self.desk.clock.now(), self.desk.tools.keys
        return self.desk.store.run_now(links.make, keys, leads, now, LINK_LIFE)

    async def hires(
        self, role: str, key: str, way: Way | None = None, district: str = DISTRICT
    ) -> Resident:
        """Let somebody join the staff with their phone."""
        resident = self.phone(key, way)
        resident.opens(self.invites(role, district))
        await resident.answers(f"{role}.ask_invitation", "yes")
        await resident.hears(f"{role}.ready")
        return resident

    def moves_clock(self, **by: float) -> None:
        """Let time pass for everybody."""
        self.world.clock.advance(timedelta(**by).total_seconds())
        self.world.changes.up()

    def plays(self, fault: Fault) -> None:
        """Switch a fault of Telegram's on."""
        self.world.faults.switch_on(fault)

    async def settles(self) -> None:
        """Wait until all that was said is answered, and every answer has arrived."""
        async with asyncio.timeout(10):
            while self.world.updates.waiting() or self.archive.on_their_way():
                await asyncio.sleep(0.005)

    def check_calls(self) -> None:
        """Hold what went over the line against what others know of Telegram."""
        for call in self.world.journal:
            check_call(call.method, call.params)
            if call.method == "getUpdates" and isinstance(call.result, list):
                for update in call.result:
                    check_update(update)
                    assert not telegram.Update.de_json(update).api_kwargs


def _open_case(
    session: Session,
    opened: Desk,
    relation: Relation,
    district: str,
    roles: list[Role],
    now: datetime,
) -> Letters:
    due = (now + CASE_LIFE).date()
    case = cases.open_case(session, district, relation, now, due)
    tokens: dict[Role, list[str]] = {role: [] for role in Role}
    for role in roles:
        party = cases.add_party(session, case, role)
        party.information_only = relation is Relation.CLOSE
        leads = Leads(role, party)
        token = links.make(session, opened.tools.keys, leads, now, LINK_LIFE)
        tokens[role].append(token)
    return Letters(case.reference, tokens)


@asynccontextmanager
async def founded(folder: Path, empty_database: Path) -> AsyncIterator[Town]:
    """Found a town in a folder, and check at its end what went over the line."""
    clock = TownClock()
    world = World(clock)
    shutil.copy(empty_database, folder / "demo.db")
    async with running(world) as simulator:
        settings = replace(settings_in(folder), telegram_api=simulator.url)
        with desk(settings, clock) as opened:
            town = Town(world, opened, Archive(settings.database_url, opened.tools))
            # Kept here, ended and awaited below.
            serving = asyncio.get_running_loop().create_task(serve(opened))
            try:
                yield town
            finally:
                serving.cancel()
                with suppress(asyncio.CancelledError):
                    await serving
                town.archive.close()
    town.check_calls()
