"""The words of a dialogue for people who review it."""

from collections.abc import Callable

from bot.catalogue import Catalogue
from flows.model import MessageId


def wording(catalogue: Catalogue, language: str) -> Callable[[MessageId], str]:
    """Give texts as they are written, with the names of what is filled in.

    A variant for adults follows the plain text, so that both are reviewed.
    """

    def written(message_id: str) -> str:
        values = {name: f"{{{name}}}" for name in catalogue.needs(message_id, language)}
        return catalogue.text(message_id, language, **values)

    def both(message_id: MessageId) -> str:
        grown = f"{message_id}.adult"
        if not catalogue.has(grown):
            return written(message_id)
        return f"{written(message_id)}\n\n(18 or over:)\n{written(grown)}"

    return both
