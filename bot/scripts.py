"""The words of a dialogue for people who review it."""

from collections.abc import Callable
from typing import Final

from bot.catalogue import Catalogue
from flows.model import MessageId

#: The endings of ids of variants, and what they are.
_VARIANTS: Final = {
    "adult": "18 or over",
    "aloud": "read aloud",
    "aloud.adult": "read aloud, 18 or over",
}


def wording(catalogue: Catalogue, language: str) -> Callable[[MessageId], str]:
    """Give texts as they are written, with the names of what is filled in.

    Variants for adults and for the phone follow, so that all are reviewed.
    """

    def written(message_id: str) -> str:
        values = {name: f"{{{name}}}" for name in catalogue.needs(message_id, language)}
        return catalogue.text(message_id, language, **values)

    def all_of(message_id: MessageId) -> str:
        variants = (
            f"({whose}:)\n{written(f'{message_id}.{name}')}"
            for name, whose in _VARIANTS.items()
            if catalogue.has(f"{message_id}.{name}")
        )
        return "\n\n".join([written(message_id), *variants])

    return all_of
