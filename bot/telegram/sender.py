"""Sends what the outbox holds: in order within a chat, the chats side by side."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from telegram import Bot
from telegram.error import TelegramError

from bot.clock import Clock
from bot.errors import StorageError
from bot.figures import Figures
from bot.storage import Session, Store
from bot.storage.outbox import Due, mark_sending, next_due
from bot.telegram.calls import perform
from bot.telegram.connection import pause
from bot.telegram.limits import Limits
from bot.telegram.outcomes import Outcome, arrived, of_error, recovered

#: Rows are looked for when a turn wakes us, and at least this often in seconds.
LOOK_EVERY = 1.0
#: Chats that are found in one look.
MOST_CHATS = 100
#: Seconds that messages are given to arrive when the program ends.
DRAIN = 5.0

_log = logging.getLogger(__name__)
T = TypeVar("T")


class Sender:
    """Empties the outbox and answers taps, as long as `run` is running."""

    def __init__(
        self, bot: Bot, store: Store, clock: Clock, limits: Limits, figures: Figures
    ) -> None:
        """Prepare; nothing is sent yet."""
        self._bot = bot
        self._store = store
        self._clock = clock
        self._limits = limits
        self._figures = figures
        self._woken = asyncio.Event()
        self._taps: asyncio.Queue[tuple[str, str | None]] = asyncio.Queue()
        self._lanes: dict[str, asyncio.Task[None]] = {}

    def wake(self) -> None:
        """Say that a turn was committed and the outbox may hold something new."""
        self._woken.set()

    def answer_tap(self, query_id: str, text: str | None = None) -> None:
        """Answer a tap at once, so that its button stops turning.

        It is outside order and limits, and is lost without harm.
        """
        self._taps.put_nowait((query_id, text))

    async def run(self) -> None:
        """Send until cancelled; what is under way then is given time to arrive."""
        returned = await self._store.run(recovered)
        if returned:
            self._figures.possible_doubles += returned
            _log.warning("%s messages were under way and may arrive twice.", returned)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._answer_taps(group))
            try:
                await self._look_and_send(group)
            finally:
                with suppress(TimeoutError, StorageError):
                    async with asyncio.timeout(DRAIN):
                        await self._send_the_rest(group)

    async def _look_and_send(self, group: asyncio.TaskGroup) -> None:
        while True:
            self._woken.clear()
            self._begin(await _in_the_end(self._due), group)
            await self._rest()

    async def _send_the_rest(self, group: asyncio.TaskGroup) -> None:
        """Send what is under way, and what turns say that had begun before the end."""
        # Units of work follow each other: after this one, those turns are committed.
        await self._store.run(_nothing)
        while True:
            self._begin(await self._due(), group)
            if not self._lanes:
                return
            await asyncio.wait(
                list(self._lanes.values()), return_when=asyncio.FIRST_COMPLETED
            )

    def _begin(self, found: Sequence[Due], group: asyncio.TaskGroup) -> None:
        for due in found:
            if due.person_id not in self._lanes:
                lane = group.create_task(self._deliver(due))
                self._lanes[due.person_id] = lane

    async def _due(self) -> list[Due]:
        return await self._store.read(next_due, self._clock.now(), MOST_CHATS)

    async def _deliver(self, due: Due) -> None:
        """Send the message whose turn it is in one chat."""
        try:
            if due.kind == "send":
                await self._limits.new_message(due.person_id)
            else:
                await self._limits.change()
            if await self._store.run(mark_sending, due.id):
                outcome = await self._attempt(due)
                await _in_the_end(lambda: self._store.run(outcome))
        except Exception as error:  # noqa: BLE001 - the other chats must go on
            _log.error("Row %s is left for now (%s).", due.id, type(error).__name__)
            await asyncio.sleep(LOOK_EVERY)
        finally:
            del self._lanes[due.person_id]
            self.wake()

    async def _attempt(self, due: Due) -> Outcome:
        try:
            key = await asyncio.to_thread(self._store.keys.key_of, due.person_id)
            chat, message = due.chat(key), due.message(key)
            message_id = await perform(self._bot, chat, message, due.target)
        except Exception as error:  # noqa: BLE001 - each error is an outcome too
            return of_error(due, error, self._clock.now(), self._figures)
        self._figures.sends += 1
        return arrived(due, key, message_id, self._clock.now())

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(LOOK_EVERY):
                await self._woken.wait()
        except TimeoutError:
            return

    async def _answer_taps(self, group: asyncio.TaskGroup) -> None:
        while True:
            query_id, text = await self._taps.get()
            group.create_task(self._answer(query_id, text))

    async def _answer(self, query_id: str, text: str | None) -> None:
        try:
            await self._bot.answer_callback_query(query_id, text)
        except TelegramError as error:
            # Mostly the tap is too old by now; the turn itself stands.
            _log.info("A tap was not answered (%s).", type(error).__name__)


def _nothing(_session: Session) -> None:
    """Do nothing, when everything before it is done."""


async def _in_the_end(call: Callable[[], Awaitable[T]]) -> T:
    """Use the database, however long it is away: what was sent must be noted."""
    failures = 0
    while True:
        try:
            return await call()
        except StorageError as error:
            _log.error("%s", error)
            await asyncio.sleep(pause(failures))
            failures += 1
