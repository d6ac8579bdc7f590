"""What a turn may cause about the ways back into a chat that was covered."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OwnCodeGiven:
    """Somebody without a letter was given a code of their own; no other one counts."""


@dataclass(frozen=True, slots=True)
class OwnWordChosen:
    """The person chose the word that opens the chat again when it is covered."""

    word: str


@dataclass(frozen=True, slots=True)
class OwnWordRemoved:
    """The person wants no word to open the chat any more."""


WayBack = OwnCodeGiven | OwnWordChosen | OwnWordRemoved
