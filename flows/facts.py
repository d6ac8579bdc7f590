"""What guards may look at, and every value that it can have."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TypeVar

_T = TypeVar("_T")


class Role(StrEnum):
    """On which side of a case a party stands."""

    VICTIM = "victim"
    OFFENDER = "offender"
    UNSAID = "unsaid"
    """Somebody without a letter who asked for a human before telling."""


class AgeBand(StrEnum):
    """The four age bands; no date of birth is asked (requirement 12)."""

    UNDER_12 = "under_12"
    FROM_12_TO_14 = "12_14"
    FROM_15_TO_17 = "15_17"
    ADULT = "18"

    @property
    def lowest(self) -> int:
        """Give the age in years at which the band begins."""
        digits = self.value.partition("_")[0]
        return int(digits) if digits.isdigit() else 0


class Interest(StrEnum):
    """What a party answered to hearing more."""

    YES = "yes"
    LATER = "later"
    NO = "no"


class Confession(StrEnum):
    """The status of a confession to the police, never its content (req. 10)."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNSAID = "unsaid"


class Language(StrEnum):
    """The languages that the bot speaks."""

    DA = "da"
    EN = "en"


class FactMissing(LookupError):
    """A guard asked for a fact that nobody has given; it must not guess."""

    def __init__(self, name: str) -> None:
        """Remember the name of the missing fact."""
        super().__init__(f"The fact {name!r} is needed here and is not known.")
        self.name = name


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one person at one moment; None means not known."""

    role: Role | None = None
    age_band: AgeBand | None = None
    #: The language that the person's phone is set to.
    phone_language: Language | None = None
    #: The person came by a personal link, so a case stands behind the talk.
    has_link: bool | None = None
    #: A link that informs only: relation close, no contact to the other side.
    is_information_only: bool | None = None
    #: A phone number or an e-mail address has been given.
    has_contact: bool | None = None
    #: A phone number has been given.
    has_phone: bool | None = None
    #: The summary was shown; a question answered again leads back to it.
    is_reviewing: bool | None = None
    #: The person was in the middle of something before this dialogue opened.
    has_place_to_return: bool | None = None
    #: A human has to look at something before this person can go on.
    is_held: bool | None = None
    #: The person has told their age band.
    is_age_known: bool | None = None
    #: The case has not ended.
    is_case_open: bool | None = None
    #: Whoever the letter behind the talk is for may use the bot.
    is_letter_served: bool | None = None
    #: Those who were harmed may use the bot.
    are_victims_served: bool | None = None
    #: Those who caused harm may use the bot.
    are_offenders_served: bool | None = None


_DOMAINS: dict[str, tuple[object, ...]] = {
    "role": tuple(Role),
    "age_band": tuple(AgeBand),
    "phone_language": tuple(Language),
}


def domain(name: str) -> tuple[object, ...]:
    """List every value that a fact can have; raises `KeyError` if it has none."""
    if name not in {field.name for field in fields(Facts)}:
        raise KeyError(name)
    return _DOMAINS.get(name, (True, False))


def known(value: _T | None, name: str) -> _T:
    """Give the value of a fact, or raise `FactMissing`."""
    if value is None:
        raise FactMissing(name)
    return value
