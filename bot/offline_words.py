"""What happens outside the chat, in words that the command line and casework share."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

HOLDER: Final = "holder"
#: The code with which a human settles that somebody has turned 18.
OF_AGE: Final = "of_age"


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody as a coordinator names them, as in victim:1 or holder:2."""

    role: str
    n: int

    def __str__(self) -> str:
        """Write it as it is typed."""
        return f"{self.role}:{self.n}"


class Way(StrEnum):
    """How something was said that was not said in the chat."""

    PHONE = "phone"
    LETTER = "letter"
    MEETING = "meeting"


class Delivery(StrEnum):
    """How a code is passed on to the person whom it is for."""

    CALL = "call"
    LETTER = "letter"
    MAIL = "mail"
    MEETING = "meeting"


class Inspection(StrEnum):
    """How one of the staff has looked at what waits for a human."""

    CALL = "call"
    MEETING = "meeting"
    FILE = "file"


class ConfessionCheck(StrEnum):
    """What the police know of a confession when a case is opened."""

    CHECKED = "checked"
    UNCLEAR = "unclear"


class AuthoritySource(StrEnum):
    """What says that somebody has no parental authority."""

    REGISTER = "register"
    COURT = "court"


class Because(StrEnum):
    """Why somebody gets a new letter who has said no."""

    ASKED_AGAIN = "asked_again"


class Check(StrEnum):
    """How somebody makes sure that a holder is the one they say they are."""

    CALL = "call"
    LETTER = "letter"
    MEETING = "meeting"
    EID = "eid"
