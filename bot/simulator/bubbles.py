"""What can be seen in a chat: bubbles with their buttons, and the keyboard below."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

BubbleJson: TypeAlias = dict[str, object]
Author: TypeAlias = Literal["bot", "person"]


@dataclass(frozen=True, slots=True)
class BubbleButton:
    """A button under a message: a callback or an address, never both."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ReplyButton:
    """A button of the keyboard below the chat."""

    text: str
    asks_for: Literal["text", "contact"] = "text"


ButtonRows: TypeAlias = tuple[tuple[BubbleButton, ...], ...]


@dataclass(frozen=True, slots=True)
class ReplyKeyboard:
    """The keyboard that takes the place of the phone's own, until it is removed."""

    message_id: int
    rows: tuple[tuple[ReplyButton, ...], ...]
    one_time: bool = False
    placeholder: str = ""


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message as it looks at this moment."""

    message_id: int
    author: Author
    sent_at: datetime
    text: str = ""
    kind: str = "text"
    #: Telegram's own fields for what is not text, such as "photo" or "contact".
    content: Mapping[str, object] = field(default_factory=dict)
    buttons: ButtonRows = ()
    silent: bool = False
    protected: bool = False
    #: Sent with a reply keyboard or its removal, so it can never be edited.
    fixed: bool = False
    edited_at: datetime | None = None
    #: The number of the message in this chat that it replies to.
    reply_to: int | None = None
    #: The count of the world's changes when it was sent or last edited.
    changed: int = 0

    @property
    def labels(self) -> tuple[str, ...]:
        """What stands on its buttons."""
        return tuple(button.text for row in self.buttons for button in row)

    def button(self, label: str) -> BubbleButton | None:
        """Return the button with this label."""
        found = (b for row in self.buttons for b in row if b.text == label)
        return next(found, None)


@dataclass(slots=True)
class Chat:
    """The messages of one chat by id, oldest first."""

    chat_id: int
    title: str | None = None
    bubbles: dict[int, Bubble] = field(default_factory=dict)
    keyboard: ReplyKeyboard | None = None
    #: The last number of a group, which counts its own messages.
    counted: int = 0

    @property
    def private(self) -> bool:
        """Whether this is one person's chat with the bot, not a group."""
        return self.title is None

    def newest_first(self) -> Iterator[Bubble]:
        """Go through the bubbles from the bottom of the chat."""
        return reversed(self.bubbles.values())
