"""Our ceiling: our connection and our calls, with nothing decided and nothing kept."""

import asyncio
from urllib.parse import urlencode

from telegram import Bot

from bot.channels.telegram.calls import perform
from bot.channels.telegram.connection import connected
from bot.channels.telegram.direct import answer_tap
from bot.channels.telegram.updates import read
from bot.clock import Clock
from bot.incoming import Tap, Text
from bot.serving.taps import CALL
from bot.storage.mail.messages import Button, Edit, Send
from tests.lab.bench.peers.dialogue import ASK, EXPLAIN, EXPLANATION, QUESTION, chosen
from tests.lab.bench.peers.place import API, TOKEN


def screen(text: str, rows: list[list[tuple[str, str]]]) -> Send:
    buttons = tuple(tuple(Button(*button) for button in row) for row in rows)
    return Send(text, buttons=buttons)


ASKS, EXPLAINS = screen(QUESTION, ASK), screen(EXPLANATION, EXPLAIN)


async def turn(bot: Bot, raw: dict[str, object], clock: Clock) -> None:
    """Answer one update as the real program does, without a database."""
    incoming = read(raw, clock.now())
    if incoming is None:
        return
    match incoming.content:
        case Text():
            await perform(bot, int(incoming.account), ASKS, None)
        case Tap(query_id, message, data, shown):
            async with asyncio.TaskGroup() as group:
                group.create_task(answer_tap(bot, query_id, None, CALL))
                chat = int(incoming.account)
                group.create_task(talk(bot, chat, message.key, data, shown or ""))
        case _:
            return


async def talk(bot: Bot, chat: int, key: str, data: str, shown: str) -> None:
    change = Edit(chosen(shown, data), key)
    await perform(bot, chat, change, None)
    await perform(bot, chat, EXPLAINS if "|ask_topic|" in data else ASKS, None)


async def main() -> None:
    clock, following = Clock(), 0
    async with connected(TOKEN, API) as bot, asyncio.TaskGroup() as group:
        while True:
            asked = urlencode({"timeout": 25, "offset": following})
            found = await bot.request.post(
                f"{bot.base_url}/getUpdates?{asked}", read_timeout=35
            )
            for raw in found if isinstance(found, list) else []:
                following = raw["update_id"] + 1
                group.create_task(turn(bot, raw, clock))


if __name__ == "__main__":
    asyncio.run(main())
