"""Albums: several photos that are sent by one act and shown as one."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from bot.simulator.actions import CannotDoError, SentContent, send
from bot.simulator.bubbles import Bubble
from bot.simulator.contents import photo
from bot.simulator.phones import Phone
from bot.simulator.world import World

#: More are sent as several albums.
MOST: Final = 10
_FIRST_GROUP: Final = 13_800_000_000_000_000


def send_album(
    world: World, phone: Phone, count: int = 3, caption: str = ""
) -> list[Bubble]:
    """Send so many photos at once, with words under the first.

    Raises:
        CannotDoError: if there is none to send.
    """
    if count < 1:
        raise CannotDoError("An album has at least one photo.")
    return send_together(world, phone, _photos(count, caption))


def send_together(
    world: World, phone: Phone, sent: Iterable[SentContent]
) -> list[Bubble]:
    """Send pictures as albums, each with a group id that nothing else has."""
    words, bubbles = list(sent), list[Bubble]()
    while words:
        album, words = words[:MOST], words[MOST:]
        group = str(_FIRST_GROUP + world.changes.version)
        if len(album) > 1:
            album = [one.bearing(media_group_id=group) for one in album]
        bubbles += [send(world, phone, one) for one in album]
    return bubbles


def _photos(count: int, caption: str) -> list[SentContent]:
    first, *others = [photo(number=n) for n in range(1, count + 1)]
    if caption:
        first = replace(first, text=f"{first.text} {caption}").bearing(caption=caption)
    return [first, *others]
