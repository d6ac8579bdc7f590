"""What people send that is no text, of every kind that Telegram knows.

Each kind bears the name of its field in the Bot API's type Message; a test holds the
list against all fields of that type.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.simulator.actions import SentContent
from bot.simulator.bubbles import BubbleJson
from bot.simulator.objects import file
from bot.simulator.strangers import CHANNEL, INLINE_BOT, STRANGER

#: Moments of what has one of its own, far from today.
_LATER: Final = 1_830_000_000
_PLACE: Final[BubbleJson] = {"latitude": 56.3602, "longitude": 8.6161}


@dataclass(frozen=True, slots=True)
class SimulatedContent:
    """A kind of message: its sign, its fields, and where words can stand in it."""

    sign: str
    fields: Callable[[str], BubbleJson]


def photo(text: str = "", number: int = 1) -> SentContent:
    """Make a photo; those of an album have a file each."""
    return SentContent(_signed("🖼", text), "photo", _photo(text, number))


def words_of(kind: str, text: str = "") -> SentContent:
    """Make a message of one of CONTENTS, with this text where there can be one."""
    content = CONTENTS[kind]
    return SentContent(_signed(content.sign, text), kind, content.fields(text))


def _signed(sign: str, text: str) -> str:
    return f"{sign} {text}".strip()


def _captioned(fields: BubbleJson, text: str) -> BubbleJson:
    return fields | {"caption": text} if text else fields


def _sizes(name: str) -> list[BubbleJson]:
    small = file(f"{name}-small", width=90, height=67)
    return [small, file(f"{name}-large", width=1280, height=960)]


def _photo(text: str, number: int = 1) -> BubbleJson:
    return _captioned({"photo": _sizes(f"photo-{number}")}, text)


def _live_photo(text: str) -> BubbleJson:
    moving = file("live", width=960, height=720, duration=3, mime_type="video/mp4")
    return _photo(text) | {"live_photo": moving | {"photo": _sizes("live")}}


def _video(text: str) -> BubbleJson:
    made = file("video", width=640, height=360, duration=9, mime_type="video/mp4")
    return _captioned({"video": made}, text)


def _animation(text: str) -> BubbleJson:
    made = file("gif", width=320, height=240, duration=2, mime_type="video/mp4")
    shown = made | {"file_name": "gif.mp4"}
    old = file("gif", file_name="gif.mp4", mime_type="video/mp4")
    return _captioned({"animation": shown, "document": old}, text)


def _audio(text: str) -> BubbleJson:
    details = {"performer": "Kim", "title": "Sang", "mime_type": "audio/mpeg"}
    return _captioned({"audio": file("audio", duration=181, **details)}, text)


def _voice(text: str) -> BubbleJson:
    made = file("voice", duration=4, mime_type="audio/ogg")
    return _captioned({"voice": made}, text)


def _document(text: str) -> BubbleJson:
    made = file("document", file_name="brev.pdf", mime_type="application/pdf")
    return _captioned({"document": made}, text)


def _sticker(_text: str = "") -> BubbleJson:
    return {"sticker": sticker()}


def sticker() -> BubbleJson:
    """Return a Sticker."""
    details = {"type": "regular", "is_animated": False, "is_video": False}
    return file("sticker", width=512, height=512, emoji="🙂", **details)


def _paid_media(text: str) -> BubbleJson:
    shown = {"type": "preview", "width": 640, "height": 360, "duration": 9}
    return _captioned({"paid_media": {"star_count": 5, "paid_media": [shown]}}, text)


def _venue(text: str) -> BubbleJson:
    where = {"location": _PLACE, "title": text or "Biblioteket"}
    return {"venue": where | {"address": "Torvet 1"}, "location": _PLACE}


def _poll(text: str) -> BubbleJson:
    choices = {"a": "A", "b": "B"}.items()
    no_votes = {"total_voter_count": 0, "is_closed": False, "is_anonymous": True}
    rules = dict.fromkeys(
        ("allows_multiple_answers", "allows_revoting", "members_only"), False
    )
    return {
        "poll": {
            "id": "5420731186430521347",
            "question": text or "A, B?",
            "options": [
                {"persistent_id": key, "text": shown, "voter_count": 0}
                for key, shown in choices
            ],
            "type": "regular",
            **no_votes,
            **rules,
        }
    }


def checklist(text: str = "") -> BubbleJson:
    """Return a Checklist with these words as its first task."""
    tasks = [{"id": 1, "text": text or "A"}, {"id": 2, "text": "B"}]
    return {"title": "1-2", "tasks": tasks}


def _game(text: str) -> BubbleJson:
    told = {"title": "Mini", "description": text or "2048"}
    return {"game": told | {"photo": _sizes("game")}, "via_bot": INLINE_BOT}


def _invoice(text: str) -> BubbleJson:
    price = {"currency": "DKK", "total_amount": 2500, "start_parameter": "billet"}
    return {"invoice": {"title": "Billet", "description": text or "1"} | price}


def _giveaway(text: str) -> BubbleJson:
    rules = {"winners_selection_date": _LATER, "winner_count": 3}
    prize = {"prize_description": text} if text else {}
    return {"giveaway": {"chats": [CHANNEL], **rules, **prize}}


def _giveaway_winners(text: str) -> BubbleJson:
    won = {"winners_selection_date": _LATER, "winner_count": 1, "winners": [STRANGER]}
    prize = {"prize_description": text} if text else {}
    return {
        "giveaway_winners": {"chat": CHANNEL, "giveaway_message_id": 4711} | won | prize
    }


def _rich_message(text: str) -> BubbleJson:
    return {"rich_message": {"blocks": [{"type": "paragraph", "text": text or "A"}]}}


#: What people send, by the name of the field; one bears the fields of two: a venue
#: also those of a location, an animation those of a document, a live photo a photo's.
CONTENTS: Final[Mapping[str, SimulatedContent]] = {
    "photo": SimulatedContent("🖼", _photo),
    "sticker": SimulatedContent("🙂", _sticker),
    "voice": SimulatedContent("🎤", _voice),
    "location": SimulatedContent("📍", lambda _: {"location": _PLACE}),
    "document": SimulatedContent("📄", _document),
    "animation": SimulatedContent("🎞", _animation),
    "audio": SimulatedContent("🎵", _audio),
    "live_photo": SimulatedContent("📸", _live_photo),
    "paid_media": SimulatedContent("⭐", _paid_media),
    "story": SimulatedContent("⭕", lambda _: {"story": {"chat": CHANNEL, "id": 12}}),
    "video": SimulatedContent("🎬", _video),
    "video_note": SimulatedContent(
        "📹", lambda _: {"video_note": file("note", length=384, duration=5)}
    ),
    "checklist": SimulatedContent("☑", lambda text: {"checklist": checklist(text)}),
    "contact": SimulatedContent(
        "☎",
        lambda text: {
            "contact": {
                "phone_number": "+4526318475",
                "first_name": text or "Mikkel",
                "user_id": STRANGER["id"],
            }
        },
    ),
    "dice": SimulatedContent("🎲", lambda _: {"dice": {"emoji": "🎲", "value": 4}}),
    "game": SimulatedContent("🎮", _game),
    "poll": SimulatedContent("📊", _poll),
    "venue": SimulatedContent("📌", _venue),
    "invoice": SimulatedContent("🧾", _invoice),
    "giveaway": SimulatedContent("🎁", _giveaway),
    "giveaway_winners": SimulatedContent("🏆", _giveaway_winners),
    "rich_message": SimulatedContent("📰", _rich_message),
}
