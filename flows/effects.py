"""What a turn may cause, as past-tense facts; bot/effects/ writes the rows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from flows.facts import AgeBand, Confession, Interest, Language, Role


class Purpose(StrEnum):
    """What a consent is for; one record each, never one tick for two."""

    TAKE_PART = "take_part"
    DATA_NOTICE = "data_notice"


class Reason(StrEnum):
    """Why a case needs a human."""

    ASKED_FOR = "asked_for"
    MINOR = "minor"
    CONFESSION_UNCLEAR = "confession_unclear"
    TALK_FIRST = "talk_first"
    CLOSE_RELATION = "close_relation"
    RELATION_UNKNOWN = "relation_unknown"
    SELF_REFERRAL = "self_referral"
    SEVERAL_PARTIES = "several_parties"
    DATA_NOTICE_REFUSED = "data_notice_refused"


@dataclass(frozen=True, slots=True)
class LetterAccepted:
    """The person said that the letter is for them; only this binds a link."""


@dataclass(frozen=True, slots=True)
class LetterRefused:
    """The person said that the letter is not for them; nothing is kept."""


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """The person chose a language."""

    language: Language


@dataclass(frozen=True, slots=True)
class AgeBandGiven:
    """The person told their age band."""

    age_band: AgeBand


@dataclass(frozen=True, slots=True)
class InterestGiven:
    """The person answered whether they would like to hear more."""

    interest: Interest


@dataclass(frozen=True, slots=True)
class ConfessionGiven:
    """The offender told the status of the confession, nothing of its content."""

    confession: Confession


@dataclass(frozen=True, slots=True)
class RoleGiven:
    """A person without a link told on which side they stand."""

    role: Role


@dataclass(frozen=True, slots=True)
class DistrictGiven:
    """A person without a link told the police district; None is "not known"."""

    district: str | None


@dataclass(frozen=True, slots=True)
class SelfReferred:
    """A person without a link would like to be contacted."""


@dataclass(frozen=True, slots=True)
class DetailGiven:
    """The person gave one detail about how to reach or help them."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class DetailSkipped:
    """The person left a detail out, or took it back."""

    name: str


@dataclass(frozen=True, slots=True)
class SummaryShown:
    """The person is being shown everything they have answered."""


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """The person said yes to one purpose."""

    purpose: Purpose


@dataclass(frozen=True, slots=True)
class ConsentRefused:
    """The person said no to one purpose."""

    purpose: Purpose


@dataclass(frozen=True, slots=True)
class Withdrew:
    """The person takes back every yes; no reason is asked (act, section 3(3))."""


@dataclass(frozen=True, slots=True)
class HumanRequested:
    """A human has to look at this, for this reason."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class HideRequested:
    """The person wants the chat to be covered at once."""


@dataclass(frozen=True, slots=True)
class StaffJoined:
    """A mediator or coordinator accepted the invitation."""


Effect = (
    LetterAccepted
    | LetterRefused
    | LanguageChosen
    | AgeBandGiven
    | InterestGiven
    | ConfessionGiven
    | RoleGiven
    | DistrictGiven
    | SelfReferred
    | DetailGiven
    | DetailSkipped
    | SummaryShown
    | ConsentGiven
    | ConsentRefused
    | Withdrew
    | HumanRequested
    | HideRequested
    | StaffJoined
)

#: After these, "back" leads nowhere: an answer that counts is not undone by it.
LASTING = (
    ConsentGiven,
    ConsentRefused,
    Withdrew,
    LetterAccepted,
    LetterRefused,
    StaffJoined,
)
