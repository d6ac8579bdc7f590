"""What people send that is no text, of every kind that Telegram knows.

Each kind bears the name of its field in the Bot API's type Message; a test holds the
list against all fields of that type.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.simulator.actions import Words
from bot.simulator.bubbles import Json
from bot.simulator.objects import file
from bot.simulator.strangers import CHANNEL, INLINE_BOT, STRANGER

#: Moments of what has one of its own, far from today.
_LATER: Final = 1_830_000_000
_PLACE: Final[Json] = {"latitude": 56.3602, "longitude": 8.6161}


@dataclass(frozen=True, slots=True)
class Content:
    """A kind of message: its sign, its fields, and where words can stand in it."""

    sign: str
    fields: Callable[[str], Json]


def photo(text: str = "", number: int = 1) -> Words:
    """Make a photo; those of an album have a file each."""
    return Words(_signed("🖼", text), "photo", _photo(text, number))


def words_of(kind: str, text: str = "") -> Words:
    """Make a message of one of CONTENTS, with this text where there can be one."""
    content = CONTENTS[kind]
    return Words(_signed(content.sign, text), kind, content.fields(text))


def _signed(sign: str, text: str) -> str:
    return f"{sign} {text}".strip()


def _captioned(fields: Json, text: str) -> Json:
    return fields | {"caption": text} if text else fields


def _sizes(name: str) -> list[Json]:
    small = file(f"{name}-small", width=90, height=67)
    return [small, file(f"{name}-large", width=1280, height=960)]


def _photo(text: str, number: int = 1) -> Json:
    return _captioned({"photo": _sizes(f"photo-{number}")}, text)


def _live_photo(text: str) -> Json:
    moving = file("live", width=960, height=720, duration=3, mime_type="video/mp4")
    return _photo(text) | {"live_photo": moving | {"photo": _sizes("live")}}


def _video(text: str) -> Json:
    made = file("video", width=640, height=360, duration=9, mime_type="video/mp4")
    return _captioned({"video": made}, text)


def _animation(text: str) -> Json:
    made = file("gif", width=320, height=240, duration=2, mime_type="video/mp4")
    shown = made | {"file_name": "gif.mp4"}
    old = file("gif", file_name="gif.mp4", mime_type="video/mp4")
    return _captioned({"animation": shown, "document": old}, text)


def _audio(text: str) -> Json:
    details = {"performer": "Kim", "title": "Sang", "mime_type": "audio/mpeg"}
    return _captioned({"audio": file("audio", duration=181, **details)}, text)


def _voice(text: str) -> Json:
    made = file("voice", duration=4, mime_type="audio/ogg")
    return _captioned({"voice": made}, text)


def _document(text: str) -> Json:
    made = file("document", file_name="brev.pdf", mime_type="application/pdf")
    return _captioned({"document": made}, text)


def _sticker(_text: str = "") -> Json:
    return {"sticker": sticker()}


def sticker() -> Json:
    """Return a Sticker."""
    details = {"type": "regular", "is_animated": False, "is_video": False}
    return file("sticker", width=512, height=512, emoji="🙂", **details)


def _paid_media(text: str) -> Json:
    shown = {"type": "preview", "width": 640, "height": 360, "duration": 9}
    return _captioned({"paid_media": {"star_count": 5, "paid_media": [shown]}}, text)


def _venue(text: str) -> Json:
    where = {"location": _PLACE, "title": text or "Biblioteket"}
    return {"venue": where | {"address": "Torvet 1"}, "location": _PLACE}


def _poll(text: str) -> Json:
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


def checklist(text: str = "") -> Json:
    """Return a Checklist with these words as its first task."""
    tasks = [{"id": 1, "text": text or "A"}, {"id": 2, "text": "B"}]
    return {"title": "1-2", "tasks": tasks}


def _game(text: str) -> Json:
    told = {"title": "Mini", "description": text or "2048"}
    return {"game": told | {"photo": _sizes("game")}, "via_bot": INLINE_BOT}


def _invoice(text: str) -> Json:
    price = {"currency": "DKK", "total_amount": 2500, "start_parameter": "billet"}
    return {"invoice": {"title": "Billet", "description": text or "1"} | price}


def _giveaway(text: str) -> Json:
    rules = {"winners_selection_date": _LATER, "winner_count": 3}
    prize = {"prize_description": text} if text else {}
    return {"giveaway": {"chats": [CHANNEL], **rules, **prize}}


def _giveaway_winners(text: str) -> Json:
    won = {"winners_selection_date": _LATER, "winner_count": 1, "winners": [STRANGER]}
    prize = {"prize_description": text} if text else {}
    return {
        "giveaway_winners": {"chat": CHANNEL, "giveaway_message_id": 4711} | won | prize
    }


def _rich_message(text: str) -> Json:
    return {"rich_message": {"blocks": [{"type": "paragraph", "text": text or "A"}]}}


#: What people send, by the name of the field; one bears the fields of two: a venue
#: also those of a location, an animation those of a document, a live photo a photo's.
CONTENTS: Final[Mapping[str, Content]] = {
    "photo": Content("🖼", _photo),
    "sticker": Content("🙂", _sticker),
    "voice": Content("🎤", _voice),
    "location": Content("📍", lambda _: {"location": _PLACE}),
    "document": Content("📄", _document),
    "animation": Content("🎞", _animation),
    "audio": Content("🎵", _audio),
    "live_photo": Content("📸", _live_photo),
    "paid_media": Content("⭐", _paid_media),
    "story": Content("⭕", lambda _: {"story": {"chat": CHANNEL, "id": 12}}),
    "video": Content("🎬", _video),
    "video_note": Content(
        "📹", lambda _: {"video_note": file("note", length=384, duration=5)}
    ),
    "checklist": Content("☑", lambda text: {"checklist": checklist(text)}),
    "contact": Content(
        "☎",
        lambda text: {
            "contact": {
                "phone_number": "+4526318475",
                "first_name": text or "Mikkel",
                "user_id": STRANGER["id"],
            }
        },
    ),
    "dice": Content("🎲", lambda _: {"dice": {"emoji": "🎲", "value": 4}}),
    "game": Content("🎮", _game),
    "poll": Content("📊", _poll),
    "venue": Content("📌", _venue),
    "invoice": Content("🧾", _invoice),
    "giveaway": Content("🎁", _giveaway),
    "giveaway_winners": Content("🏆", _giveaway_winners),
    "rich_message": Content("📰", _rich_message),
}
