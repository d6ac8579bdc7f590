"""What is the same for every turn and every notice."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.addressing import Abilities, LinkWriter
from bot.catalogue import Catalogue
from bot.chat.words import Vocabulary
from bot.contacts import Contacts
from bot.storage.keys.keystore import KeyStore
from bot.storage.mail.messages import DATA_BYTES
from flows.facts import Role


@dataclass(frozen=True, slots=True)
class Tools:
    """What is the same for every turn."""

    keys: KeyStore
    catalogue: Catalogue
    vocabulary: Vocabulary
    contacts: Contacts
    #: The parties who may use the bot, by their side of a case.
    served: frozenset[Role]
    #: What each messenger can do.
    abilities: Mapping[str, Abilities]
    #: Of each messenger by which people are served.
    links: Mapping[str, LinkWriter] = field(default_factory=dict)
    #: How often a parent who does not answer is reminded, at most.
    holder_reminders: int = 2
    #: A child needs the yes of every holder of parental authority, not of one.
    require_all_holders: bool = True

    def __post_init__(self) -> None:
        """Refuse a messenger whose buttons are too small for what ours carry."""
        for channel, able in self.abilities.items():
            if able.button_bytes < DATA_BYTES:
                raise ValueError(
                    f"The buttons of {channel} carry {able.button_bytes} bytes; ours "
                    f"need {DATA_BYTES}."
                )
