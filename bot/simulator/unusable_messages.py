"""Things that people send and a bot of words cannot use, as Telegram describes them."""

from typing import Final

from bot.simulator.actions import CannotDoError, SentContent, edit, send, write_in_group
from bot.simulator.contents import CONTENTS, words_of
from bot.simulator.phones import Phone
from bot.simulator.remarks import REMARKS, remark_words
from bot.simulator.world import World

#: A message of a kind that is not shown to bots: it has nothing that they know.
UNSUPPORTED: Final = "unsupported"
#: The kinds that come most often, with two that are not a message of their own kind.
KINDS: Final = ("photo", "sticker", "voice", "location", "document", "edited", "group")
#: All that can be sent.
ALL_KINDS: Final = (*dict.fromkeys((*KINDS, *CONTENTS, UNSUPPORTED, *REMARKS)),)
_NOTHING_SAID: Final = "…"


def send_oddment(world: World, phone: Phone, kind: str, text: str = "") -> None:
    """Send one of ALL_KINDS; `text` stands in it wherever there can be words."""
    if kind == "edited":
        edit(world, phone, text or _NOTHING_SAID)
    elif kind == "group":
        title = f"{phone.owner.first_name} & co."
        write_in_group(world, phone, title, text or _NOTHING_SAID)
    elif kind in ALL_KINDS:
        send(world, phone, oddment(world, phone, kind, text))
    else:
        raise CannotDoError(f"{kind} is not one of {', '.join(ALL_KINDS)}.")


def oddment(world: World, phone: Phone, kind: str, text: str = "") -> SentContent:
    """Make one of CONTENTS or REMARKS, or what is unsupported, without sending it."""
    if kind in CONTENTS:
        return words_of(kind, text)
    if kind in REMARKS:
        return remark_words(world, phone, kind)
    return SentContent("?", UNSUPPORTED)
