"""A second messenger, in memory: it names nobody by numbers and knows no Telegram."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from bot.addressing import Abilities, MessageRef
from bot.clock import Clock
from bot.figures import Figures
from bot.incoming import Incoming, Tap, Text, Written
from bot.serving.channel import Delivered, GivenUp, Verdict
from bot.serving.channel_clock import ChannelClock
from bot.serving.reception import EventReader, Reception
from bot.serving.sender import Sender
from bot.serving.taps import Taps
from bot.serving.turns import Turns
from bot.storage.mail.messages import (
    Blank,
    Button,
    Close,
    Delete,
    Document,
    Edit,
    Outgoing,
    Send,
)
from bot.storage.mail.pace import Limits
from bot.wiring import Desk

MEMORY: Final = "memory"
#: Seconds in which whatever is waited for has come.
_PATIENCE: Final = 20.0
Buttons = Sequence[Sequence[Button]]


@dataclass(frozen=True)
class Shown:
    """A message as it stands in a chat."""

    ref: MessageRef
    text: str
    buttons: Buttons = ()

    def data(self, label: str) -> str | None:
        """Tell what a tap on a label sends back."""
        found = (b.data for row in self.buttons for b in row if b.label == label)
        return next(found, None)


@dataclass
class Chat:
    """All that stands in one person's chat, by key."""

    messages: dict[str, Shown] = field(default_factory=dict)
    said: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def next_ref(self) -> MessageRef:
        """Give the next message its key; keys tell nothing of their order."""
        self.said += 1
        return MessageRef(f"m{self.said % 7}-{self.said:x}", self.said)

    def shows(self, message: Shown) -> None:
        """Put a message into the chat, or another in its place."""
        self.messages[message.ref.key] = message
        self.changed.set()


class MemoryChannel:
    """Keeps every chat in memory; a tap is answered with words or none."""

    name = MEMORY
    abilities = Abilities(
        deletes_within=None, deletes_at_once=3, shares_numbers=False, button_bytes=64
    )

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.chats: dict[str, Chat] = {}
        self.answered: list[tuple[str, str | None]] = []

    def link(self, token: str) -> str:
        return f"memory:{token}"

    async def perform(
        self, address: str, outgoing: Outgoing, target: str | None
    ) -> Delivered | None:
        await asyncio.sleep(0)
        chat = self.chats[address]
        match outgoing:
            case Send(text, buttons, share_label):
                assert not share_label, "here nobody can share a number"
                return self._put(chat, text, buttons)
            case Document(name):
                return self._put(chat, name, ())
            case Edit(text, key):
                ref = chat.messages[key].ref
                chat.shows(Shown(ref, text))
                return Delivered(ref)
            case Close(buttons=kept) if target in chat.messages:
                chat.shows(replace(chat.messages[target], buttons=kept))
            case Blank() if target in chat.messages:
                chat.shows(Shown(chat.messages[target].ref, ""))
            case Delete(keys):
                assert len(keys) <= self.abilities.deletes_at_once
                for key in keys:
                    chat.messages.pop(key, None)
        return None

    def outcome_of(self, _error: Exception) -> Verdict:
        return GivenUp()

    async def answer_tap(
        self, query_id: str, text: str | None, within: timedelta
    ) -> None:
        assert within
        await asyncio.sleep(0)
        self.answered.append((query_id, text))

    def _put(self, chat: Chat, text: str, buttons: Buttons) -> Delivered:
        ref = chat.next_ref()
        chat.shows(Shown(ref, text, buttons))
        return Delivered(ref, self._clock.now())


def _event_id(raw: Mapping[str, object]) -> str | None:
    return str(raw["id"]) if "id" in raw else None


def _read(raw: Mapping[str, object], now: datetime) -> Incoming | None:
    return Incoming(
        channel=MEMORY,
        account=str(raw["who"]),
        event_id=str(raw["id"]),
        at=now,
        language_code=None,
        content=_content(raw),
        written=Written(now) if "says" in raw else None,
    )


def _content(raw: Mapping[str, object]) -> Text | Tap:
    ref = raw["on"]
    assert isinstance(ref, MessageRef)
    if "says" in raw:
        return Text(ref, str(raw["says"]))
    return Tap(str(raw["id"]), ref, str(raw["taps"]), str(raw["shown"]))


@dataclass
class Writer:
    """Somebody who writes by this messenger."""

    name: str
    channel: MemoryChannel
    reception: Reception
    events: int = 0
    #: The message that was tapped last: nobody taps that one twice.
    tapped: int = 0

    @property
    def chat(self) -> Chat:
        """The chat with the bot."""
        return self.channel.chats.setdefault(self.name, Chat())

    @property
    def texts(self) -> list[str]:
        """What stands in the chat, without what this person wrote."""
        return [shown.text for shown in self.chat.messages.values() if shown.text]

    async def says(self, text: str) -> None:
        """Write something; it stands in the chat as what the bot writes does."""
        ref = self.chat.next_ref()
        self.chat.shows(Shown(ref, ""))
        await self._does(says=text, on=ref)

    async def taps(self, label: str) -> None:
        """Tap the last button of a label, as soon as a new message bears it."""
        shown = await self._with(label)
        self.tapped = shown.ref.number
        await self._does(taps=shown.data(label), on=shown.ref, shown=shown.text)

    async def hears(self, words: str) -> str:
        """Wait until some words stand in the chat, and give what holds them."""
        await self._until(lambda: any(words in text for text in self.texts), words)
        return next(text for text in reversed(self.texts) if words in text)

    async def _with(self, label: str) -> Shown:
        def found() -> list[Shown]:
            new = (x for x in self.chat.messages.values() if x.ref.number > self.tapped)
            return [one for one in new if one.data(label) is not None]

        await self._until(found, label)
        return max(found(), key=lambda one: one.ref.number)

    async def _until(self, is_so: Callable[[], object], what: str) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                while not is_so():
                    self.chat.changed.clear()
                    await self.chat.changed.wait()
        except TimeoutError:
            raise AssertionError(f"{what!r} never came: {self.texts}") from None

    async def _does(self, **what: object) -> None:
        self.events += 1
        raw = {"id": f"{self.name}-{self.events}", "who": self.name, **what}
        assert await self.reception.take(raw, patiently=True)


@asynccontextmanager
async def served_in_memory(
    opened: Desk,
) -> AsyncIterator[tuple[MemoryChannel, Reception]]:
    """Serve people by this messenger alone, as `wiring.serve` does by Telegram."""
    channel, figures = MemoryChannel(opened.clock), Figures()
    clock = ChannelClock(opened.clock)
    tools = replace(
        opened.tools,
        abilities={**opened.tools.abilities, MEMORY: channel.abilities},
        links={MEMORY: channel.link},
    )
    sender = Sender(
        channel, opened.store, opened.clock, Limits(0, 0), figures, theirs=clock
    )
    taps = Taps(channel, sender.told_to_wait)
    reader = EventReader(MEMORY, _event_id, _read)
    turns = Turns(opened.store, tools, figures)
    reception = Reception(reader, turns, taps, clock, sender.wake)
    async with asyncio.TaskGroup() as group:
        sending = group.create_task(sender.run())
        async with taps.open(), reception.open():
            yield channel, reception
        sending.cancel()
