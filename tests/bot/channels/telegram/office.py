"""The Telegram side of the program, with the simulator as its Telegram."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

from telegram import Bot

from bot import catalogue
from bot.addressing import TELEGRAM
from bot.channels.telegram.abilities import ABILITIES
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.poller import Poller
from bot.channels.telegram.updates import READER
from bot.chat.tools import Tools
from bot.chat.words import vocabulary
from bot.clock import MovableClock
from bot.contacts import SECRETARIAT, Contacts
from bot.figures import Figures
from bot.incoming import Content, Incoming
from bot.serving.channel import WaitUntil
from bot.serving.channel_clock import ChannelClock
from bot.serving.reception import Reception
from bot.serving.sender import Sender
from bot.serving.serving_lease import ServingLease
from bot.serving.taps import Taps
from bot.serving.turns import Turns
from bot.simulator.person import PhoneUser
from bot.simulator.phones import Owner
from bot.simulator.world import World
from bot.storage import Session, Store
from bot.storage.lease import LeaseOwner
from bot.storage.mail import outbox
from bot.storage.mail.messages import Outgoing
from bot.storage.mail.pace import Limits
from bot.storage.tables import OutboxRow
from flows.facts import Role
from tests.bot.storage.house import move_in

NO_LIMITS = Limits(0, 0)
Make: TypeAlias = Callable[[Incoming], Awaitable[str | None]]
_WORDS = catalogue.load()


def no_sender(_whose: str, _asked: WaitUntil) -> None:
    """Take note of a wish for patience, where nobody sends."""


class OtherTurns(Turns):
    """Turns of a test's own making."""

    def __init__(self, office: "Office", make: Make) -> None:
        words = vocabulary(_WORDS)
        offices = Contacts(SECRETARIAT, {}, ())
        served = frozenset(Role)
        tools = Tools(
            office.store.keys, _WORDS, words, offices, served, {TELEGRAM: ABILITIES}
        )
        super().__init__(office.store, tools, office.figures)
        self._office = office
        self._make = make

    async def make(self, incoming: Incoming) -> str | None:
        return await self._make(incoming)

    def hurry(self) -> None:
        self._office.hurried.set()


@dataclass(frozen=True)
class Resident:
    """Somebody with a phone whom the program knows."""

    person: PhoneUser
    person_id: str
    key: bytes


@dataclass
class Office:
    """World, database and connection of one test."""

    world: World
    store: Store
    bot: Bot
    clock: MovableClock = field(default_factory=MovableClock)
    taken: list[Incoming] = field(default_factory=list)
    figures: Figures = field(default_factory=Figures)
    hurried: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.right = ServingLease(self.store, self.clock)
        self.channel = TelegramChannel(self.bot)

    def visitor(self, key: str, number: str = "+4520163847") -> PhoneUser:
        """Give somebody a phone on which the chat with the bot is open."""
        self.world.add_phone(Owner(key, key.title(), number))
        person = PhoneUser(self.world, key, patience=20)
        person.open_link()
        return person

    def resident(self, key: str) -> Resident:
        """Let the program know somebody."""
        person = self.visitor(key)
        return Resident(person, *move_in(self.store, person.phone.user_id))

    def queues(self, to: Resident, *messages: Outgoing) -> list[int]:
        """Put messages into the outbox, as a turn does."""
        return [self.store.run_now(self.queue, to, message) for message in messages]

    def row(self, row_id: int) -> OutboxRow:
        """Look at a row of the outbox."""
        return self.store.run_now(_row, row_id)

    def sender(
        self, limits: Limits = NO_LIMITS, *, me: LeaseOwner | None = None
    ) -> Sender:
        """Make a sender, as a rule without limits."""
        return Sender(self.channel, self.store, self.clock, limits, self.figures, me=me)

    @asynccontextmanager
    async def receiving(self, make: Make) -> AsyncIterator[Reception]:
        """Take in what people do, and make turns of it in one's own way."""
        taps, turns = Taps(self.channel, no_sender), OtherTurns(self, make)
        reception = Reception(
            READER, turns, taps, ChannelClock(self.clock), lambda: None
        )
        async with taps.open(), reception.open():
            yield reception

    @asynccontextmanager
    async def polling(self, make: Make) -> AsyncIterator[None]:
        """Poll with the right to do so during a part of a test."""
        async with self.receiving(make) as reception:
            poller = Poller(self.bot, reception, self.right, self.figures)
            async with at_work(poller.run):
                yield

    async def take(self, incoming: Incoming) -> str | None:
        """Take what comes in, as a turn that does nothing."""
        self.taken.append(incoming)
        self.world.changes.up()
        return None

    def contents(self) -> list[Content]:
        """What was taken, in order."""
        return [incoming.content for incoming in self.taken]

    async def until(self, reached: Callable[[], object]) -> None:
        """Wait until something is so that nothing tells of, as in the database."""
        async with asyncio.timeout(20):
            while not reached():  # noqa: ASYNC110 - a database raises no event
                await asyncio.sleep(0.005)

    def queue(self, session: Session, to: Resident, message: Outgoing) -> int:
        """Put a message into the outbox: a unit of work."""
        now = self.clock.now()
        return outbox.queue(session, to.key, to.person_id, message, at=now)


def _row(session: Session, row_id: int) -> OutboxRow:
    return session.get_one(OutboxRow, row_id)


@asynccontextmanager
async def at_work(
    run: Callable[[], Coroutine[None, None, None]],
) -> AsyncIterator[None]:
    """Keep a poller or sender running during a part of a test."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(run())
        yield
        task.cancel()
