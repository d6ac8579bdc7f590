"""Things that people send and a bot of words cannot use, as Telegram describes them."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.simulator.actions import CannotDoError, Words, edit, send, write_in_group
from bot.simulator.bubbles import Json
from bot.simulator.objects import file
from bot.simulator.phones import Phone
from bot.simulator.world import World


def _photo() -> Json:
    small = file("photo-small", width=90, height=67)
    return {"photo": [small, file("photo-large", width=1280, height=960)]}


def _sticker() -> Json:
    details = {"type": "regular", "is_animated": False, "is_video": False}
    made = file("sticker", width=512, height=512, emoji="🙂", **details)
    return {"sticker": made}


def _voice() -> Json:
    return {"voice": file("voice", duration=4, mime_type="audio/ogg")}


def _location() -> Json:
    return {"location": {"latitude": 56.3602, "longitude": 8.6161}}


def _document() -> Json:
    made = file("document", file_name="brev.pdf", mime_type="application/pdf")
    return {"document": made}


#: By kind: the content, and the sign that the bubble shows.
_KINDS: Final[Mapping[str, tuple[Callable[[], Json], str]]] = {
    "photo": (_photo, "🖼"),
    "sticker": (_sticker, "🙂"),
    "voice": (_voice, "🎤"),
    "location": (_location, "📍"),
    "document": (_document, "📄"),
}
#: All that can be sent, with the two that are not a message of their own kind.
KINDS: Final = (*_KINDS, "edited", "group")


def send_oddment(world: World, phone: Phone, kind: str, text: str = "…") -> None:
    """Send one of KINDS; `text` is what an edited or a group message says."""
    if kind == "edited":
        edit(world, phone, text)
    elif kind == "group":
        write_in_group(world, phone, f"{phone.owner.first_name} & co.", text)
    elif kind in _KINDS:
        content, sign = _KINDS[kind]
        send(world, phone, Words(sign, kind, content()))
    else:
        raise CannotDoError(f"{kind} is not one of {', '.join(KINDS)}.")
