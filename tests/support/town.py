"""A town with phones: the real program, and the simulator as its Telegram."""

import asyncio
import base64
import os
import secrets
import shlex
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    asynccontextmanager,
    contextmanager,
    suppress,
)
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeAlias, TypeVar

import telegram

from bot import casework
from bot.casework import Letter, Opening, intake
from bot.casework.overview import Overview
from bot.chat.post import Post
from bot.cli.desk import typed
from bot.offline_words import Because, ConfessionCheck
from bot.settings import Settings
from bot.simulator.account import TOKEN
from bot.simulator.faults import Fault, FaultKind
from bot.simulator.person import PhoneUser
from bot.simulator.phones import CAST, Owner
from bot.simulator.server import HOST, running
from bot.simulator.updates import BY_DEFAULT
from bot.simulator.world import World
from bot.storage import Session
from bot.storage.keys.keystore import KeyStore
from bot.wiring import Desk, desk, serve
from flows.facts import AgeBand, Role
from flows.rules.case import Relation
from tests.support.archive import Archive, reading
from tests.support.beginnings import kept, kept_at_once, the_same_again
from tests.support.clocks import ProgramClock, TownClock
from tests.support.folders import folder_in_memory
from tests.support.outside_authority import check_call, check_update
from tests.support.ports import free_port
from tests.support.postgres import Server
from tests.support.resident import Resident, Way
from tests.support.rest import Rest
from tests.support.settling import settles

DISTRICT = "fyn"
OFFICES = """
[districts.fyn]
office = "Konfliktråd Fyn"
phone = "66 14 14 48"
mail = "fyn@example.dk"
hours = "9-15"
verified_on = 2026-11-01
"""

#: The same in all towns of a process, so that one can take what another has sealed.
KEY_FILE: Final = base64.b64encode(secrets.token_bytes(32))
#: A SQLite file to copy, or a server that lends databases.
Empty: TypeAlias = Path | Server
#: How old victims and offenders are, as far as the police know.
Ages: TypeAlias = tuple[AgeBand | None, AgeBand | None]
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Opened:
    """A case that was opened, and its letters."""

    reference: str
    letters: list[Letter]

    @property
    def victim(self) -> str:
        return self.token(Role.VICTIM)

    @property
    def offender(self) -> str:
        return self.token(Role.OFFENDER)

    def token(self, role: Role, n: int = 1) -> str:
        wanted = (role, n)
        return next(x.token for x in self.letters if (x.role, x.n) == wanted)


#: Long, for busy machines; short where many a wait is to end in vain.
PATIENCE: Final = float(os.environ.get("KONFLIKTRAAD_TEST_PATIENCE", "20"))


