"""The floor: raw HTTP, and one raw commit for each turn; `--no-commit` leaves it out.

No library, no reading beyond what is needed: what the machine and SQLite cost.
"""

import asyncio
import json
import sqlite3
import sys
from collections import deque
from typing import Any, Final

from tests.lab.bench.line import Line
from tests.lab.bench.peers.dialogue import ASK, EXPLAIN, EXPLANATION, QUESTION, chosen
from tests.lab.bench.peers.place import FOLDER, PORT, TOKEN

BASE: Final = f"/bot{TOKEN}"


def markup(rows: list[list[tuple[str, str]]]) -> str:
    keys = [[{"text": x, "callback_data": data} for x, data in row] for row in rows]
    return json.dumps({"inline_keyboard": keys})


ASKS: Final = {"text": QUESTION, "reply_markup": markup(ASK)}
EXPLAINS: Final = {"text": EXPLANATION, "reply_markup": markup(EXPLAIN)}


class Floor:
    """Commits, then makes the calls, each chat's on a connection of its own."""

    def __init__(self, database: sqlite3.Connection | None) -> None:
        self._database = database
        self._free: deque[Line] = deque()

    async def turn(self, update: dict[str, Any]) -> None:
        if self._database is not None:
            self._database.execute(
                "INSERT INTO turns VALUES (?, ?)",
                (update["update_id"], json.dumps(update)),
            )
        if "message" in update:
            await self._calls(("sendMessage", update["message"]["chat"]["id"], ASKS))
            return
        query = update["callback_query"]
        message, chat = query["message"], query["from"]["id"]
        change = {
            "message_id": message["message_id"],
            "text": chosen(message["text"], query["data"]),
        }
        following = EXPLAINS if "|ask_topic|" in query["data"] else ASKS
        async with asyncio.TaskGroup() as group:
            answer = {"callback_query_id": query["id"]}
            group.create_task(self._calls(("answerCallbackQuery", None, answer)))
            group.create_task(
                self._calls(
                    ("editMessageText", chat, change), ("sendMessage", chat, following)
                )
            )

    async def _calls(self, *calls: tuple[str, int | None, dict[str, Any]]) -> None:
        line = self._free.popleft() if self._free else Line(PORT)
        for method, chat, fields in calls:
            to = {} if chat is None else {"chat_id": chat}
            json.loads(await line.call(f"{BASE}/{method}", **to, **fields))
        self._free.append(line)


def opened() -> sqlite3.Connection:
    database = sqlite3.connect(FOLDER / "floor.db", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE IF NOT EXISTS turns (id INTEGER, told TEXT)")
    return database


async def main() -> None:
    floor = Floor(None if "--no-commit" in sys.argv else opened())
    following = 0
    async with Line(PORT) as polling, asyncio.TaskGroup() as group:
        while True:
            answer = await polling.call(
                f"{BASE}/getUpdates", timeout=25, offset=following
            )
            for update in json.loads(answer)["result"]:
                following = update["update_id"] + 1
                group.create_task(floor.turn(update))


if __name__ == "__main__":
    asyncio.run(main())
