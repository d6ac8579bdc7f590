"""One bot at Telegram: its updates, and what its calls do in people's chats."""

import asyncio
import json
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tests.lab.bench.telegram.chats import Chat, Json, Turn, written
from tests.lab.bench.telegram.crowd import Crowd

_MOST: Final = 100
#: Telegram hands out one update only to whoever asks the same again so soon.
_SOON: Final = 0.5
OK: Final = b'{"ok":true,"result":true}'


@dataclass(slots=True)
class Waiting:
    """An update that the bot has not confirmed."""

    number: int
    chat: int
    text: bytes
    turn: Turn | None
    is_tap: bool


class Account:
    """What Telegram knows of one bot."""

    def __init__(self, token: str) -> None:
        """Prepare; nobody has written."""
        self.crowd = Crowd(self._put)
        self.hook: Mapping[str, str] | None = None
        self.queue: deque[Waiting] = deque()
        self.more = asyncio.Event()
        self._user: Json = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Bench",
            "username": "bench_bot",
        }
        self._next_update = 1000
        self._next_message = 1_000_000
        self._poll = 0
        self._asked: tuple[int, float] = (0, 0.0)

    async def call(self, method: str, fields: Mapping[str, str]) -> bytes:
        """Carry out one call of the bot's, and give the body of the answer."""
        match method:
            case "getUpdates":
                return await self._get_updates(fields)
            case "getMe":
                return _result(self._user)
            case "setWebhook":
                self.hook = dict(fields)
                return OK
            case "deleteWebhook":
                self.hook = None
                return OK
        self.crowd.calls[method] += 1
        return self._in_a_chat(method, fields)

    def copy_to(self, other: "Account") -> None:
        """Let another bot's chats stand as this one's do, and count on from there."""
        other._next_update = self._next_update  # noqa: SLF001 - of the same class
        other._next_message = self._next_message  # noqa: SLF001 - likewise
        for chat in self.crowd.chats.values():
            other.crowd.chat(chat.number).asks(chat.question)

    def _in_a_chat(self, method: str, fields: Mapping[str, str]) -> bytes:
        if method == "answerCallbackQuery":
            self.crowd.answered(fields["callback_query_id"])
        if "chat_id" not in fields:
            return OK
        chat = self.crowd.chat(int(fields["chat_id"]))
        if method == "sendMessage":
            self._next_message += 1
            message = written(self._next_message, chat, self._user, fields)
            self.crowd.sent(chat, message)
            return _result(message)
        if not method.startswith("edit"):
            return OK
        self.crowd.edited(chat)
        return _result(written(int(fields["message_id"]), chat, self._user, fields))

    def _put(self, update: Json, chat: Chat) -> None:
        self._next_update += 1
        text = json.dumps({"update_id": self._next_update, **update}).encode()
        is_tap = "callback_query" in update
        waiting = Waiting(self._next_update, chat.number, text, chat.turn, is_tap)
        self.queue.append(waiting)
        self.more.set()

    async def _get_updates(self, fields: Mapping[str, str]) -> bytes:
        self._poll += 1
        mine = self._poll
        self.more.set()  # ends an older call
        offset = int(fields.get("offset", 0))
        while self.queue and self.queue[0].number < offset:
            self.queue.popleft()
        limit = self._limit(offset, int(fields.get("limit", _MOST)))
        await self._until_some(float(fields.get("timeout", 0)), mine)
        if mine != self._poll:
            return b'{"ok":false,"error_code":409,"description":"Conflict"}'
        return _handed_out(list(self.queue)[:limit])

    def _limit(self, offset: int, limit: int) -> int:
        now = time.monotonic()
        same, at = self._asked
        self._asked = offset, now
        return 1 if offset == same and now < at + _SOON else min(limit, _MOST)

    async def _until_some(self, seconds: float, mine: int) -> None:
        try:
            async with asyncio.timeout(seconds):
                while not self.queue and mine == self._poll:
                    self.more.clear()
                    await self.more.wait()
        except TimeoutError:
            return


def _handed_out(updates: list[Waiting]) -> bytes:
    now = time.monotonic()
    for update in updates:
        if update.turn is not None and update.turn.served is None:
            update.turn.served = now
    texts = b",".join(update.text for update in updates)
    return b'{"ok":true,"result":[' + texts + b"]}"


def _result(value: Json) -> bytes:
    return b'{"ok":true,"result":' + json.dumps(value).encode() + b"}"
