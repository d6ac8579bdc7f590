"""What can be done with a phone from outside, by name."""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from bot.simulator import actions, albums, edits, live_location, origins, replies
from bot.simulator.actions import CannotDoError
from bot.simulator.bubbles import Bubble, BubbleButton
from bot.simulator.links import payload_of
from bot.simulator.origins import ForwardOrigin
from bot.simulator.person import PhoneUser
from bot.simulator.phones import Phone
from bot.simulator.unusable_messages import send_oddment
from bot.simulator.wishes import ControlRequest
from bot.simulator.world import World

Finger: TypeAlias = Callable[[World, Phone, ControlRequest], object]


def _start(world: World, phone: Phone, wish: ControlRequest) -> None:
    actions.start(world, phone, payload_of(wish.get("payload", "")))


def _say(world: World, phone: Phone, wish: ControlRequest) -> None:
    actions.say(world, phone, wish.need("text"))


def _press(world: World, phone: Phone, wish: ControlRequest) -> None:
    label = wish.need("label")
    keyboard = phone.chat.keyboard
    for button in [b for row in keyboard.rows for b in row] if keyboard else []:
        if button.text == label:
            return actions.press(world, phone, button)
    raise CannotDoError("There is no such button below the chat.")


def _tap(world: World, phone: Phone, wish: ControlRequest) -> None:
    if not wish.get("message_id", 0):
        PhoneUser(world, phone.key).taps(wish.need("label"))
        return
    bubble = _bubble(phone, wish)
    buttons = [button for row in bubble.buttons for button in row]
    actions.tap(world, phone, bubble, _chosen(buttons, wish))


def _bubble(phone: Phone, wish: ControlRequest) -> Bubble:
    bubble = phone.chat.bubbles.get(wish.get("message_id", 0))
    if bubble is None:
        raise CannotDoError("That message is not on this phone any more.")
    return bubble


def _chosen(buttons: list[BubbleButton], wish: ControlRequest) -> BubbleButton:
    index, label = wish.get("index", -1), wish.get("label", "")
    for number, button in enumerate(buttons):
        if number == index or (label and button.text == label):
            return button
    labels = [button.text for button in buttons]
    raise CannotDoError(f"There is no such button; there are {labels}.")


def _contact(world: World, phone: Phone, wish: ControlRequest) -> None:
    actions.share_contact(world, phone, own=wish.get("own", default=True))


def _send(world: World, phone: Phone, wish: ControlRequest) -> None:
    send_oddment(world, phone, wish.need("kind"), wish.get("text", ""))


def _forward(world: World, phone: Phone, wish: ControlRequest) -> None:
    to = world.phones.get(wish.need("to"))
    if to is None:
        raise CannotDoError("There is no such phone to forward to.")
    actions.forward(world, phone, wish.get("message_id", 0), to)


def _delete(world: World, phone: Phone, wish: ControlRequest) -> None:
    ids = wish.values.get("message_ids")
    if not isinstance(ids, list):
        raise CannotDoError("message_ids must be a list.")
    actions.delete(world, phone, [int(message_id) for message_id in ids])


def _bring(world: World, phone: Phone, wish: ControlRequest) -> None:
    """Forward a text of another chat, so many times at once."""
    texts = [wish.need("text")] * wish.get("count", 1)
    origins.forward_to_bot(world, phone, *texts, origin=_origin(wish))


def _forward_back(world: World, phone: Phone, wish: ControlRequest) -> None:
    origins.forward_from_here(world, phone, _bubble(phone, wish))


def _reply(world: World, phone: Phone, wish: ControlRequest) -> None:
    to, quote = _bubble(phone, wish), wish.get("quote", "")
    replies.reply(world, phone, to, wish.need("text"), quote)


def _reply_from_elsewhere(world: World, phone: Phone, wish: ControlRequest) -> None:
    replies.reply_from_elsewhere(world, phone, wish.need("text"), _origin(wish))


def _edit(world: World, phone: Phone, wish: ControlRequest) -> None:
    bubble = _bubble(phone, wish)
    if bubble.kind == "text":
        actions.edit(world, phone, wish.need("text"), bubble)
    else:
        edits.edit_caption(world, phone, bubble, wish.get("text", ""))


def _edit_no_word(world: World, phone: Phone, wish: ControlRequest) -> None:
    bubble = _bubble(phone, wish) if "message_id" in wish.values else None
    edits.edit_no_word(world, phone, bubble)


def _album(world: World, phone: Phone, wish: ControlRequest) -> None:
    albums.send_album(world, phone, wish.get("count", 3), wish.get("text", ""))


def _origin(wish: ControlRequest) -> ForwardOrigin:
    name = wish.get("origin", ForwardOrigin.PERSON.value)
    if name not in {*ForwardOrigin}:
        raise CannotDoError(f"An origin is one of: {', '.join(ForwardOrigin)}.")
    return ForwardOrigin(name)


FINGERS: Final[Mapping[str, Finger]] = {
    "start": _start,
    "say": _say,
    "tap": _tap,
    "press": _press,
    "contact": _contact,
    "send": _send,
    "forward": _forward,
    "delete": _delete,
    "bring": _bring,
    "forward_back": _forward_back,
    "reply": _reply,
    "reply_from_elsewhere": _reply_from_elsewhere,
    "edit": _edit,
    "edit_no_word": _edit_no_word,
    "album": _album,
    "through_bot": lambda world, phone, wish: origins.say_through_bot(
        world, phone, wish.need("text")
    ),
    "scheduled": lambda world, phone, wish: origins.say_as_scheduled(
        world, phone, wish.need("text")
    ),
    "live": lambda world, phone, _: live_location.share_live_location(world, phone),
    "move": lambda world, phone, _: live_location.move(world, phone),
    "stop_sharing": lambda world, phone, _: live_location.stop_sharing(world, phone),
    "lose_network": lambda world, phone, _: actions.lose_network(world, phone),
    "find_network": lambda world, phone, _: actions.find_network(world, phone),
    "block": lambda world, phone, _: actions.block(world, phone),
    "unblock": lambda world, phone, _: actions.unblock(world, phone),
    "read": lambda world, phone, _: actions.read(world, phone),
}
