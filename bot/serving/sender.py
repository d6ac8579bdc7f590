"""Sends what the outbox holds: in order within a chat, the chats side by side.

One unit of work after the other notes what has become of messages and claims new
ones, of all chats at once; in between each chat's messages are sent by a task.
"""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock
from bot.errors import StorageError
from bot.figures import Figures
from bot.serving.backoff import pause, pause_for_database
from bot.serving.channel import Channel, Gone, WaitUntil
from bot.serving.channel_clock import ChannelClock
from bot.serving.flood import Flood
from bot.serving.outcomes import arrived, of_error, unopened
from bot.storage import Session, Store, lease
from bot.storage.lease import LeaseOwner, this_process
from bot.storage.mail.claiming import Claimed, Sending, claim
from bot.storage.mail.due import Due
from bot.storage.mail.pace import Limits, believed, keep, latest_wait, whole_bot
from bot.storage.mail.sending import SENDER, Outcome, note, park, put_back, take_back

#: Rows are looked for when a turn wakes us, and at least this often in seconds.
LOOK_EVERY = 1.0
#: Chats that one sender writes to at the same time.
MOST_CHATS: Final = 100
#: Seconds that messages are given to arrive when the program ends.
DRAIN = 5.0
#: How often we say that we are alive, and look for senders that are not.
RENEW_EVERY: Final = timedelta(seconds=3)

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _News:
    """What the lanes have found out since the last unit of work."""

    outcomes: list[Outcome] = field(default_factory=list)
    #: Until when the whole bot was asked to wait.
    hold_until: datetime | None = None
    #: The last unit of work failed, and may have claimed something all the same.
    is_unsure: bool = False


