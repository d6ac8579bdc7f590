"""Each update becomes one turn: made, tried again, and recorded if it fails."""

import asyncio
import logging
import time
from contextlib import suppress
from datetime import datetime
from typing import Final

from bot.addressing import EventRef
from bot.chat.tools import Tools
from bot.conversation.failing import (
    Failure,
    failure_of,
    give_up,
    only_record,
    record_unreadable,
)
from bot.conversation.provenance import QuestionOnItsWay
from bot.conversation.turn import turn
from bot.errors import ProgramEnds, TookTooLong, is_away
from bot.figures import Figures
from bot.incoming import UNKNOWN, Incoming, Unusable
from bot.storage import Session, Store

#: Seconds before the second and before the third try.
PAUSES: tuple[float, ...] = (1.0, 5.0)
#: A turn that has taken longer, in seconds, is rolled back and counts as failed.
TOO_LONG: Final = 10.0

#: Seconds for which a message waits that came while its question was being sent, and
#: the first two looks whether that has arrived; each time it is twice as long.
ARRIVES_WITHIN: Final = 3.0
LOOK_AGAIN: Final = 0.02

_log = logging.getLogger(__name__)


class Turns:
    """Makes turns; whoever brings an update may confirm it when `make` returns."""

    def __init__(self, store: Store, tools: Tools, figures: Figures) -> None:
        """Prepare; nothing is done yet."""
        self._store = store
        self._tools = tools
        self._figures = figures
        self._hurried = asyncio.Event()
        self._is_closed = False

    async def make(self, incoming: Incoming) -> str | None:
        """Make one turn or record it as failed; the text that answers a tap.

        Raises:
            StorageError: the database is away; nothing was done, ask again.
            ProgramEnds: turns are closed; nothing was done.
        """
        self._count(incoming)
        for pause in (*PAUSES, None):
            if self._is_closed:
                raise ProgramEnds("No turn is begun any more.")
            try:
                return await self._made(incoming)
            except ProgramEnds:
                raise
            except Exception as error:
                if is_away(error):
                    raise
                failure = failure_of(error)
            if pause is not None:
                _log.error("Update %s failed (%s).", incoming.event_id, failure)
                await self._wait(pause)
        await self._give_up(incoming, failure)
        return None

    async def _made(self, incoming: Incoming) -> str | None:
        """Make a turn, a moment later where its question is being sent just now.

        Raises:
            ProgramEnds: turns were closed meanwhile; nothing was done. After the next
                start it is known whether the question had arrived.
        """
        patience_ends, pause = time.monotonic() + ARRIVES_WITHIN, LOOK_AGAIN
        while True:
            can_wait = time.monotonic() < patience_ends
            try:
                with self._figures.turns.measured():
                    return await self._store.run_together(
                        self._in_time, incoming, can_wait
                    )
            except QuestionOnItsWay:
                left = patience_ends - time.monotonic()
                await self._wait(min(pause, left))
                pause *= 2
            if self._is_closed:
                raise ProgramEnds("No turn waits for its question any more.")

    def _count(self, incoming: Incoming) -> None:
        """Count what nobody can use; the log names a kind that nobody knows."""
        content = incoming.content
        if not isinstance(content, Unusable):
            return
        self._figures.unusable += 1
        if content.kind == UNKNOWN:
            _log.warning(
                "Update %s holds a message of a kind that is not known here.",
                incoming.event_id,
            )

    def hurry(self) -> None:
        """Make what waits for its next try at once: it holds everybody else up."""
        self._hurried.set()
        self._hurried = asyncio.Event()

    def close(self) -> None:
        """Begin no turn any more, nor another try of one that has failed."""
        self._is_closed = True
        self.hurry()

    async def unreadable(
        self, event: EventRef | None, failure: Failure, at: datetime
    ) -> None:
        """Record an update of a form that nobody knows: it would only come again.

        Raises:
            StorageError: the database is away; nothing was done, ask again.
        """
        if event is not None:
            await self._store.run(record_unreadable, event, failure, at)
        self._figures.failed_turns += 1
        number = event.id if event else "?"
        _log.critical("Update %s cannot be read (%s).", number, failure)

    def _in_time(
        self,
        session: Session,
        incoming: Incoming,
        can_wait: bool,  # noqa: FBT001 - handed on as it is
    ) -> str | None:
        began = time.monotonic()
        said = turn(session, self._tools, incoming, can_wait=can_wait)
        session.flush()
        if time.monotonic() - began > TOO_LONG:
            raise TookTooLong(f"A turn took longer than {TOO_LONG:.0f} seconds.")
        return said

    async def _wait(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._hurried.wait()

    async def _give_up(self, incoming: Incoming, failure: Failure) -> None:
        try:
            await self._store.run(give_up, self._tools, incoming, failure)
        except Exception as error:
            if is_away(error):
                raise
            _log.critical("Nobody could be told: %s.", failure_of(error))
            await self._store.run(only_record, incoming, failure)
        self._figures.failed_turns += 1
        _log.critical(
            "Update %s is recorded as failed after %s tries (%s).",
            incoming.event_id,
            len(PAUSES) + 1,
            failure,
        )
