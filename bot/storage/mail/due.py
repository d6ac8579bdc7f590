"""A message that a sender has taken on, and what opens it."""

from dataclasses import dataclass, field

from bot.errors import KeyDestroyed
from bot.storage.keys.sealing import unseal
from bot.storage.mail.messages import Outgoing, unpacked


@dataclass(frozen=True, slots=True)
class Due:
    """A row that we are to send, still sealed."""

    id: int
    person_id: str
    kind: str
    payload: bytes
    seal_id: str
    reply_handle: bytes
    #: How often it was claimed, this time included: whose claim it is.
    attempts: int
    #: The key of the earlier row's message; None when there is none.
    target: str | None
    #: The person's data key; None when it was destroyed.
    key: bytes | None = field(repr=False)

    @property
    def opening_key(self) -> bytes:
        """The person's data key; raises `KeyDestroyed` when it is gone."""
        if self.key is None:
            raise KeyDestroyed("This person's key is gone; nothing can be sent.")
        return self.key

    def message(self) -> Outgoing:
        """Open the message."""
        text = unseal(self.opening_key, "outbox", "payload", self.seal_id, self.payload)
        return unpacked(self.kind, text)

    def address(self) -> str:
        """Open the chat's address."""
        sealed, person_id = self.reply_handle, self.person_id
        return unseal(self.opening_key, "people", "reply_handle", person_id, sealed)
