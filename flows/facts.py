"""What guards may look at, and every value that it can have."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TypeVar

from flows.languages import CODES

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


class Tie(StrEnum):
    """How a person says that they know the other one (requirement 27)."""

    STRANGER = "stranger"
    ACQUAINTED = "acquainted"
    SCHOOL_OR_WORK = "school_or_work"
    NEIGHBOUR = "neighbour"
    FAMILY = "family"
    PARTNER = "partner"
    """A partner now or earlier."""
    SAME_HOME = "same_home"
    UNSAID = "unsaid"

    @property
    def is_close(self) -> bool:
        """Tell whether only the one who was harmed may begin (Danner, 2020)."""
        return self in {Tie.FAMILY, Tie.PARTNER, Tie.SAME_HOME}


class Orders(StrEnum):
    """Whether there are orders against contact (requirement 28)."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Fear(StrEnum):
    """Whether the person is afraid of the other one, or pressed by anybody."""

    YES = "yes"
    NO = "no"
    UNSAID = "unsaid"


class Authority(StrEnum):
    """Who has parental authority, as the child says (requirement 14)."""

    ONE = "one"
    BOTH = "both"
    OTHER = "other"
    UNKNOWN = "unknown"

    @property
    def holders(self) -> int:
        """Count the holders that this means; 0 while it is not known."""
        counts = {Authority.BOTH: 2, Authority.UNKNOWN: 0}
        return counts.get(self, 1)


class Majority(StrEnum):
    """Whether somebody counts as a minor for consent."""

    MINOR = "minor"
    TURNING_18 = "turning_18"
    """The month of the 18th birthday has begun and is not over."""
    ADULT = "adult"


class HolderRelation(StrEnum):
    """What a holder of parental authority says that they are to the child."""

    MOTHER = "mother"
    FATHER = "father"
    OTHER = "other"


class OtherHolder(StrEnum):
    """Whether somebody else has parental authority too, as a holder says."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Detail(StrEnum):
    """What a person tells of themselves, by the name under which it lies sealed.

    What is done with each stands in flows/rules/details.py.
    """

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    TIMES = "times"
    INTERPRETER = "interpreter"
    ACCESS = "access"
    SUPPORT = "support"
    HUMAN_CONTACT = "human_contact"
    """How a human who was asked for may get in touch."""
    HUMAN_TIMES = "human_times"
    SHOWN_NAME = "shown_name"
    """The name by which parents get to know a child."""
    BIRTH = "birth"
    """The month and the year in which a minor was born."""


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
    #: The code of the language in which the person's phone is greeted.
    phone_language: str | None = None
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
    #: The own answer about the police holds the person up, and nothing else does.
    may_answer_again: bool | None = None
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
    #: The person speaks as a holder of parental authority, not as a party.
    is_holder: bool | None = None
    #: Of a party its own; of a holder that of the child.
    majority: Majority | None = None
    #: Somebody born in the month that was told can be in the age band that was told.
    is_birth_fitting: bool | None = None
    #: Who has parental authority, as the child says.
    authority: Authority | None = None
    #: The child said that the holders may be asked.
    may_ask_holders: bool | None = None
    #: Every text of flows/rules/required.py was shown in this talk.
    is_informed: bool | None = None
    #: The three questions about what a yes means were answered rightly.
    has_understood: bool | None = None
    #: Tie, orders and fear were told, or a human has settled what was not.
    is_gate_passed: bool | None = None
    #: The person's yes to taking part stands: 90 days, and to the present text.
    has_live_yes: bool | None = None
    #: A letter or a code of their own opens the chat again when it is covered.
    has_way_back: bool | None = None
    #: The person has chosen a word that does so.
    has_own_word: bool | None = None


_DOMAINS: dict[str, tuple[object, ...]] = {
    "role": tuple(Role),
    "age_band": tuple(AgeBand),
    "phone_language": CODES,
    "majority": tuple(Majority),
    "authority": tuple(Authority),
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
