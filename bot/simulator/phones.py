"""The people of the simulator and their phones."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.simulator.bubbles import Chat


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom a phone belongs to, as far as Telegram tells a bot."""

    key: str
    first_name: str
    number: str


#: Phones that the page starts with, in the order in which they stand side by side.
#: Some phones report their number with a plus and some without, as in life.
CAST: Final = (
    Owner("victim", "Sofie", "+4520163847"),
    Owner("offender", "Jonas", "4522914738"),
    Owner("mediator", "Karen", "+4530285916"),
    Owner("coordinator", "Birgit", "+4540517263"),
    Owner("mediator2", "Ahmed", "4553846192"),
    Owner("parent", "Lone", "+4561739524"),
)


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody else sent to this phone, outside the chat with the bot."""

    note_id: int
    sender: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class TapReply:
    """The short line that a tap was answered with."""

    number: int
    text: str
    alert: bool


@dataclass(slots=True)
class Phone:
    """One person's phone with its chat with the bot."""

    owner: Owner
    user_id: int
    language_code: str
    chat: Chat
    started: bool = False
    blocked: bool = False
    #: Without a network; what is written waits on the phone.
    offline: bool = False
    unsent: list[str] = field(default_factory=list)
    read_up_to: int = 0
    notes: list[Note] = field(default_factory=list)
    notice: TapReply | None = None

    @property
    def key(self) -> str:
        """The short name by which pages and tests call this phone."""
        return self.owner.key

    @property
    def unread(self) -> int:
        """How many bubbles from the bot the person has not looked at."""
        return sum(
            bubble.author == "bot" and bubble.message_id > self.read_up_to
            for bubble in self.chat.bubbles.values()
        )
