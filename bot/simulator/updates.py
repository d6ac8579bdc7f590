"""Updates on their way to the bot: numbered, kept until confirmed, dropped when old."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.simulator.bubbles import BubbleJson
from bot.simulator.changes import Changes
from bot.simulator.clock import TimeSource
from bot.simulator.faults import FaultKind, Faults

#: How long an update waits for the bot, counted from the message's date.
MESSAGE_LIFETIME: Final = timedelta(hours=24)
TAP_LIFETIME: Final = timedelta(seconds=150)

#: What a bot gets if it never said what it wants, of what the simulator makes.
BY_DEFAULT: Final = frozenset(
    {"message", "edited_message", "callback_query", "my_chat_member"}
)


@dataclass(slots=True)
class LateUpdates:
    """What is late: it keeps its order, and comes at these moments of the loop."""

    late: deque["Arrival"] = field(default_factory=deque)
    until: float = 0.0


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that a person did and that has no number yet."""

    kind: str
    body: BubbleJson
    queue: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class Update:
    """One update; those of one queue reach a webhook one after the other."""

    update_id: int
    kind: str
    body: BubbleJson
    queue: str
    expires: datetime

    def as_json(self) -> BubbleJson:
        """Return it as the Bot API hands it out."""
        return {"update_id": self.update_id, self.kind: self.body}


class UpdateQueue:
    """What waits for the bot."""

    def __init__(
        self, clock: TimeSource, faults: Faults, changes: Changes, first_id: int
    ) -> None:
        self.allowed = BY_DEFAULT
        self._clock = clock
        self._faults = faults
        self._changes = changes
        self._next_id = first_id
        self._waiting: dict[int, Update] = {}
        self._repeated: set[int] = set()
        self._lines: defaultdict[str, LateUpdates] = defaultdict(LateUpdates)

    def put(self, kind: str, body: BubbleJson, *, queue: str) -> None:
        """Add an update, unless the bot has not asked for its kind."""
        if kind not in self.allowed:
            return
        lifetime = TAP_LIFETIME if kind == "callback_query" else MESSAGE_LIFETIME
        arrival = Arrival(kind, body, queue, self._clock.now() + lifetime)
        line = self._lines[self._line_of(queue)]
        late = self._lateness()
        if late is None and not line.late:
            self._arrive(arrival)
            return
        loop = asyncio.get_running_loop()
        line.until = max(loop.time() + (late or 0.0), line.until)
        line.late.append(arrival)
        loop.call_at(line.until, self._next_of, line)

    def allow(self, kinds: Iterable[str]) -> None:
        """Remember which kinds the bot wants; none named means the usual ones."""
        self.allowed = frozenset(kinds) or BY_DEFAULT

    def waiting(self) -> list[Update]:
        """Return what is still worth delivering, oldest first."""
        now = self._clock.now()
        for update in [u for u in self._waiting.values() if u.expires <= now]:
            del self._waiting[update.update_id]
        return list(self._waiting.values())

    def ready(self) -> list[Update]:
        """Return what can be delivered now: nothing while updates are held."""
        return [] if self._faults.active(FaultKind.HELD) else self.waiting()

    def all_taken(self) -> bool:
        """Tell whether nothing waits, and nothing is late."""
        late = any(line.late for line in self._lines.values())
        return not late and not self.waiting()

    def batch(self, limit: int) -> list[Update]:
        """Return the next updates to hand out."""
        updates = self.ready()[:limit]
        if len(updates) > 1 and self._faults.take(FaultKind.REORDER):
            updates.reverse()
        return updates

    def confirm(self, offset: int) -> None:
        """Forget everything below the offset; a negative one keeps the last few."""
        if offset < 0:
            offset = max(self._waiting, default=0) + 1 + offset
        for update_id in [known for known in self._waiting if known < offset]:
            self.done(update_id)

    def done(self, update_id: int) -> None:
        """Forget one update that the bot has taken."""
        if update_id not in self._waiting:
            return
        if update_id not in self._repeated and self._faults.take(FaultKind.DUPLICATE):
            self._repeated.add(update_id)
            return
        del self._waiting[update_id]
        self._changes.up()

    def drop(self) -> None:
        """Forget everything that waits."""
        self._waiting.clear()
        for line in self._lines.values():
            line.late.clear()
        self._changes.up()

    def _lateness(self) -> float | None:
        """Tell how late an update is in seconds, if it is."""
        for kind in (FaultKind.LATE_PERSON, FaultKind.LATE_QUEUE):
            if fault := self._faults.take(kind):
                return self._faults.dice.uniform(0, fault.seconds)
        return None

    def _line_of(self, queue: str) -> str:
        """Name what keeps its order: all of a person's, or each of their queues."""
        if self._faults.active(FaultKind.LATE_QUEUE):
            return queue
        return queue.partition(" ")[0]

    def _next_of(self, line: LateUpdates) -> None:
        if line.late:
            self._arrive(line.late.popleft())

    def _arrive(self, came: Arrival) -> None:
        """Give it its number, and let it wait for the bot."""
        number = self._next_id
        self._next_id += 1
        self._waiting[number] = Update(
            number, came.kind, came.body, came.queue, came.expires
        )
        self._changes.up()
