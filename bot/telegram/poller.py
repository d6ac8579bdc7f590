"""Asks Telegram for updates, and confirms each only when its turn is committed.

The library's own updater confirms updates before they are handled, so that a crash
would lose them.
"""

import asyncio
import json
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeAlias
from urllib.parse import urlencode

from telegram import Bot, Update
from telegram.error import Conflict

from bot.clock import Clock
from bot.errors import BotError
from bot.figures import Figures
from bot.incoming import Incoming
from bot.telegram.connection import TAKEN_ELSEWHERE, patiently, pause
from bot.telegram.right import RightToPoll
from bot.telegram.updates import ALLOWED_UPDATES, incoming_from

#: Seconds for which Telegram holds a question open when there is nothing new.
LONG_POLL = 25
#: Seconds beyond that until we take the connection for dead.
GRACE = 10
#: Telegram hands out so many updates at once, from the lowest that is unconfirmed.
MOST_AT_ONCE = 100
#: Seconds until we ask for more while somebody's turn is not ready. Whoever asks again
#: within half a second gets one update only.
SOONEST = 0.6
#: A database that is away is tried again after 1, 2, 4, 4, 4 ... seconds.
_LONGEST_DOUBLING = 2

_log = logging.getLogger(__name__)
RawUpdate: TypeAlias = dict[str, object]


class Poller:
    """Brings what people do to the conversation, each person's updates in order.

    Everybody has a line of their own, so nobody waits for anybody else's turn. Telegram
    forgets what lies below the number that we ask from, so we ask from the lowest
    update that is not ready, and know the others when they come again.
    """

    def __init__(
        self,
        bot: Bot,
        handle: Callable[[Incoming], Awaitable[None]],
        clock: Clock,
        right: RightToPoll,
        figures: Figures,
        hurry: Callable[[], None] = lambda: None,
    ) -> None:
        """Prepare.

        Args:
            bot: the open connection.
            handle: has committed its turn, or recorded it as failed, when it returns.
            clock: the time of what carries none of its own.
            right: without it nothing is asked of Telegram.
            figures: learn when Telegram answers.
            hurry: called when one turn that is not ready holds everybody up.
        """
        self._bot = bot
        self._handle = handle
        self._clock = clock
        self._right = right
        self._figures = figures
        self._hurry = hurry
        self._next: int | None = None
        self._lines: dict[int, deque[Incoming]] = {}
        self._open: set[int] = set()
        self._known: set[int] = set()
        self._all_ready = asyncio.Event()
        self._is_away = False

    async def run(self) -> None:
        """Poll until cancelled.

        Raises:
            SettingsError: if Telegram no longer knows the token.
        """
        async with asyncio.TaskGroup() as group:
            while True:
                updates = await self._right.while_held(lambda: patiently(self._fetch))
                fresh = self._fresh(updates)
                for update in fresh:
                    self._take(update, group)
                await self._rest()
                if self._open and not fresh and len(updates) >= MOST_AT_ONCE:
                    self._hurry()

    async def _fetch(self) -> list[RawUpdate]:
        # Asked for as plain JSON and read one by one: an update of an unknown form
        # must not hold back the others, nor be printed into the log as a whole.
        asked = {
            "timeout": str(LONG_POLL),
            "allowed_updates": json.dumps(ALLOWED_UPDATES),
        }
        offset = min(self._open) if self._open else self._next
        if offset is not None:
            asked["offset"] = str(offset)
        address = f"{self._bot.base_url}/getUpdates?{urlencode(asked)}"
        try:
            answer = await self._bot.request.post(
                address, read_timeout=LONG_POLL + GRACE
            )
        except Conflict:
            self._figures.held_up = TAKEN_ELSEWHERE
            raise
        self._figures.answered()
        return list(answer) if isinstance(answer, list) else []

    def _fresh(self, updates: list[RawUpdate]) -> list[RawUpdate]:
        """Leave out what has come before and is still unconfirmed."""
        if not updates:
            return []
        fresh = [update for update in updates if _id(update) not in self._known]
        ids = set(map(_id, updates))
        self._known = ids | self._open
        self._next = max(ids) + 1
        return sorted(fresh, key=_id)

    def _take(self, update: RawUpdate, group: asyncio.TaskGroup) -> None:
        """Put an update last in its person's line."""
        incoming = self._read(update)
        if incoming is None:
            return
        self._open.add(incoming.update_id)
        self._all_ready.clear()
        line = self._lines.setdefault(incoming.account, deque())
        line.append(incoming)
        if len(line) == 1:
            group.create_task(self._serve(incoming.account, line))

    def _read(self, update: RawUpdate) -> Incoming | None:
        try:
            return incoming_from(Update.de_json(update, self._bot), self._clock.now())
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            name = type(error).__name__
            _log.error("Update %s has an unknown form (%s).", _id(update), name)
            return None

    async def _serve(self, account: int, line: deque[Incoming]) -> None:
        """Make one person's turns, one after the other."""
        while line:
            await self._in_the_end(line[0])
            self._open.discard(line.popleft().update_id)
        del self._lines[account]
        if not self._open:
            self._all_ready.set()

    async def _in_the_end(self, incoming: Incoming) -> None:
        """Make a turn, however long the database is away."""
        failures = 0
        while True:
            try:
                await self._handle(incoming)
            except BotError as error:
                self._tell_away(error)
                await asyncio.sleep(pause(min(failures, _LONGEST_DOUBLING)))
                failures += 1
            else:
                if self._is_away:
                    _log.warning("The database can be used again.")
                    self._is_away = False
                return

    def _tell_away(self, error: BotError) -> None:
        """Tell the log once, and not for everybody who waits."""
        if not self._is_away:
            _log.error("%s Nothing is lost; trying again until then.", error)
        self._is_away = True

    async def _rest(self) -> None:
        """Wait until every turn is ready, but not for long."""
        if self._open:
            with suppress(TimeoutError):
                async with asyncio.timeout(SOONEST):
                    await self._all_ready.wait()


def _id(update: RawUpdate) -> int:
    return int(str(update["update_id"]))