# Each run of a loop writes out what the last one gave: a town would take long.
@dataclass(repr=False)
class Town:
    """Everybody's phones, the program, and its database."""

    world: World
    desk: Desk
    archive: Archive
    residents: list[Resident] = field(default_factory=list)
    #: Seconds for which people wait for what they expect.
    patience: float = PATIENCE
    #: So many calls of the journal have been held against what others know.
    checked: int = 0

    @cached_property
    def rest(self) -> Rest:
        """When nothing comes any more, so that nobody has to wait for it."""
        return Rest(self.world, self.archive, self.desk.clock)

    @the_same_again
    def phone(
        self, key: str, way: Way | None = None, phone_language: str | None = None
    ) -> Resident:
        """Give somebody a phone; it is set to the language that they speak."""
        way = way or Way()
        known = {owner.key: owner for owner in CAST}
        number = f"+4520163{100 + len(self.residents)}"
        owner = known.get(key, Owner(key, key.title(), number))
        self.world.add_phone(owner, phone_language or way.language)
        person = PhoneUser(self.world, key, patience=self.patience)
        person.limit = self.rest.limit
        resident = Resident(person, self.desk.tools.catalogue, way)
        self.residents.append(resident)
        return resident

    @kept_at_once
    def opens_case(
        self,
        relation: Relation = Relation.OTHER,
        *,
        victims: int = 1,
        offenders: int = 1,
        district: str = DISTRICT,
        confession: ConfessionCheck = ConfessionCheck.CHECKED,
        ages: Ages = (None, None),
    ) -> Opened:
        """Open a case as a coordinator does, with what the police know."""
        opening = Opening(
            district, relation, victims, offenders, confession, *ages, by="Birgit"
        )
        case, letters = self._does(casework.open_case, self.desk.settings, opening)
        return Opened(case.reference, letters)

    @the_same_again
    def lets_cases_last(self, *, days: int) -> None:
        """Let cases that are opened from now on last so many days."""
        settings = replace(self.desk.settings, case_days=days)
        self.desk = replace(self.desk, settings=settings)

    @kept_at_once
    def sends_new_letter(
        self, reference: str, role: Role, n: int = 1, because: Because | None = None
    ) -> str:
        """Make a party's letter anew, and tell its token."""
        days = self.desk.settings.link_days
        _, letter = self._does(casework.new_letter, reference, role, n, days, because)
        return letter.token

    @kept_at_once
    def sends_new_link_to_parent(self, reference: str, n: int = 1) -> str:
        """Make a parent's link anew, as a coordinator does, and tell its token."""
        _, letter = self._does(casework.new_parent_letter, reference, n, None)
        return letter.token

    def clears(self, reference: str, reason: str) -> None:
        """Settle what waited for a human."""
        self._does(settles, reference, reason)

    def card(self, reference: str) -> str:
        """Look at the card of a case, as a coordinator does."""
        return self._does(casework.card, reference, "da", "Birgit")[1]

    def shows(self, reference: str) -> Overview:
        """Look how a case stands, as a coordinator does."""
        return self._does(casework.shown, reference)

    def ends(self, reference: str) -> None:
        """End a case, as a coordinator does."""
        self._does(casework.end_case, reference, "unfit", "Birgit")

    def types(self, command: str) -> int:
        """Type a command at the coordinator's desk, and give its exit code."""
        return typed(self.desk, shlex.split(command))

    def closes_intake(self) -> None:
        """Take nobody in, as a coordinator does."""
        self._does(intake.close)

    def reopens_intake(self) -> None:
        """Let people go on."""
        self._does(intake.reopen)

    @the_same_again
    def knows(self, *roles: Role) -> None:
        """Let casework know these sides of a case only."""
        tools = replace(self.desk.tools, served=frozenset(roles))
        self.desk = replace(self.desk, tools=tools)

    @kept_at_once
    def invites(self, role: str, district: str = DISTRICT) -> str:
        """Make the link with which somebody joins the staff."""
        days = self.desk.settings.link_days
        return self._does(casework.invite, role, district, None, days).token

    @kept
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

    @contextmanager
    def hears_nothing(self) -> Iterator[None]:
        """Let what people do wait for the program, as while it is down."""
        self.plays(Fault(FaultKind.HELD))
        try:
            yield
        finally:
            self.world.faults.switch_off(FaultKind.HELD)
            self.world.changes.up()

    def shifts_program_clock(self, **by: float) -> None:
        """Let the program's clock be ahead of Telegram's, or behind it."""
        assert isinstance(self.world.clock, TownClock)
        self.world.clock.wrong_by = timedelta(**by)

    async def settles(self, within: float = 30) -> None:
        """Wait until all that was said is answered, and every answer has arrived."""
        await self.until(
            lambda: self.world.updates.all_taken() and not self.archive.on_their_way(),
            within,
        )

    async def rests(self) -> None:
        """Wait until the program is there, has answered all, and only waits."""
        await self.until(lambda: self.world.updates.allowed is not BY_DEFAULT)
        await self.until(self.archive.batch_day)
        await self.settles()
        await self.until(self.world.queries.all_answered)

    def checks_line(self) -> None:
        """Hold what went over the line against what others know of Telegram."""
        calls = list(self.world.journal)
        for call in calls[self.checked :]:
            check_call(call.method, call.params)
            if call.method == "getUpdates" and isinstance(call.result, list):
                for update in call.result:
                    check_update(update)
                    assert not telegram.Update.de_json(update).api_kwargs
        self.checked = len(calls)

    async def until(self, reached: Callable[[], object], within: float = 30) -> None:
        """Wait until something is so that nothing tells of, as in the database."""
        async with self.rest.limit(within):
            while not reached():  # noqa: ASYNC110 - a database raises no event
                await asyncio.sleep(0.005)

    def _does(
        self, work: Callable[Concatenate[Post, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do casework, as the command line does, in a transaction of its own."""

        def with_post(session: Session) -> T:
            post = Post(session, self.desk.tools, self.desk.clock.now())
            return work(post, *args, **kwargs)

        return self.desk.store.run_now(with_post)


@asynccontextmanager
async def founded(folder: Path, empty_database: Empty) -> AsyncIterator[Town]:
    """Found a town in a folder, and check at its end what went over the line."""
    async with (
        founded_at_rest(folder, empty_database) as (town, opened),
        served(opened),
    ):
        yield town


@asynccontextmanager
async def founded_at_rest(
    folder: Path, empty_database: Empty
) -> AsyncIterator[tuple[Town, Desk]]:
    """Found a town whose program is not running: let the desk be `served`."""
    with built(folder, empty_database) as town:
        words = town.desk.tools.catalogue
        async with running(town.world, catalogue=words) as simulator:
            yield town, at(town.desk, simulator.url)
    town.checks_line()


@asynccontextmanager
async def founded_before_telegram(
    folder: Path, empty_database: Empty, until: Callable[[], object]
) -> AsyncIterator[Town]:
    """Let the program run, and Telegram be there only when something is so."""
    port = free_port()
    with built(folder, empty_database) as town:
        async with served(at(town.desk, f"http://{HOST}:{port}")):
            await town.until(until)
            async with running(town.world, port=port):
                yield town


@contextmanager
def built(folder: Path, empty_database: Empty) -> Iterator[Town]:
    """Build a town in which nothing runs yet."""
    clock = TownClock()
    with (
        _databases(folder, empty_database) as (database_url, keys_url),
        desk(
            town_settings(folder, database_url, keys_url), ProgramClock(clock)
        ) as opened,
        reading(opened) as archive,
    ):
        yield Town(World(clock), opened, archive)


@contextmanager
def _databases(folder: Path, empty_database: Empty) -> Iterator[tuple[str, str]]:
    """Give the addresses of a database with empty tables, and of one for keys."""
    if isinstance(empty_database, Server):
        with empty_database.lent() as urls:
            yield urls
        return
    shutil.copy(empty_database, folder / "town.db")
    (folder / "town.key").write_bytes(KEY_FILE)
    (folder / "keys.db").write_bytes(_empty_key_store())
    yield f"sqlite:///{folder}/town.db", f"sqlite:///{folder}/keys.db"


@cache
def _empty_key_store() -> bytes:
    """Draw a root once: one town opens what another has sealed with it."""
    with folder_in_memory() as folder:
        (folder / "town.key").write_bytes(KEY_FILE)
        address = f"sqlite:///{folder}/keys.db"
        KeyStore(address, folder / "town.key", database=None).close()
        return (folder / "keys.db").read_bytes()


def at(opened: Desk, telegram_api: str) -> Desk:
    """Tell the program where its Telegram is."""
    settings = replace(opened.settings, telegram_api=telegram_api)
    return replace(opened, settings=settings)


def town_settings(folder: Path, database_url: str, keys_url: str) -> Settings:
    """Say where a town keeps its things; what it says is held back by no limit."""
    contacts = folder / "contacts.toml"
    contacts.write_text(OFFICES, encoding="utf-8")
    return Settings(
        telegram_token=TOKEN,
        database_url=database_url,
        keys_url=keys_url,
        key_file=folder / "town.key",
        contacts=contacts,
        chat_rate=0,
        send_rate=0,
    )


@asynccontextmanager
async def served(opened: Desk, *, by_webhook: bool = False) -> AsyncIterator[None]:
    """Keep the program running; what it ends with, if it does, comes out here."""
    # Kept here, ended and awaited below.
    work = serve(opened, by_webhook=by_webhook)
    serving = asyncio.get_running_loop().create_task(work)
    try:
        yield
    finally:
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving


def serving_only(opened: Desk, *roles: Role) -> AbstractAsyncContextManager[None]:
    """Keep the program running for these sides of a case only."""
    tools = replace(opened.tools, served=frozenset(roles))
    return served(replace(opened, tools=tools))
