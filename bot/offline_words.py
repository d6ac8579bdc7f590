"""What happens outside the chat, in words that the command line and casework share."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

HOLDER: Final = "holder"


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


class Check(StrEnum):
    """How somebody makes sure that a holder is the one they say they are."""

    CALL = "call"
    LETTER = "letter"
    MEETING = "meeting"
    EID = "eid"
