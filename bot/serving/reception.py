"""Takes in updates, however they come, and has a turn made of each.

Everybody has a line of their own, so nobody waits for anybody else's turn.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final, TypeAlias
from weakref import WeakValueDictionary

from bot.addressing import EventRef
from bot.conversation.failing import failure_of
from bot.errors import BotError
from bot.incoming import Incoming, Tap
from bot.serving.backoff import pause_for_database
from bot.serving.channel_clock import ChannelClock
from bot.serving.owned_tasks import OwnedTasks
from bot.serving.taps import Taps
from bot.serving.turns import Turns

#: Seconds that turns which have begun are given when the program ends.
LAST_TURNS: Final = 2.5
_log = logging.getLogger(__name__)
RawUpdate: TypeAlias = dict[str, object]


@dataclass(frozen=True, slots=True)
class EventReader:
    """How what comes in by one messenger is read."""

    channel: str
    #: Tells the messenger's own id of it; None where it has none.
    event_id: Callable[[RawUpdate], str | None]
    #: Tells what a person did, or None where nobody did anything to us. It takes the
    #: moment of what carries none of its own, and raises whatever an unknown form
    #: leads to.
    read: Callable[[RawUpdate, datetime], Incoming | None]


class Reception:
    """Brings what people do to the conversation, each person's updates in order."""

    def __init__(
        self,
        reader: EventReader,
        turns: Turns,
        taps: Taps,
        clock: ChannelClock,
        committed: Callable[[], None],
    ) -> None:
        """Prepare; nothing is taken in outside `open`.

        Args:
            reader: reads what comes in.
            turns: makes a turn, or records it as failed.
            taps: answers taps.
            clock: the time of what carries none of its own.
            committed: called after each turn.
        """
        self._reader = reader
        self._turns = turns
        self._taps = taps
        self._clock = clock
        self._committed = committed
        self._lines: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._begun: OwnedTasks[bool] = OwnedTasks()
        self._closed = asyncio.Event()
        self._is_away = False

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Take in updates; at the end the turns that have begun are finished."""
        async with self._begun.open(LAST_TURNS):
            try:
                yield
            finally:
                self.close()

    def close(self) -> None:
        """Begin nothing any more."""
        self._closed.set()
        self._turns.close()

    def take(self, update: RawUpdate, *, patiently: bool) -> asyncio.Task[bool]:
        """Put an update last in its person's line; nobody who waits can stop it.

        Args:
            update: as the messenger sent it.
            patiently: whether to wait while the database is away.

        Returns:
            Whether it may be confirmed: its turn is committed, or recorded as failed.
        """
        return self._begun.begin(self._receive(update, patiently=patiently))

    def hurry(self) -> None:
        """Make what waits for its next try at once: it holds everybody else up."""
        self._turns.hurry()

    async def _receive(self, update: RawUpdate, *, patiently: bool) -> bool:
        try:
            incoming = self._read(update)
        except Exception as error:  # noqa: BLE001 - whatever an unknown form leads to
            record = partial(
                self._turns.unreadable,
                self._event(update),
                failure_of(error),
                self._clock.now(),
            )
            return await self._made(record, patiently=patiently)
        if incoming is None:
            return True
        if isinstance(incoming.content, Tap):
            self._taps.arrived(incoming.content.query_id, incoming.account)
        async with self._lines.setdefault(incoming.account, asyncio.Lock()):
            return await self._made(partial(self._turn, incoming), patiently=patiently)

    def _event(self, update: RawUpdate) -> EventRef | None:
        event_id = self._reader.event_id(update)
        return EventRef(self._reader.channel, event_id) if event_id else None

    def _read(self, update: RawUpdate) -> Incoming | None:
        if self._event(update) is None:
            raise ValueError("An update has an id.")
        return self._reader.read(update, self._clock.now())

    async def _turn(self, incoming: Incoming) -> None:
        said = await self._turns.make(incoming)
        if isinstance(incoming.content, Tap):
            self._taps.answer(incoming.content.query_id, said)
        self._committed()

    async def _made(
        self, work: Callable[[], Awaitable[None]], *, patiently: bool
    ) -> bool:
        """Do what is to be done; if patiently, however long the database is away."""
        failures = 0
        while not self._closed.is_set():
            try:
                await work()
            except BotError as error:
                self._tell_away(error)
                if not patiently:
                    return False
                await self._wait(pause_for_database(failures))
                failures += 1
            else:
                self._tell_back()
                return True
        return False

    async def _wait(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._closed.wait()

    def _tell_away(self, error: BotError) -> None:
        """Tell the log once, and not for everybody who waits."""
        if not self._is_away and not self._closed.is_set():
            _log.error("%s Nothing is lost; trying again until then.", error)
            self._is_away = True

    def _tell_back(self) -> None:
        if self._is_away:
            _log.warning("The database can be used again.")
            self._is_away = False
