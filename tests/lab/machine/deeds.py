"""What people do with their phones, as somebody would tell who looked on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class How(StrEnum):
    """How something came to be sent."""

    OWN = "own"
    """Typed here and now."""
    REPLY = "reply"
    """Typed here and now, as a reply to a message of this chat."""
    TAP = "tap"
    """A tap on a button."""
    ELSEWHERE = "elsewhere"
    """Typed here and now, as a reply to a message of another chat."""
    SCHEDULED = "scheduled"
    """Written earlier, and sent by the phone itself."""
    EDIT = "edit"
    """A change of what was written before."""
    CAPTION = "caption"
    """Words under a picture, or in what else is no text."""
    FOREIGN = "foreign"
    """Sent on, or written by another bot."""


#: Whose words these are: the person's own, said to the bot.
THEIR_OWN = frozenset(How) - {How.FOREIGN}


@dataclass(frozen=True)
class Deed:
    """One thing that somebody did."""

    key: str
    how: How
    at: datetime
    text: str = ""
    #: The number that Telegram gave to the message; a tap has none.
    number: int | None = None
    #: The message that was tapped or replied to.
    to: int | None = None


@dataclass(frozen=True)
class Scene:
    """Who is there, and what they did since the last look."""

    #: The key in the cast, by account.
    keys: Mapping[int, str]
    #: The account, by the id under which the program knows the person.
    accounts: Mapping[str, int]
    deeds: Collection[Deed]

    def own(self, account: int, hows: Collection[How] = tuple(How)) -> list[Deed]:
        """List what somebody did, in order."""
        key = self.keys[account]
        return [one for one in self.deeds if one.key == key and one.how in hows]
