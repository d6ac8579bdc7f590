"""People with phones: each taps the first answer of the newest question."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


@dataclass(slots=True)
class Turn:
    """One thing that a person did, and when it was answered; moments in seconds."""

    began: float
    served: float | None = None
    visible: float | None = None
    answered: float | None = None
    asked: float | None = None


@dataclass(slots=True)
class Chat:
    """A private chat; what stands in it is its newest question alone."""

    number: int
    message_id: int = 0
    question: Json = field(default_factory=dict)
    turn: Turn | None = None
    turns: int = 0

    @property
    def can_tap(self) -> bool:
        return "reply_markup" in self.question

    def asks(self, message: Json) -> None:
        """Put a new message last in the chat."""
        self.question = message

    def person(self) -> Json:
        return {
            "id": self.number,
            "is_bot": False,
            "first_name": "Asta",
            "language_code": "en",
        }

    def room(self) -> Json:
        return {"id": self.number, "type": "private", "first_name": "Asta"}

    def types(self, text: str) -> Json:
        """Write a text, as an update without its number."""
        self._begin()
        self.message_id += 1
        message: Json = {
            "message_id": self.message_id,
            "from": self.person(),
            "chat": self.room(),
            "date": int(time.time()),
            "text": text,
        }
        if text.startswith("/"):
            entity = {"type": "bot_command", "offset": 0, "length": len(text)}
            message["entities"] = [entity]
        return {"message": message}

    def taps(self) -> Json:
        """Tap the first button, as an update without its number."""
        self._begin()
        button = self.question["reply_markup"]["inline_keyboard"][0][0]
        tapped = {
            "id": f"{self.number}-{self.turns}",
            "from": self.person(),
            "chat_instance": str(self.number),
            "data": button["callback_data"],
            "message": self.question,
        }
        return {"callback_query": tapped}

    def _begin(self) -> None:
        self.turns += 1
        self.turn = Turn(time.monotonic())


def written(message_id: int, chat: Chat, bot: Json, fields: Mapping[str, str]) -> Json:
    """Write a message of the bot's as Telegram does."""
    message: Json = {
        "message_id": message_id,
        "from": bot,
        "chat": chat.room(),
        "date": int(time.time()),
        "text": fields.get("text", ""),
    }
    markup = fields.get("reply_markup")
    if markup and "inline_keyboard" in (read := json.loads(markup)):
        message["reply_markup"] = read
    return message
