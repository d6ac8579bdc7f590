"""A live location: one message that changes every few seconds, without a person."""

from dataclasses import replace
from typing import Final

from bot.simulator.actions import CannotDoError, SentContent, change, send
from bot.simulator.bubbles import Bubble, BubbleJson
from bot.simulator.phones import Phone
from bot.simulator.world import World

#: What the apps offer first, in seconds.
LIVE_PERIOD: Final = 15 * 60
_LATITUDE, _LONGITUDE = 56.3602, 8.6161
#: Some ten metres, in degrees.
_STEP: Final = 0.0001
_SIGN: Final = "📍"


def share_live_location(
    world: World, phone: Phone, seconds: int = LIVE_PERIOD
) -> Bubble:
    """Begin to share where the phone is."""
    where: BubbleJson = {"latitude": _LATITUDE, "longitude": _LONGITUDE}
    live = where | {"horizontal_accuracy": 12.5, "live_period": seconds}
    return send(world, phone, SentContent(_SIGN, "live_location", {"location": live}))


def move(world: World, phone: Phone, metres: int = 10) -> Bubble:
    """Let the phone be somewhere else; it tells so by itself.

    Raises:
        CannotDoError: if it shares no live location.
    """
    bubble = _shared(phone)
    before = _location(bubble)
    there = float(str(before["latitude"])) + _STEP * metres / 10
    heading = {"heading": 1 + (int(str(before.get("heading", 0))) + 17) % 360}
    moved = before | {"latitude": round(there, 6)} | heading
    return change(world, phone, replace(bubble, content={"location": moved}))


def stop_sharing(world: World, phone: Phone) -> Bubble:
    """Share it no longer: what stays is a place on the map.

    Raises:
        CannotDoError: if it shares no live location.
    """
    bubble = _shared(phone)
    last = {k: v for k, v in _location(bubble).items() if k not in _OF_LIVE}
    return change(world, phone, replace(bubble, content={"location": last}))


def is_live(phone: Phone) -> bool:
    """Tell whether this phone shares where it is."""
    return any(map(_is_live, phone.chat.bubbles.values()))


_OF_LIVE: Final = ("live_period", "heading")


def _shared(phone: Phone) -> Bubble:
    found = next(filter(_is_live, phone.chat.newest_first()), None)
    if found is None:
        raise CannotDoError("This phone shares no live location.")
    return found


def _is_live(bubble: Bubble) -> bool:
    return bubble.author == "person" and "live_period" in _location(bubble)


def _location(bubble: Bubble) -> BubbleJson:
    location = bubble.content.get("location")
    return location if isinstance(location, dict) else {}
