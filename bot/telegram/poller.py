"""Asks Telegram for updates, and confirms each only when its turn is committed.

The library's own updater confirms updates before they are handled, so that a crash
would lose them.
"""

import asyncio
import json
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from traceback import extract_tb
from typing import TypeAlias
from urllib.parse import urlencode

from telegram import Bot, Update

from bot.clock import Clock
from bot.errors import BotError
from bot.incoming import Incoming
from bot.telegram.connection import patiently, pause
from bot.telegram.updates import ALLOWED_UPDATES, incoming_from

#: Seconds for which Telegram holds a question open when there is nothing new.
LONG_POLL = 25
#: Seconds beyond that until we take the connection for dead.
GRACE = 10
#: After so many failures of ours, one update is passed over for everybody else's sake.
MOST_TRIES = 5

_log = logging.getLogger(__name__)
RawUpdate: TypeAlias = dict[str, object]


class Poller:
    """Brings what people do to the conversation: each person's updates in order."""

    def __init__(
        self, bot: Bot, handle: Callable[[Incoming], Awaitable[None]], clock: Clock
    ) -> None:
        """Prepare; `handle` has committed its turn when it returns."""
        self._bot = bot
        self._handle = handle
        self._clock = clock
        self._offset: int | None = None
        self._failures: Counter[int] = Counter()

    async def run(self) -> None:
        """Poll until cancelled.

        Raises:
            SettingsError: if Telegram no longer knows the token.
        """
        while True:
            updates = await patiently(self._fetch)
            if updates:
                await self._take(updates)

    async def _fetch(self) -> list[RawUpdate]:
        # Asked for as plain JSON and read one by one: an update of an unknown form
        # must not hold back the others, nor be printed into the log as a whole.
        asked = {
            "timeout": str(LONG_POLL),
            "allowed_updates": json.dumps(ALLOWED_UPDATES),
        }
        if self._offset is not None:
            asked["offset"] = str(self._offset)
        address = f"{self._bot.base_url}/getUpdates?{urlencode(asked)}"
        answer = await self._bot.request.post(address, read_timeout=LONG_POLL + GRACE)
        return list(answer) if isinstance(answer, list) else []

    async def _take(self, updates: list[RawUpdate]) -> None:
        people: dict[int, list[Incoming]] = {}
        for update in sorted(updates, key=_id):
            incoming = self._read(update)
            if incoming:
                people.setdefault(incoming.account, []).append(incoming)
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._turns(own)) for own in people.values()]
        stuck = [found for task in tasks if (found := task.result()) is not None]
        # What came after a stuck update comes again with it: each turn knows by its
        # update id whether it was already made.
        self._offset = min(stuck, default=max(map(_id, updates)) + 1)
        if stuck:
            await asyncio.sleep(pause(max(self._failures[update] for update in stuck)))
        else:
            self._failures.clear()

    def _read(self, update: RawUpdate) -> Incoming | None:
        try:
            return incoming_from(Update.de_json(update, self._bot), self._clock.now())
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            name = type(error).__name__
            _log.error("Update %s has an unknown form (%s).", _id(update), name)
            return None

    async def _turns(self, own: list[Incoming]) -> int | None:
        """Make one person's turns; return the update that is stuck, if one is."""
        for incoming in own:
            try:
                await self._handle(incoming)
            except Exception as error:  # noqa: BLE001 - others must go on being served
                if self._must_wait(incoming.update_id, error):
                    return incoming.update_id
        return None

    def _must_wait(self, update_id: int, error: Exception) -> bool:
        """Log a failed turn and tell whether it is to be tried again."""
        self._failures[update_id] += 1
        if isinstance(error, BotError):
            # The database is away; it comes back, and no update is lost.
            _log.error("%s", error)
            return True
        _log.error("Update %s could not be handled: %s.", update_id, _where(error))
        if self._failures[update_id] < MOST_TRIES:
            return True
        _log.critical("Update %s is passed over after %s tries.", update_id, MOST_TRIES)
        return False


def _id(update: RawUpdate) -> int:
    return int(str(update["update_id"]))


def _where(error: Exception) -> str:
    """Name an error and its place; its own words may hold what a person wrote."""
    frame = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(frame.filename).name}:{frame.lineno}"
