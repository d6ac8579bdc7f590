"""What can be done with a phone from outside, by name."""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from bot.simulator import actions
from bot.simulator.actions import CannotDoError
from bot.simulator.bubbles import Button
from bot.simulator.links import payload_of
from bot.simulator.oddments import send_oddment
from bot.simulator.person import Person
from bot.simulator.phones import Phone
from bot.simulator.wishes import Wish
from bot.simulator.world import World

Finger: TypeAlias = Callable[[World, Phone, Wish], object]


def _start(world: World, phone: Phone, wish: Wish) -> None:
    actions.start(world, phone, payload_of(wish.get("payload", "")))


def _say(world: World, phone: Phone, wish: Wish) -> None:
    actions.say(world, phone, wish.need("text"))


def _press(world: World, phone: Phone, wish: Wish) -> None:
    label = wish.need("label")
    keyboard = phone.chat.keyboard
    for button in [b for row in keyboard.rows for b in row] if keyboard else []:
        if button.text == label:
            return actions.press(world, phone, button)
    raise CannotDoError("There is no such button below the chat.")


def _tap(world: World, phone: Phone, wish: Wish) -> None:
    message_id = wish.get("message_id", 0)
    if not message_id:
        Person(world, phone.key).taps(wish.need("label"))
        return
    bubble = phone.chat.bubbles.get(message_id)
    if bubble is None:
        raise CannotDoError("That message is not on this phone any more.")
    buttons = [button for row in bubble.buttons for button in row]
    actions.tap(world, phone, bubble, _chosen(buttons, wish))


def _chosen(buttons: list[Button], wish: Wish) -> Button:
    index, label = wish.get("index", -1), wish.get("label", "")
    for number, button in enumerate(buttons):
        if number == index or (label and button.text == label):
            return button
    labels = [button.text for button in buttons]
    raise CannotDoError(f"There is no such button; there are {labels}.")


def _contact(world: World, phone: Phone, wish: Wish) -> None:
    actions.share_contact(world, phone, own=wish.get("own", default=True))


def _send(world: World, phone: Phone, wish: Wish) -> None:
    send_oddment(world, phone, wish.need("kind"), wish.get("text", ""))


def _forward(world: World, phone: Phone, wish: Wish) -> None:
    to = world.phones.get(wish.need("to"))
    if to is None:
        raise CannotDoError("There is no such phone to forward to.")
    actions.forward(world, phone, wish.get("message_id", 0), to)


def _delete(world: World, phone: Phone, wish: Wish) -> None:
    ids = wish.values.get("message_ids")
    if not isinstance(ids, list):
        raise CannotDoError("message_ids must be a list.")
    actions.delete(world, phone, [int(message_id) for message_id in ids])


FINGERS: Final[Mapping[str, Finger]] = {
    "start": _start,
    "say": _say,
    "tap": _tap,
    "press": _press,
    "contact": _contact,
    "send": _send,
    "forward": _forward,
    "delete": _delete,
    "block": lambda world, phone, _: actions.block(world, phone),
    "unblock": lambda world, phone, _: actions.unblock(world, phone),
    "read": lambda world, phone, _: actions.read(world, phone),
}
