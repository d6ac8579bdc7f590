"""A messenger as the rest of the program sees it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias

from bot.addressing import Abilities, MessageRef
from bot.storage.mail.messages import Outgoing


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message as it stands in a chat, and when the messenger got it."""

    message: MessageRef
    #: None for one that got new words only.
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """The person does not let us write: what waits for them waits until they do."""


@dataclass(frozen=True, slots=True)
class WaitUntil:
    """The messenger asks for patience; surely nothing was carried out."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Retry:
    """Surely nothing was carried out, and another try may succeed."""


@dataclass(frozen=True, slots=True)
class InDoubt:
    """It may have been carried out or not, and is tried again."""


@dataclass(frozen=True, slots=True)
class GivenUp:
    """It will never be carried out, and is given up."""


Verdict: TypeAlias = Gone | WaitUntil | Retry | InDoubt | GivenUp


class Channel(Protocol):
    """Carries messages to people and answers their taps; one for each messenger."""

    @property
    def name(self) -> str:
        """The messenger's name, as it stands beside everything of its own."""

    @property
    def abilities(self) -> Abilities:
        """What can be done there."""

    def link(self, token: str) -> str:
        """Write the link that opens a talk here with a token."""

    async def perform(
        self, address: str, outgoing: Outgoing, target: str | None
    ) -> Delivered | None:
        """Carry a message out in a chat, and tell which message now has its words.

        Args:
            address: the chat's.
            outgoing: what is to be done.
            target: the key of the message that it changes; None when it was never
                sent.

        Raises:
            Exception: as the messenger has it; `outcome_of` tells what it means.
        """

    def outcome_of(self, error: Exception) -> Verdict:
        """Tell what an error of a call means for what was to be sent."""

    async def answer_tap(
        self, query_id: str, text: str | None, within: timedelta
    ) -> None:
        """Let a button stop turning, and show some words if there are any.

        Raises:
            Exception: as with `perform`.
        """
