"""What came in from one person, free of any messenger's own types."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """Something that the person wrote."""

    message_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Tap:
    """A button under one of our messages; `shown` is that message's text if known."""

    query_id: str
    message_id: int
    data: str
    shown: str | None


@dataclass(frozen=True, slots=True)
class OwnContact:
    """A phone number that the messenger vouches for as the sender's own."""

    message_id: int
    phone: str


@dataclass(frozen=True, slots=True)
class Unusable:
    """Something that we cannot use: a photo, a voice message, an edit, a group.

    The kind "group" has no message id: nothing may be written into a group, where
    others would read it.
    """

    message_id: int | None
    kind: str
    #: What stands under a photo, or the new words of an edit: read for red flags only.
    text: str = ""


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person has blocked the bot."""


@dataclass(frozen=True, slots=True)
class Unblocked:
    """The person lets the bot write again."""


Content: TypeAlias = Text | Tap | OwnContact | Unusable | Blocked | Unblocked


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update: who, when, in which language the phone is, and what.

    `account` is the sender's id at the messenger, in a private chat also the chat's.
    """

    update_id: int
    account: int
    at: datetime
    language_code: str | None
    content: Content
