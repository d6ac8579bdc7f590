"""Words that somebody sends here and has not written here, or not now."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.simulator import objects
from bot.simulator.actions import CannotDoError, SentContent, send
from bot.simulator.bubbles import Bubble, BubbleJson
from bot.simulator.phones import Phone
from bot.simulator.strangers import (
    CHANNEL,
    GROUP,
    HIDDEN_NAME,
    INLINE_BOT,
    STRANGER,
)
from bot.simulator.world import World

#: What comes from elsewhere was written so long ago.
AGO: Final = timedelta(hours=2)


class ForwardOrigin(StrEnum):
    """Whose a forwarded message was; Telegram tells four kinds of origin apart."""

    OWN = "own"
    BOT = "bot"
    PERSON = "person"
    HIDDEN = "hidden"
    GROUP = "group"
    CHANNEL = "channel"


def origin_json(
    world: World, phone: Phone, origin: ForwardOrigin, at: datetime
) -> BubbleJson:
    """Return a MessageOrigin."""
    date: BubbleJson = {"date": objects.seconds(at)}
    match origin:
        case ForwardOrigin.OWN:
            return {"type": "user", "sender_user": objects.user(phone)} | date
        case ForwardOrigin.BOT:
            return {"type": "user", "sender_user": world.account.user()} | date
        case ForwardOrigin.PERSON:
            return {"type": "user", "sender_user": STRANGER} | date
        case ForwardOrigin.HIDDEN:
            return {"type": "hidden_user", "sender_user_name": HIDDEN_NAME} | date
        case ForwardOrigin.GROUP:
            return {"type": "chat", "sender_chat": GROUP} | date
        case ForwardOrigin.CHANNEL:
            return {"type": "channel", "chat": CHANNEL, "message_id": 4711} | date


def forward_to_bot(
    world: World,
    phone: Phone,
    *sent: str | SentContent,
    origin: ForwardOrigin = ForwardOrigin.PERSON,
) -> list[Bubble]:
    """Send messages of another chat on to the bot, each as a message of its own."""
    at = world.clock.now() - AGO
    whose = origin_json(world, phone, origin, at)
    words = [SentContent(one) if isinstance(one, str) else one for one in sent]
    return [send(world, phone, one.bearing(forward_origin=whose)) for one in words]


def forward_from_here(world: World, phone: Phone, *bubbles: Bubble) -> list[Bubble]:
    """Send messages of the chat with the bot to the bot once more.

    Raises:
        CannotDoError: if one of them is protected; then none is sent.
    """
    if any(bubble.protected for bubble in bubbles):
        raise CannotDoError("A protected message cannot be forwarded.")
    return [_again(world, phone, bubble) for bubble in bubbles]


def say_through_bot(world: World, phone: Phone, text: str) -> Bubble:
    """Send what another bot has offered while the person was typing."""
    return send(world, phone, SentContent(text).bearing(via_bot=INLINE_BOT))


def say_as_scheduled(world: World, phone: Phone, text: str) -> Bubble:
    """Let a text come that was written earlier, to be sent at this moment."""
    return send(world, phone, SentContent(text).bearing(is_from_offline=True))


def origin_of(bubble: Bubble) -> BubbleJson | None:
    """Return what the apps show above a message that was not simply written here.

    That is how it came, and the name of whose it was or through what it came.
    """
    content = bubble.content
    for how, part in (("forwarded", "forward_origin"), ("elsewhere", "external_reply")):
        told = content.get(part)
        if isinstance(told, dict):
            return {"how": how, "name": _name(told.get("origin", told))}
    if content.get("via_bot") and bubble.kind == "text":
        return {"how": "via", "name": str(INLINE_BOT["username"])}
    if content.get("is_from_offline"):
        return {"how": "scheduled", "name": ""}
    return None


def _name(origin: Mapping[str, object]) -> str:
    """Find the name in a MessageOrigin, of whichever type."""
    for part in ("sender_user", "sender_chat", "chat"):
        who = origin.get(part)
        if isinstance(who, dict):
            return str(who.get("first_name") or who.get("title"))
    return str(origin.get("sender_user_name"))


def _again(world: World, phone: Phone, bubble: Bubble) -> Bubble:
    origin = ForwardOrigin.BOT if bubble.author == "bot" else ForwardOrigin.OWN
    whose = origin_json(world, phone, origin, bubble.sent_at)
    words = SentContent(bubble.text, bubble.kind, {"forward_origin": whose})
    return send(world, phone, words.bearing(**bubble.content))