class Sender:
    """Empties the outbox, as long as `run` is running.

    Any number may work on one database, each in a process of its own.
    """

    def __init__(  # noqa: PLR0913 - each is a thing of its own
        self,
        channel: Channel,
        store: Store,
        clock: Clock,
        limits: Limits,
        figures: Figures,
        *,
        me: LeaseOwner | None = None,
        theirs: ChannelClock | None = None,
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            channel: carries messages, each to its own people.
            store: holds the outbox.
            clock: tells when a row may go.
            limits: how much may be sent at a time.
            figures: count what is sent.
            me: the process that sends; this one, if it is not named.
            theirs: learns how the messenger dates what we send.
        """
        self._channel = channel
        self._store = store
        self._clock = clock
        self._limits = limits
        self._figures = figures
        self._me = me or this_process()
        self._theirs = theirs or ChannelClock(clock)
        self._woken = asyncio.Event()
        self._lanes: set[asyncio.Task[None]] = set()
        #: The rows that we have claimed and of which nothing is noted yet.
        self._rows: set[int] = set()
        self._news = _News()
        self._flood = Flood()
        self._renewed_at: datetime | None = None
        self._failures = 0
        self._ends_at: datetime | None = None

    def wake(self) -> None:
        """Say that a turn was committed and the outbox may hold something new."""
        self._woken.set()

    def told_to_wait(self, chat: str, asked: WaitUntil) -> None:
        """Note that we are asked for patience; when several are, all wait."""
        now = self._clock.now()
        if self._flood.is_for_all(chat, now):
            until = now + timedelta(seconds=pause(0, asked.seconds))
            self._news.hold_until = _later(self._news.hold_until, until)
            self.wake()

    async def run(self) -> None:
        """Send until cancelled; then what turns have said is given time to arrive.

        Whoever ends the program lets turns come to their end before.
        """
        try:
            async with asyncio.TaskGroup() as group:
                looking = group.create_task(self._look_and_send(group))
                try:
                    await asyncio.Event().wait()
                finally:
                    self._ends_at = self._clock.now() + timedelta(seconds=DRAIN)
                    self.wake()
                    with suppress(TimeoutError):
                        async with asyncio.timeout(DRAIN):
                            await looking
        finally:
            with suppress(StorageError):
                name = _lease_of(self._me)
                await self._store.run(lease.let_go, name, self._me.id)

    async def _look_and_send(self, group: asyncio.TaskGroup) -> None:
        while True:
            self._woken.clear()
            claimed = await self._exchange()
            for line in claimed.lines:
                lane = group.create_task(self._deliver(line))
                self._lanes.add(lane)
                lane.add_done_callback(self._lanes.discard)
            if self._is_done(claimed):
                return
            await self._rest(claimed.again_at)

    async def _exchange(self) -> Claimed:
        """Tell the database what has become of messages, and take on new ones."""
        news, self._news = self._news, _News()
        try:
            await self._show_life()
            if news.is_unsure:
                news.is_unsure = not await self._store.run(
                    put_back, self._me.id, self._rows
                )
            claimed, locked = await self._store.run_together(
                self._note_and_claim, news, MOST_CHATS - len(self._lanes)
            )
        except Exception as error:  # noqa: BLE001 - what was sent must be noted
            self._keep_for_later(news, error)
            await asyncio.sleep(pause_for_database(self._failures))
            self._failures += 1
            return Claimed(again_at=self._clock.now())
        self._failures = 0
        self._rows.difference_update(outcome.due.id for outcome in news.outcomes)
        self._rows.update(outcome.due.id for outcome in locked)
        self._rows.update(due.id for line in claimed.lines for due in line)
        self._news.outcomes[:0] = locked
        self._news.is_unsure = news.is_unsure
        return claimed

    def _note_and_claim(
        self, session: Session, news: _News, most_chats: int
    ) -> tuple[Claimed, list[Outcome]]:
        now, keys, limits = self._clock.now(), self._store.keys, self._limits
        pace = whole_bot(session, self._channel.name)
        if news.hold_until is not None:
            held_until = believed(pace.not_before, latest_wait(now))
            pace.not_before = _later(held_until, news.hold_until)
            keep(session, pace)
        locked = note(session, news.outcomes, now, skip_locked=True)
        if most_chats < 1:
            return Claimed(), locked
        me = self._me.id
        by = Sending(me, self._channel.name)
        return claim(session, keys, pace, by, limits, most_chats, now), locked

    async def _show_life(self) -> None:
        """Renew our lease when it is time, and take on what the dead have left.

        Each is a unit of work of its own: whatever else fails, we do not look dead.
        """
        now, last = self._clock.now(), self._renewed_at
        if last is not None and last <= now < last + RENEW_EVERY:
            return
        await self._store.run(lease.take, _lease_of(self._me), self._me, now)
        in_doubt = await self._store.run(take_back, self._me, now)
        self._renewed_at = now
        if in_doubt:
            self._figures.possible_doubles += in_doubt
            _log.warning("%s messages were under way and may arrive twice.", in_doubt)

    def _keep_for_later(self, news: _News, error: Exception) -> None:
        said = str(error) if isinstance(error, StorageError) else type(error).__name__
        _log.error(
            "Sending goes on, and what was sent is noted, when this is over: %s", said
        )
        self._renewed_at = None
        self._news.outcomes[:0] = news.outcomes
        self._news.hold_until = _later(self._news.hold_until, news.hold_until)
        self._news.is_unsure = True

    def _is_done(self, claimed: Claimed) -> bool:
        """Tell whether the program ends and nothing more can be sent before."""
        if self._ends_at is None or self._woken.is_set():
            return False  # what was said meanwhile has not been looked for yet
        if self._lanes or self._news.outcomes:
            return False
        return claimed.again_at is None or claimed.again_at > self._ends_at

    async def _rest(self, again_at: datetime | None) -> None:
        seconds = LOOK_EVERY
        if again_at is not None:
            until_then = (again_at - self._clock.now()).total_seconds()
            seconds = min(seconds, max(until_then, 0.0))
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()

    async def _deliver(self, line: Sequence[Due]) -> None:
        """Send the messages of one chat, one after the other."""
        began = self._clock.now()
        outcomes: list[Outcome] = []
        for place, due in enumerate(line):
            outcome = await self._attempt(due)
            if outcome is None:
                await self._park(line[place:], began)
                break
            outcomes.append(outcome)
            if outcome.state == "waiting":
                # What comes after it must not overtake it.
                outcomes += [Outcome(later, "waiting") for later in line[place + 1 :]]
                break
        self._news.outcomes += outcomes
        self.wake()

    async def _attempt(self, due: Due) -> Outcome | None:
        """Make one call; None when the person does not let us write."""
        try:
            address, message = due.address(), due.message()
        except Exception as error:  # noqa: BLE001 - as below
            return unopened(due, error, self._clock.now(), self._figures)
        try:
            delivered = await self._channel.perform(address, message, due.target)
        except Exception as error:  # noqa: BLE001 - each error is an outcome too
            return self._failed(due, error)
        if delivered is not None and delivered.at is not None:
            self._theirs.sent(delivered.at)
        return arrived(due, delivered, self._figures)

    def _failed(self, due: Due, error: Exception) -> Outcome | None:
        verdict = self._channel.outcome_of(error)
        if isinstance(verdict, Gone):
            return None
        now = self._clock.now()
        if isinstance(verdict, WaitUntil):
            self.told_to_wait(due.person_id, verdict)
        return of_error(due, error, verdict, now, self._figures)

    async def _park(self, line: Sequence[Due], began: datetime) -> None:
        now = self._clock.now()
        later = now + timedelta(seconds=pause(0))
        outcomes = [Outcome(due, "waiting", not_before=later) for due in line]
        try:
            await self._store.run(park, outcomes, began, now)
        except Exception as error:  # noqa: BLE001 - or they stay under way for ever
            _log.error("A chat is parked later (%s).", type(error).__name__)
            self._news.outcomes += outcomes
        else:
            self._rows.difference_update(due.id for due in line)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((at for at in (one, other) if at is not None), default=None)


def _lease_of(sender: LeaseOwner) -> str:
    return f"{SENDER} {sender.id}"
