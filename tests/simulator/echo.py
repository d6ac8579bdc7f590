"""A bot of a few lines that says what it hears, for trying out the phones."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.catalogue import Catalogue
from bot.simulator.server import Simulator
from tests.simulator.line import Json, Line, serve


@asynccontextmanager
async def echoing(simulator: Simulator, catalogue: Catalogue) -> AsyncIterator[None]:
    """Run the echo bot until the block is left."""
    async with Line.to(simulator) as line:
        task = asyncio.get_running_loop().create_task(
            serve(line, Echo(catalogue, simulator).answer)
        )
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


class Echo:
    """Greets on /start, answers a tap by an edit, and tells mediators what is said."""

    def __init__(self, catalogue: Catalogue, simulator: Simulator) -> None:
        self._catalogue = catalogue
        self._world = simulator.world

    async def answer(self, line: Line, update: Json) -> None:
        if query := update.get("callback_query"):
            await self._tapped(line, query)
        elif message := update.get("message"):
            await self._heard(line, message)

    async def _tapped(self, line: Line, query: Json) -> None:
        chat, language = query["from"]["id"], query["from"]["language_code"]
        where = {"chat_id": chat, "message_id": query["message"]["message_id"]}
        done = self._catalogue.text(
            "simulator.play.step", language, step=1, steps=2, name=query["data"]
        )
        await line.call("answerCallbackQuery", callback_query_id=query["id"])
        await line.call("editMessageText", text=done, **where)
        label = self._catalogue.text("simulator.send.contact", language)
        markup = {"keyboard": [[{"text": label, "request_contact": True}]]}
        await line.says(chat, "☎", reply_markup=markup)

    async def _heard(self, line: Line, message: Json) -> None:
        chat, said = message["chat"]["id"], message.get("text", "")
        language = message["from"]["language_code"]
        if said.startswith("/start"):
            send = self._catalogue.text("simulator.phone.send", language)
            text = self._catalogue.text("simulator.phone.empty", language)
            await line.says(chat, text, send)
        elif message.get("contact"):
            own = message["contact"].get("user_id") == chat
            gone = {"remove_keyboard": True}
            await line.says(chat, "✓" if own else "✗", reply_markup=gone)
        else:
            await line.says(chat, said, protect_content=said.startswith("*"))
            await self._tell(line, message["from"])

    async def _tell(self, line: Line, sender: Json) -> None:
        mediator = self._world.phones["mediator"]
        if mediator.started and mediator.user_id != sender["id"]:
            text = self._catalogue.text(
                "simulator.bubble.from",
                sender["language_code"],
                name=sender["first_name"],
            )
            link = f"https://t.me/{self._world.account.username}?start=FRA_MIG"
            await line.says(
                mediator.user_id, f"{text} {link}", disable_notification=True
            )
