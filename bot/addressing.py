"""Who is meant at a messenger, and which message: in text, as each writes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypeAlias

#: The messenger whose accounts are known by their number alone.
TELEGRAM: Final = "telegram"

#: Writes the link that opens a talk with a token.
LinkWriter: TypeAlias = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class AccountRef:
    """Somebody's account at one messenger."""

    channel: str
    id: str

    @property
    def name(self) -> str:
        """What the account is hashed by; no two messengers share one."""
        return self.id if self.channel == TELEGRAM else f"{self.channel}:{self.id}"


@dataclass(frozen=True, slots=True)
class EventRef:
    """Something that came in by one messenger, by that one's own id of it."""

    channel: str
    id: str


@dataclass(frozen=True, slots=True)
class MessageRef:
    """A message in a chat: how its messenger knows it, and where it stands in order."""

    key: str
    #: Grows with each message of the chat, theirs and ours; order goes by it alone.
    number: int


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a messenger can do, as far as the conversation must know."""

    #: How long after it was sent a message may be deleted; None has no end.
    deletes_within: timedelta | None
    #: So many messages are deleted in one call.
    deletes_at_once: int
    #: Whether somebody can share the number of their own phone with a button.
    shares_numbers: bool
    #: Bytes that a button carries.
    button_bytes: int
