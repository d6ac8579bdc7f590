"""Edits of what is no text, and edits that no person has made."""

from dataclasses import replace

from bot.simulator.actions import CannotDoError, can_change, change, is_own_text
from bot.simulator.bubbles import Bubble
from bot.simulator.phones import Phone
from bot.simulator.world import World


def edit_caption(world: World, phone: Phone, bubble: Bubble, caption: str) -> Bubble:
    """Change the words under something that the person has sent, or take them away.

    Raises:
        CannotDoError: if there can be none, or they are too old to be changed.
    """
    if not _is_captioned(bubble):
        raise CannotDoError("There can be no words of one's own under this.")
    can_change(world, bubble)
    content = {k: v for k, v in bubble.content.items() if k != "caption"}
    content |= {"caption": caption} if caption else {}
    sign = bubble.text.partition(" ")[0]
    text = f"{sign} {caption}".strip()
    return change(world, phone, replace(bubble, text=text, content=content))


def edit_no_word(
    world: World, phone: Phone, bubble: Bubble | None = None, *, hidden: bool = True
) -> Bubble:
    """Let Telegram tell of an edit in which no word has changed.

    So it tells of a preview that was loaded, or of a reaction; an edit that is not
    hidden bears a date, as where only the formatting has changed.

    Raises:
        CannotDoError: if the person has written nothing.
    """
    if bubble is None:
        own = (b for b in phone.chat.newest_first() if b.author == "person")
        bubble = next(own, None)
    if bubble is None:
        raise CannotDoError("This phone has sent nothing yet.")
    return change(world, phone, bubble, hidden=hidden)


def is_changeable(bubble: Bubble) -> bool:
    """Tell whether the person can still change the words of it."""
    return is_own_text(bubble) or _is_captioned(bubble)


def _is_captioned(bubble: Bubble) -> bool:
    own = bubble.author == "person" and "forward_origin" not in bubble.content
    return own and bubble.kind in CAPTIONED


#: Under what there can be words.
CAPTIONED = frozenset(
    {
        "animation",
        "audio",
        "document",
        "live_photo",
        "paid_media",
        "photo",
        "video",
        "voice",
    }
)
