"""What can be seen on a phone: messages, buttons, the short line after a tap."""

import re
from typing import Final, TypeAlias

from bot.simulator.bubbles import Bubble, BubbleButton, ReplyButton
from bot.simulator.phones import Phone

#: What is looked for: a text as it stands, or a pattern.
Sought: TypeAlias = str | re.Pattern[str]
Touchable: TypeAlias = tuple[Bubble, BubbleButton] | ReplyButton
_SHOWN: Final = 8


def message(phone: Phone, wanted: Sought, since: int) -> Bubble | None:
    """Find the newest message of the bot that says this, new or changed since then."""
    for bubble in phone.chat.newest_first():
        new = bubble.author == "bot" and bubble.changed > since
        if new and says(bubble.text, wanted):
            return bubble
    return None


def notice(phone: Phone, wanted: Sought, since: int) -> str | None:
    """Find the short line of that time if it says this."""
    shown = phone.notice
    if shown is None or shown.number < since:
        return None
    return shown.text if says(shown.text, wanted) else None


def stands(phone: Phone, wanted: Sought) -> bool:
    """Tell whether a message of either side says this."""
    return any(says(b.text, wanted) for b in phone.chat.bubbles.values())


def button(phone: Phone, label: Sought) -> Touchable | None:
    """Find the newest button with this label, or that of the keyboard below."""
    for bubble in phone.chat.newest_first():
        if (touchable := button_on(bubble, label)) is not None:
            return touchable
    below = (button for button in keys_below(phone) if _is(button.text, label))
    return next(below, None)


def button_on(bubble: Bubble, label: Sought) -> Touchable | None:
    """Find the button with this label under a message."""
    for row in bubble.buttons:
        for button in row:
            if _is(button.text, label):
                return bubble, button
    return None


def keys_below(phone: Phone) -> list[ReplyButton]:
    """Return the buttons of the keyboard below the chat."""
    keyboard = phone.chat.keyboard
    return [b for row in keyboard.rows for b in row] if keyboard else []


def screen(phone: Phone) -> str:
    """Return the newest part of the chat as text."""
    bubbles = list(phone.chat.bubbles.values())[-_SHOWN:]
    lines = [f"{b.author}> {b.text} {list(b.labels) or ''}" for b in bubbles]
    below = [button.text for button in keys_below(phone)]
    return "\n".join([*lines, f"keyboard below: {below}"])


def says(text: str, wanted: Sought) -> bool:
    """Tell whether a text says this."""
    if isinstance(wanted, str):
        return wanted in text
    return wanted.search(text) is not None


def named(wanted: Sought) -> str:
    """Quote what is looked for."""
    return f"“{wanted if isinstance(wanted, str) else wanted.pattern}”"


def _is(text: str, wanted: Sought) -> bool:
    if isinstance(wanted, str):
        return text == wanted
    return wanted.fullmatch(text) is not None
