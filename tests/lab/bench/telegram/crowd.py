"""Many people at once: in a closed loop, or at a steady rate whatever the bot does."""

import asyncio
import os
import signal
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

from tests.lab.bench.telegram.chats import Chat, Json, Turn

#: The moments of a turn between which time is told.
SPANS: Final = {
    "turn": ("began", "asked"),
    "visible": ("served", "visible"),
    "answered": ("served", "answered"),
}


class Crowd:
    """Everybody who writes to one bot."""

    def __init__(self, put: Callable[[Json, Chat], None]) -> None:
        """Prepare; `put` queues an update of a chat for the bot."""
        self._put = put
        self.chats: dict[int, Chat] = {}
        self.calls: Counter[str] = Counter()
        self._idle: deque[Chat] = deque()
        self._word: str | None = None
        self._wanted = 0
        self._busy: set[int] = set()
        self._taps: dict[str, Turn] = {}
        self._ready: list[Turn] = []
        self._measured_from = time.monotonic()
        self.waited_for: dict[int, float | None] = {}
        self.not_offered = 0
        self._doomed: tuple[int, Sequence[int]] | None = None

    def chat(self, number: int) -> Chat:
        return self.chats.setdefault(number, Chat(number))

    def write(
        self, numbers: range, text: str | None = None, *, anew: bool = True
    ) -> None:
        """Let each of these write a text now, or tap, and wait for any message.

        Not `anew`, those who wrote before are waited for too.
        """
        if anew:
            self.waited_for.clear()
        self.waited_for.update(dict.fromkeys(numbers))
        for number in numbers:
            chat = self.chat(number)
            self._put(chat.types(text) if text else chat.taps(), chat)

    def kill(self, groups: Sequence[int], after: int) -> None:
        """Kill process groups as soon as so many who wrote are answered."""
        self._doomed = after, groups

    def wait_in_line(self, numbers: range) -> None:
        """Let these, whose last question stands, be those who act from now on."""
        self._idle = deque(self.chat(number) for number in numbers)

    def go(self, at_once: int, word: str | None) -> None:
        """Keep so many turns under way; whoever is answered goes last in line.

        Args:
            at_once: the number of chats that act side by side.
            word: what is typed instead of tapping.
        """
        self._wanted, self._word = at_once, word
        while len(self._busy) < self._wanted and self._idle:
            self._act(self._idle.popleft())

    async def offer(self, rate: float, seconds: float) -> None:
        """Let somebody act so often in a second, whether the bot keeps up or not."""
        began = time.monotonic()
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
            if self._idle:
                self._act(self._idle.popleft())
            else:
                self.not_offered += 1

    def measure(self) -> None:
        """Forget what was measured before."""
        self.calls.clear()
        self._ready.clear()
        self.not_offered = 0
        self._measured_from = time.monotonic()

    def figures(self) -> Json:
        """Tell what happened since `measure`; seconds."""
        return {
            "seconds": time.monotonic() - self._measured_from,
            "turns": len(self._ready),
            "calls": dict(self.calls),
            "busy": len(self._busy),
            "not_offered": self.not_offered,
            **{name: _spread(self._ready, *ends) for name, ends in SPANS.items()},
        }

    def sent(self, chat: Chat, message: Json) -> None:
        """Take in a new message of the bot's."""
        now = time.monotonic()
        chat.asks(message)
        self._note_waited_for(chat.number, now)
        turn = chat.turn
        if turn is None:
            return
        turn.visible = turn.visible or now
        turn.asked, chat.turn = now, None
        self._ready.append(turn)
        if chat.number in self._busy:
            self._busy.discard(chat.number)
            self._idle.append(chat)
            self.go(self._wanted, self._word)

    def edited(self, chat: Chat) -> None:
        """Take in a change of an older message."""
        if chat.turn is not None and chat.turn.visible is None:
            chat.turn.visible = time.monotonic()

    def answered(self, query_id: str) -> None:
        """Take in that a tap was answered."""
        if turn := self._taps.pop(query_id, None):
            turn.answered = time.monotonic()

    def _note_waited_for(self, number: int, now: float) -> None:
        if self.waited_for.get(number, now) is not None:
            return
        self.waited_for[number] = now
        if self._doomed is None:
            return
        after, groups = self._doomed
        if sum(moment is not None for moment in self.waited_for.values()) >= after:
            self._doomed = None
            for group in groups:
                with suppress(ProcessLookupError):
                    os.killpg(group, signal.SIGKILL)

    def _act(self, chat: Chat) -> None:
        self._busy.add(chat.number)
        update = chat.types(self._word) if self._word else chat.taps()
        if chat.turn is not None and "callback_query" in update:
            self._taps[update["callback_query"]["id"]] = chat.turn
        self._put(update, chat)


def _spread(turns: list[Turn], first: str, last: str) -> Json:
    """Tell the half and the 99th part of the time between two moments, in seconds."""
    found = sorted(
        getattr(turn, last) - getattr(turn, first)
        for turn in turns
        if getattr(turn, last) is not None and getattr(turn, first) is not None
    )
    if not found:
        return {}
    at = {"p50": 0.5, "p99": 0.99}
    return {name: found[int(part * (len(found) - 1))] for name, part in at.items()}
