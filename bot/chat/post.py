"""Writing to somebody whose turn it is not."""

import logging
from dataclasses import dataclass
from datetime import datetime

from bot.chat.tools import Tools
from bot.errors import KeyDestroyed
from bot.storage import Session
from bot.storage.mail import outbox
from bot.storage.mail.messages import Outgoing
from bot.storage.tables import Notice, Person

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Post:
    """What it takes to write to somebody whose turn it is not."""

    session: Session
    tools: Tools
    at: datetime

    def text(self, person: Person, message_id: str, **values: str) -> str:
        """Word a message in that person's language."""
        return self.tools.catalogue.text(message_id, person.language, **values)

    def send(
        self,
        person: Person,
        message: Outgoing,
        notice: Notice | None = None,
        not_after: datetime | None = None,
    ) -> None:
        """Put a message into that person's line; in a covered chat the notice waits.

        Without a notice it changes what stands in the chat already.

        Who was erased is left out: the others are told all the same.
        """
        keys, at = self.tools.keys, self.at
        try:
            key = keys.key_of(person.id)
        except KeyDestroyed:
            _log.error("A message was left out: the person's key is gone.")
            return
        outbox.queue(
            self.session,
            key,
            person.id,
            message,
            at=at,
            notice=notice,
            not_after=not_after,
        )
