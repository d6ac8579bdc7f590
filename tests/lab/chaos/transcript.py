"""What was said in a chat, and how two runs of the same talk are compared."""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from bot.simulator.bubbles import Chat
from bot.simulator.world import World

#: References and tokens are drawn anew in each run.
_DRAWN: Final = re.compile(r"KR-[0-9A-Z]+")


@dataclass(frozen=True)
class Said:
    """One message as it was sent: words, buttons, and how it came."""

    text: str
    labels: tuple[str, ...]
    silent: bool
    protected: bool


@dataclass(frozen=True)
class Passage:
    """Equal messages that follow each other, and how each of them looks in the end."""

    said: Said
    looks: tuple[str, ...]


def passages(world: World, chat: Chat, left_out: Collection[str] = ()) -> list[Passage]:
    """Tell all that was ever sent to a chat, in order, but for some texts."""
    sent = (one for one in _sent(world, chat) if one[1].text not in left_out)
    groups = groupby(sent, lambda one: one[1])
    return [
        Passage(said, tuple(_look(chat, number) for number, _ in group))
        for said, group in groups
    ]


def times(world: World, chat: Chat, texts: Collection[str]) -> int:
    """Count how often one of these texts was sent to a chat."""
    return sum(said.text in texts for _, said in _sent(world, chat))


def doubled(found: list[Passage], expected: list[Passage]) -> int:
    """Count the messages that came more often than they should."""
    return sum(len(x.looks) for x in found) - sum(len(x.looks) for x in expected)


def differences(found: list[Passage], expected: list[Passage]) -> Iterator[str]:
    """Tell, a line each, how a chat is not what it should be but for doubles."""
    texts = [x.said for x in found], [x.said for x in expected]
    if texts[0] != texts[1]:
        yield f"said {_first_difference(*texts)}"
        return
    for one, other in zip(found, expected, strict=True):
        if len(one.looks) < len(other.looks):
            yield f"said too rarely: {other.said.text[:60]!r}"
        left = list(one.looks)
        for look in other.looks:
            if look in left:
                left.remove(look)
            else:
                yield f"looks like {one.looks}, not like {other.looks}"


def last(chat: Chat) -> tuple[str, tuple[str, ...]] | None:
    """Tell the newest message of the bot's in a chat, with its buttons."""
    for bubble in chat.newest_first():
        if bubble.author == "bot":
            return _neutral(bubble.text), bubble.labels
    return None


def _sent(world: World, chat: Chat) -> Iterator[tuple[int, Said]]:
    for call in world.journal.of("sendMessage"):
        if call.ok and int(str(call.params["chat_id"])) == chat.chat_id:
            result = call.result
            assert isinstance(result, dict)
            yield int(str(result["message_id"])), _said(dict(call.params))


def _said(params: dict[str, object]) -> Said:
    markup = json.loads(str(params.get("reply_markup") or "{}"))
    rows = [*markup.get("inline_keyboard", ()), *markup.get("keyboard", ())]
    return Said(
        _neutral(str(params["text"])),
        tuple(_neutral(button["text"]) for row in rows for button in row),
        silent=str(params.get("disable_notification", "")).lower() == "true",
        protected=str(params.get("protect_content", "")).lower() == "true",
    )


def _look(chat: Chat, message_id: int) -> str:
    bubble = chat.bubbles.get(message_id)
    if bubble is None:
        return "gone"
    return " | ".join([_neutral(bubble.text), *bubble.labels])


def _neutral(text: str) -> str:
    return _DRAWN.sub("KR-#", text)


def _first_difference(found: list[Said], expected: list[Said]) -> str:
    for number, (one, other) in enumerate(zip(found, expected, strict=False)):
        if one != other:
            return f"{one} instead of {other} as message {number}"
    return f"{len(found)} different messages instead of {len(expected)}"
