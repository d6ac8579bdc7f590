"""What guards look at and a query must find out, for one person at one moment."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.clock import DANISH_TIME
from bot.storage import Session, cases, holders, talks, ways_back
from bot.storage.consent import consents, shown
from bot.storage.consent.consents import Subject
from bot.storage.holding_up import holds_up
from bot.storage.keys.keystore import KeyStore
from bot.storage.sides import births
from bot.storage.tables import (
    Case,
    ConsentEvent,
    Holder,
    HumanNeed,
    Party,
    Person,
    Talk,
)
from flows.effects import Purpose, Reason
from flows.fact_search import facts_read
from flows.facts import AgeBand, Detail, Majority
from flows.rules.majority import counting, fits, majority
from flows.rules.required import required


@dataclass(frozen=True, slots=True)
class Read:
    """What was read; what no guard of the talk's state looks at is None."""

    answer_names: frozenset[str] = frozenset()
    is_held: bool = False
    #: The own answer about the police holds the person up, and nothing else does.
    may_answer_again: bool = False
    #: The month of birth of the party, or of the child that a holder speaks for.
    birth: str | None = None
    #: When that party took up its letter and told the age band.
    joined_at: datetime | None = None
    is_informed: bool | None = None
    has_live_yes: bool | None = None
    has_way_back: bool | None = None

    def majority(self, band: AgeBand | None, at: datetime) -> Majority | None:
        """Tell whether somebody of this age band counts as a minor."""
        if band is None:
            return None
        birth = self.birth
        if birth is not None:
            birth = counting(band, birth, _day(self.joined_at or at))
        return majority(band, birth, _day(at))

    def is_birth_fitting(self, band: AgeBand | None, at: datetime) -> bool:
        """Tell whether month of birth and age band can both be right."""
        if band is None or self.birth is None:
            return False
        return fits(band, self.birth, _day(at))


@dataclass(frozen=True, slots=True)
class SpokenFor:
    """For whom a talk speaks, as long as it names the same party and holder."""

    #: The ids of party and holder as they stand in the talk.
    named: tuple[str | None, str | None]
    #: The party itself, or the child that a holder speaks for.
    party: Party | None = None
    holder: Holder | None = None
    case: Case | None = None


#: Before anybody is named.
NOBODY: Final = SpokenFor((None, None))


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks in a talk: a party, or a holder for one, or nobody known yet."""

    person: Person
    talk: Talk
    #: The party itself, or the child that a holder speaks for.
    party: Party | None
    holder: Holder | None
    case: Case | None
    #: What was answered in the talk so far.
    answer_names: frozenset[str] = frozenset()


def spoken_for(session: Session, named: tuple[str | None, str | None]) -> SpokenFor:
    """Find whom a talk names; a holder speaks for the child that it is a parent of."""
    party_id, holder_id = named
    holder = session.get(Holder, holder_id) if holder_id else None
    if holder is not None:
        party_id = holder.party_id
    party = session.get(Party, party_id) if party_id else None
    case = session.get(Case, party.case_id) if party else None
    return SpokenFor(named, party, holder, case)


def read(
    session: Session, keys: KeyStore, key: bytes, by: Speaker, at: datetime
) -> Read:
    """Read what the guards of this talk's state look at; little, as every turn does."""
    asked = facts_read(talks.state(by.talk))
    return Read(
        answer_names=by.answer_names,
        is_held=bool(held := _held_by(session, by)),
        may_answer_again=held == {Reason.CONFESSION_UNCLEAR},
        birth=_birth(session, keys, key, by) if asked & _BY_BIRTH else None,
        joined_at=by.party.joined_at if by.party else None,
        is_informed=_is_informed(session, by) if "is_informed" in asked else None,
        has_live_yes=live_yes(session, by, at) is not None
        if "has_live_yes" in asked
        else None,
        has_way_back=ways_back.has_way_back(session, by.person)
        if "has_way_back" in asked
        else None,
    )


_BY_BIRTH = frozenset({"majority", "is_birth_fitting"})


def child_majority(
    session: Session, keys: KeyStore, holder: Holder, at: datetime
) -> Majority | None:
    """Tell whether the child that a holder speaks for counts as a minor."""
    child = holders.party_of(session, holder)
    band = AgeBand(child.age_band) if child.age_band else None
    read = Read(birth=_birth_of(session, keys, child), joined_at=child.joined_at)
    return read.majority(band, at)


def _held_by(session: Session, by: Speaker) -> set[str]:
    """Tell at what a human must look before this person goes on."""
    if by.case is None or by.party is None:
        return set()
    return {
        need.reason
        for need in cases.open_needs(session, by.case)
        if _is_own(need, by) and holds_up(session, need)
    }


def _is_own(need: HumanNeed, by: Speaker) -> bool:
    """Tell whether a need is the person's: a child learns of no parent's, nor they."""
    if by.holder is not None:
        return need.holder_id == by.holder.id
    return need.holder_id is None and need.party_id == (by.party and by.party.id)


def _birth(session: Session, keys: KeyStore, key: bytes, by: Speaker) -> str | None:
    if by.holder is not None and by.party is not None:
        return _birth_of(session, keys, by.party)
    return (
        talks.answer(session, key, by.talk, Detail.BIRTH)
        if Detail.BIRTH in by.answer_names
        else None
    )


def _birth_of(session: Session, keys: KeyStore, child: Party) -> str | None:
    """Open the month in which a child was born; None if it has told none."""
    return births(session, [child], keys).get(child.id)


def _is_informed(session: Session, by: Speaker) -> bool:
    texts = required(is_holder=by.holder is not None)
    return shown.all_shown(session, by.talk, texts)


def live_yes(session: Session, by: Speaker, at: datetime) -> ConsentEvent | None:
    """Find the yes that stands: not too old, and to the words of today."""
    if by.party is None:
        return None
    subject = Subject(by.party, by.holder, by.person)
    purpose = Purpose.PARENTAL_TAKE_PART if by.holder else Purpose.TAKE_PART
    said = consents.last(session, subject, purpose)
    return said.event if said is not None and said.stands(at) else None


def _day(at: datetime) -> date:
    return at.astimezone(DANISH_TIME).date()
