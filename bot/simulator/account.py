"""What the bot tells about itself: its names, descriptions and commands."""

from dataclasses import dataclass, field
from typing import Final

from bot.simulator.bubbles import BubbleJson

#: A token of the right form that opens nothing outside the simulator.
TOKEN: Final = "7104583921:AAG-simulator-0000000000000000000"  # noqa: S105 - no secret


@dataclass(slots=True)
class Account:
    """The bot's account; texts by language, with "" for all other languages."""

    token: str = TOKEN
    username: str = "konfliktraad_bot"
    names: dict[str, str] = field(default_factory=lambda: {"": "Konfliktråd"})
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    #: By scope (as JSON) and language.
    commands: dict[tuple[str, str], list[BubbleJson]] = field(default_factory=dict)

    @property
    def bot_id(self) -> int:
        """The account's id, which is the first part of the token."""
        return int(self.token.partition(":")[0])

    def name(self, language: str) -> str:
        """Return the name in this language."""
        return _for(self.names, language)

    def description(self, language: str) -> str:
        """Return what an empty chat shows."""
        return _for(self.descriptions, language)

    def menu(self, language: str) -> list[BubbleJson]:
        """Return the commands that a private chat offers in this language."""
        scopes = ('{"type":"all_private_chats"}', '{"type":"default"}')
        for scope in scopes:
            for lang in (language, ""):
                if found := self.commands.get((scope, lang)):
                    return found
        return []

    def user(self) -> BubbleJson:
        """Return the bot as a User."""
        return {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": self.names[""],
            "username": self.username,
        }


def _for(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or texts.get("", "")
