"""What a turn may cause, as past-tense facts; bot/effects/ writes the rows."""

from dataclasses import dataclass
from enum import StrEnum

from flows.facts import (
    AgeBand,
    Authority,
    Confession,
    Detail,
    Fear,
    HolderRelation,
    Interest,
    Orders,
    OtherHolder,
    Role,
    Tie,
)
from flows.ways_back import WayBack


class Purpose(StrEnum):
    """What a consent is for; one record each, never one tick for two."""

    HEAR_MORE = "hear_more"
    TAKE_PART = "take_part"
    PARENTAL_TAKE_PART = "parental_take_part"
    DATA_NOTICE = "data_notice"


class ConsentState(StrEnum):
    """What has become of a consent; each is one event, the last one holds."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    RECONFIRMED = "reconfirmed"  # said again to the mediator, in person
    EXPIRED = "expired"


class Reason(StrEnum):
    """Why a case needs a human."""

    ASKED_FOR = "asked_for"
    MINOR = "minor"  # under 12, where a human takes over at once
    CONFESSION_UNCLEAR = "confession_unclear"  # as the offender says
    CONFESSION_UNCHECKED = "confession_unchecked"  # as far as a coordinator knows
    TALK_FIRST = "talk_first"
    CLOSE_RELATION = "close_relation"
    RELATION_UNKNOWN = "relation_unknown"
    SELF_REFERRAL = "self_referral"
    SEVERAL_PARTIES = "several_parties"
    DATA_NOTICE_REFUSED = "data_notice_refused"
    ORDERS = "orders"
    FEAR = "fear"
    RELATION_DIFFERS = "relation_differs"  # the two sides do not say the same
    NOT_UNDERSTOOD = "not_understood"
    AGE_UNCLEAR = "age_unclear"
    AGE_DIFFERS = "age_differs"  # the police know another one than was told
    HOLDERS_UNCLEAR = "holders_unclear"  # not known, or not told alike
    HOLDERS_DIFFER = "holders_differ"  # the child and a holder do not say the same
    HOLDERS_UNWELCOME = "holders_unwelcome"  # the child would not like them asked
    CONFLICT = "conflict"  # one holder said yes, another one no
    VERIFY_HOLDER = "verify_holder"
    TURNING_18 = "turning_18"
    UNDER_15 = "under_15"  # 12 to 14: a human confirms before the hand-over
    UNREACHABLE = "unreachable"  # neither a child of 12 to 14 nor a parent gave a way


@dataclass(frozen=True, slots=True)
class LetterAccepted:
    """The person said that the letter is for them; only this binds a link."""


@dataclass(frozen=True, slots=True)
class LetterRefused:
    """The person said that the letter is not for them; nothing is kept."""


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """The person chose a language."""

    #: Its code.
    language: str


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

    name: Detail
    value: str


@dataclass(frozen=True, slots=True)
class DetailSkipped:
    """The person left a detail out, or took it back."""

    name: Detail


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
class StopRegretted:
    """The person did not mean to stop; the stop stands until all is answered anew."""


@dataclass(frozen=True, slots=True)
class HumanRequested:
    """A human has to look at this, for this reason."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class TieGiven:
    """The person told how they know the other one."""

    tie: Tie


@dataclass(frozen=True, slots=True)
class OrdersGiven:
    """The person told whether there are orders against contact."""

    orders: Orders


@dataclass(frozen=True, slots=True)
class FearGiven:
    """The person told whether there is fear or pressure, never of what."""

    fear: Fear


@dataclass(frozen=True, slots=True)
class Understood:
    """The person answered every question about what a yes means rightly."""


@dataclass(frozen=True, slots=True)
class BirthGiven:
    """A minor told the month of their birth, as YYYY-MM."""

    value: str


@dataclass(frozen=True, slots=True)
class AuthorityGiven:
    """A minor told who has parental authority."""

    authority: Authority


@dataclass(frozen=True, slots=True)
class HoldersAllowed:
    """A minor told whether it is all right that the holders are asked."""

    allowed: bool


@dataclass(frozen=True, slots=True)
class HoldersInvited:
    """A minor said yes, so the message for the holders is due."""


@dataclass(frozen=True, slots=True)
class HolderLinkRenewed:
    """A minor asked for a new link for one holder, counted from 1."""

    n: int


@dataclass(frozen=True, slots=True)
class HolderRelationGiven:
    """A holder told what they are to the child."""

    relation: HolderRelation


@dataclass(frozen=True, slots=True)
class HolderAuthorityGiven:
    """A holder who is no mother or father told whether they have the authority."""

    claims: bool


@dataclass(frozen=True, slots=True)
class OtherHolderGiven:
    """A holder told whether somebody else has parental authority too."""

    other: OtherHolder


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
    | StopRegretted
    | HumanRequested
    | TieGiven
    | OrdersGiven
    | FearGiven
    | Understood
    | BirthGiven
    | AuthorityGiven
    | HoldersAllowed
    | HoldersInvited
    | HolderLinkRenewed
    | HolderRelationGiven
    | HolderAuthorityGiven
    | OtherHolderGiven
    | HideRequested
    | StaffJoined
    | WayBack
)
