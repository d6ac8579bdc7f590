"""What came in from one person, free of any messenger's own types."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from bot.addressing import AccountRef, EventRef, MessageRef

#: Stands around words that are struck out or quoted: a yes in them is none.
UNSAID: Final = "~"


@dataclass(frozen=True, slots=True)
class Text:
    """Something that the person wrote."""

    message: MessageRef
    text: str


@dataclass(frozen=True, slots=True)
class Tap:
    """A button under one of our messages, and what is known of that message."""

    query_id: str
    message: MessageRef
    data: str
    #: Its words, if known.
    shown: str | None
    #: When it was sent, by the messenger's clock, if known.
    shown_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OwnContact:
    """A phone number that the messenger vouches for as the sender's own."""

    message: MessageRef
    phone: str


@dataclass(frozen=True, slots=True)
class Unusable:
    """Something that we cannot use: a photo, a voice message, an edit, a group.

    The kind "group" names no message: nothing may be written into a group, where
    others would read it.
    """

    message: MessageRef | None
    kind: str
    #: Whatever words are in it, such as those under a photo or the new ones of an edit:
    #: no answer, but what protects is heard in them.
    text: str = ""


#: The kind of something unusable that nobody here knows.
UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person has blocked the bot."""


@dataclass(frozen=True, slots=True)
class Unblocked:
    """The person lets the bot write again."""


Content: TypeAlias = Text | Tap | OwnContact | Unusable | Blocked | Unblocked


def text_of(content: object) -> str:
    """Give whatever words are in what a person did; none where there are none."""
    return content.text if isinstance(content, Text | Unusable) else ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a message replies to; without a key, something outside this chat."""

    key: str | None = None
    #: The words of the message that is replied to.
    text: str = ""
    #: What the buttons that still stand under it carry.
    taps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """How a message came to be: whose words it holds, and to what they were said."""

    #: When it was sent, by the messenger's clock; an edit keeps that moment.
    sent_at: datetime
    #: It was written by somebody else, or elsewhere, and sent on.
    is_forwarded: bool = False
    #: A bot or an app wrote it in the person's name.
    is_through_bot: bool = False
    #: The phone sent it by itself, at a time that was set before.
    is_scheduled: bool = False
    #: It takes the place of what was written before.
    is_edit: bool = False
    #: It is an edit that nobody has made just now: the phone shows none, or one of long
    #: ago. So a preview is told, or a reaction.
    is_retold: bool = False
    reply: Reply | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """One event: who, when, in which language the phone is, and what.

    `account` is the sender's id at the messenger, in a private chat also the chat's.
    """

    channel: str
    account: str
    #: The messenger's own id of it: the same event acts once, however often it comes.
    event_id: str
    at: datetime
    language_code: str | None
    content: Content
    #: None for what is no message, such as a tap.
    written: Written | None = None

    @property
    def sender(self) -> AccountRef:
        """Who did it."""
        return AccountRef(self.channel, self.account)

    @property
    def event(self) -> EventRef:
        """Which event it is."""
        return EventRef(self.channel, self.event_id)

    @property
    def message(self) -> MessageRef | None:
        """The message of the person's own that it is, if it is one."""
        match self.content:
            case Text(message) | OwnContact(message) | Unusable(message):
                return message
        return None
