"""Replies: to a message of this chat, to a part of it, to one of another chat."""

from bot.simulator.actions import CannotDoError, SentContent, send
from bot.simulator.bubbles import Bubble, BubbleJson
from bot.simulator.origins import AGO, ForwardOrigin, origin_json
from bot.simulator.phones import Phone
from bot.simulator.strangers import CHANNEL, GROUP
from bot.simulator.texts import utf16_offset
from bot.simulator.world import World


def reply(
    world: World, phone: Phone, to: Bubble, said: str | SentContent, quote: str = ""
) -> Bubble:
    """Reply to a message of this chat, or to the part of it that is quoted.

    Raises:
        CannotDoError: if it is not on this phone, or does not say what is quoted.
    """
    shown = phone.chat.bubbles.get(to.message_id)
    if shown is None:
        raise CannotDoError("That message is not on this phone any more.")
    words = _words(said, quote, shown.text)
    words = SentContent(
        words.text, words.kind, words.content, reply_to=shown.message_id
    )
    return send(world, phone, words)


def reply_from_elsewhere(
    world: World,
    phone: Phone,
    said: str | SentContent,
    origin: ForwardOrigin = ForwardOrigin.PERSON,
    quote: str = "",
) -> Bubble:
    """Reply, in the chat with the bot, to a message of another chat."""
    whose = origin_json(world, phone, origin, world.clock.now() - AGO)
    external: BubbleJson = {"origin": whose}
    # Only of a group or a channel is it told where the message is.
    where = {ForwardOrigin.GROUP: GROUP, ForwardOrigin.CHANNEL: CHANNEL}.get(origin)
    if where is not None:
        external |= {"chat": where, "message_id": 4711}
    words = _words(said, quote, quote)
    return send(world, phone, words.bearing(external_reply=external))


def _words(said: str | SentContent, quote: str, of: str) -> SentContent:
    words = SentContent(said) if isinstance(said, str) else said
    if not quote:
        return words
    if quote not in of:
        raise CannotDoError("The message does not say what is quoted.")
    part = {"text": quote, "position": utf16_offset(of, quote), "is_manual": True}
    return words.bearing(quote=part)
