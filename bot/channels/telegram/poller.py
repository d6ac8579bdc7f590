"""Asks Telegram for updates, and confirms each only when its turn is committed.

The library's own updater confirms updates before they are handled, so that a crash
would lose them.
"""

import asyncio
import json
from contextlib import suppress
from typing import Final
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken

from bot.channels.telegram.connection import (
    REFUSED_JUST_NOW,
    TAKEN_ELSEWHERE,
    patiently,
)
from bot.channels.telegram.updates import ALLOWED_UPDATES
from bot.figures import Figures
from bot.serving.reception import RawUpdate, Reception
from bot.serving.serving_lease import ServingLease

#: Seconds for which Telegram holds a question open when there is nothing new.
LONG_POLL = 25
#: Seconds beyond that until we take the connection for dead.
GRACE = 10
#: Telegram hands out so many updates at once, from the lowest that is unconfirmed.
MOST_AT_ONCE = 100
#: Seconds until we ask for more while the lowest is not ready. Whoever asks from the
#: same one again within half a second gets one update only.
SOONEST = 0.6
#: Seconds until we ask for more while others are not ready: these come again too.
BREATH: Final = 0.05


class Poller:
    """Asks for what people do, and hands it to the reception.

    Telegram forgets what lies below the number that we ask from, so we ask from the
    lowest update that is not ready, and know the others when they come again.
    """

    def __init__(
        self, bot: Bot, reception: Reception, lease: ServingLease, figures: Figures
    ) -> None:
        """Prepare.

        Args:
            bot: the open connection.
            reception: has each turn made.
            lease: without it nothing is asked of Telegram.
            figures: learn when Telegram answers.
        """
        self._bot = bot
        self._reception = reception
        self._lease = lease
        self._figures = figures
        self._next: int | None = None
        self._open: set[int] = set()
        self._known: set[int] = set()
        self._asked_from: int | None = None
        self._moved = asyncio.Event()

    async def run(self) -> None:
        """Poll until cancelled; what was taken is finished by the reception."""
        while True:
            updates = await self._lease.while_held(lambda: patiently(self._fetch))
            fresh = self._fresh(updates)
            for update in fresh:
                self._take(update)
            await self._rest()
            if self._open and not fresh and len(updates) >= MOST_AT_ONCE:
                self._reception.hurry()

    async def _fetch(self) -> list[RawUpdate]:
        # Asked for as plain JSON and read one by one: an update of an unknown form
        # must not hold back the others, nor be printed into the log as a whole.
        asked = {
            "timeout": str(LONG_POLL),
            "allowed_updates": json.dumps(ALLOWED_UPDATES),
        }
        self._asked_from = self._lowest()
        if self._asked_from is not None:
            asked["offset"] = str(self._asked_from)
        address = f"{self._bot.base_url}/getUpdates?{urlencode(asked)}"
        try:
            answer = await self._bot.request.post(
                address, read_timeout=LONG_POLL + GRACE
            )
        except Conflict:
            self._figures.held_up = TAKEN_ELSEWHERE
            raise
        except InvalidToken:
            self._figures.held_up = REFUSED_JUST_NOW
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

    def _take(self, update: RawUpdate) -> None:
        number = _id(update)
        self._open.add(number)
        taken = self._reception.take(update, patiently=True)
        taken.add_done_callback(lambda task: self._ready(number, task))

    def _ready(self, number: int, taken: asyncio.Task[bool]) -> None:
        if taken.cancelled() or taken.exception() or not taken.result():
            return  # the program ends; the update comes again
        self._open.discard(number)
        self._moved.set()

    def _lowest(self) -> int | None:
        """Tell where to ask from, which confirms all that is below."""
        return min(self._open) if self._open else self._next

    async def _rest(self) -> None:
        """Wait until there is something to confirm, but not for long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(SOONEST):
                while self._open and self._lowest() == self._asked_from:
                    await self._next_move()
        with suppress(TimeoutError):
            async with asyncio.timeout(BREATH):
                while self._open:
                    await self._next_move()

    async def _next_move(self) -> None:
        self._moved.clear()
        await self._moved.wait()


def _id(update: RawUpdate) -> int:
    return int(str(update["update_id"]))
