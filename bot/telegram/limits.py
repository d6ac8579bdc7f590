"""How fast we send: Telegram asks for one message a second in a chat, 30 over all."""

import asyncio
from dataclasses import dataclass, field

#: So many messages may follow each other at once in a chat, as Telegram tolerates.
CHAT_BURST = 5
#: From so many chats on, those that have rested are forgotten.
KEPT_CHATS = 1000


@dataclass(slots=True)
class Bucket:
    """Room for a burst of tokens, filling up at a rate per second; 0 has no limit."""

    rate: float
    burst: float
    _tokens: float = field(init=False)
    _at: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        """Begin full."""
        self._tokens = self.burst

    def take(self, now: float) -> float:
        """Take one token, perhaps ahead of time, and return the seconds to wait."""
        if not self.rate:
            return 0.0
        self._fill(now)
        self._tokens -= 1
        return max(0.0, -self._tokens / self.rate)

    def rested(self, now: float) -> bool:
        """Tell whether the bucket is full, so that a new one would be the same."""
        self._fill(now)
        return self._tokens >= self.burst

    def _fill(self, now: float) -> None:
        self._tokens = min(self.burst, self._tokens + (now - self._at) * self.rate)
        self._at = now


class Limits:
    """The limit of each chat and of the whole bot; a call waits for both."""

    def __init__(self, chat_rate: float, send_rate: float) -> None:
        """Take rates per second; 0 means none."""
        self._chat_rate = chat_rate
        self._whole = Bucket(send_rate, max(send_rate, 1.0))
        self._chats: dict[str, Bucket] = {}

    async def new_message(self, chat: str) -> None:
        """Wait until a new message may go to a chat."""
        now = asyncio.get_running_loop().time()
        if len(self._chats) > KEPT_CHATS:
            self._chats = {c: b for c, b in self._chats.items() if not b.rested(now)}
        bucket = self._chats.setdefault(chat, Bucket(self._chat_rate, CHAT_BURST))
        await asyncio.sleep(bucket.take(now))
        await self.change()

    async def change(self) -> None:
        """Wait until an edit or a deletion may go: only the whole bot counts."""
        await asyncio.sleep(self._whole.take(asyncio.get_running_loop().time()))
