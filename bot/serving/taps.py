"""Answers taps, so that no button keeps turning: outside order and limits."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Final

from bot.serving.channel import Channel, WaitUntil
from bot.serving.owned_tasks import OwnedTasks

#: Seconds after which a tap is answered without words, whatever its turn is doing: a
#: button turns for ten seconds at the most.
LONGEST_TURNING: Final = 8.0
#: Seconds that an answer may take on its way.
CALL: Final = 2.0
#: Seconds for which a messenger brings a tap again; until then we know that we
#: answered.
REMEMBERED: Final = 150.0

_log = logging.getLogger(__name__)


class Taps:
    """Answers each tap once: when its turn is made, or when that takes too long."""

    def __init__(
        self, channel: Channel, told_to_wait: Callable[[str, WaitUntil], None]
    ) -> None:
        """Prepare; nothing is answered outside `open`.

        Args:
            channel: where people tap.
            told_to_wait: learns whose tap we were not let answer just then.
        """
        self._channel = channel
        self._told_to_wait = told_to_wait
        self._said: dict[str, asyncio.Future[str | None]] = {}
        self._begun: OwnedTasks[None] = OwnedTasks()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Answer taps; at the end those that still wait are answered without words."""
        async with self._begun.open(CALL):
            try:
                yield
            finally:
                for query_id in self._said:
                    self.answer(query_id, None)

    def arrived(self, query_id: str, whose: str) -> None:
        """Note that somebody has tapped; the same tap may arrive again."""
        if query_id in self._said:
            return
        loop = asyncio.get_running_loop()
        said = self._said[query_id] = loop.create_future()
        loop.call_later(REMEMBERED, self._said.pop, query_id, None)
        self._begun.begin(self._answer(query_id, whose, said))

    def answer(self, query_id: str, text: str | None) -> None:
        """Answer a tap at once; too late, or a second time, nothing happens."""
        said = self._said.get(query_id)
        if said is not None and not said.done():
            said.set_result(text)

    async def _answer(
        self, query_id: str, whose: str, said: asyncio.Future[str | None]
    ) -> None:
        text = None
        with suppress(TimeoutError):
            text = await asyncio.wait_for(said, LONGEST_TURNING)
        try:
            await self._channel.answer_tap(query_id, text, timedelta(seconds=CALL))
        except Exception as error:  # noqa: BLE001 - the turn itself stands
            # Mostly the tap is too old by now.
            verdict = self._channel.outcome_of(error)
            if isinstance(verdict, WaitUntil):
                self._told_to_wait(whose, verdict)
            _log.info("A tap was not answered (%s).", type(error).__name__)
