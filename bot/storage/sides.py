"""What is kept of each party of a case and of its holders, as `flows` decides by it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeVar

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot.clock import danish_day
from bot.errors import StorageError
from bot.storage import ages, holders, links
from bot.storage.consent.last_words import LastWord, WordPlace, last_words
from bot.storage.keys.keystore import KeyStore
from bot.storage.keys.sealing import unseal
from bot.storage.tables import Case, Holder, Link, Party, StoredAnswer
from flows.effects import ConsentState, Purpose
from flows.facts import (
    AgeBand,
    Authority,
    Confession,
    Detail,
    Fear,
    Interest,
    Majority,
    Orders,
    OtherHolder,
    Role,
    Tie,
)
from flows.rules.details import WAYS
from flows.rules.holders import HolderStanding
from flows.rules.majority import counting, majority
from flows.rules.side import COORDINATOR, Side
from flows.rules.standing import YES, Standing

_E = TypeVar("_E", bound=StrEnum)

# Asked whenever a case is settled, so they are put together once.
_WAYS_TO_PARTIES: Final = (
    select(StoredAnswer.party_id, StoredAnswer.name)
    .join(Party, Party.id == StoredAnswer.party_id)
    .where(Party.case_id == bindparam("case"), StoredAnswer.name.in_(WAYS))
)
_WAYS_TO_HOLDERS: Final = (
    select(StoredAnswer.holder_id, StoredAnswer.name)
    .join(Holder, Holder.id == StoredAnswer.holder_id)
    .join(Party, Party.id == Holder.party_id)
    .where(Party.case_id == bindparam("case"), StoredAnswer.name.in_(WAYS))
)
_BIRTHS: Final = select(StoredAnswer).where(
    StoredAnswer.party_id.in_(bindparam("young", expanding=True)),
    StoredAnswer.name == Detail.BIRTH,
)
_LINKS: Final = select(Link).where(
    Link.holder_id.in_(bindparam("holders", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks at a case: with which keys, at which moment, by which rule."""

    keys: KeyStore
    at: datetime
    #: The setting KONFLIKTRAAD_REQUIRE_ALL_HOLDERS.
    require_all_holders: bool = True


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is read for all parties of a case at once."""

    look: Look
    #: When the mediator who has the case took it.
    claimed_at: datetime | None
    said: Mapping[WordPlace, LastWord]
    #: By which details parties and holders can be reached.
    ways: Mapping[str, frozenset[str]]
    births: Mapping[str, str]
    holders: Mapping[str, Sequence[Holder]]
    #: The holders to whom a link leads that can still be opened.
    invited: Collection[str]


def gathered(
    session: Session, case: Case, found: Sequence[Party], look: Look
) -> tuple[Side, ...]:
    """Gather where each party of a case stands, in their order."""
    young = [p for p in found if p.age_band not in {None, AgeBand.ADULT}]
    spoken_for = holders.of_case(session, case) if young else ()
    of_party = defaultdict(list)
    for holder in spoken_for:
        of_party[holder.party_id].append(holder)
    kept = _Kept(
        look,
        claimed_at=case.claimed_at,
        said=last_words(session, case),
        ways=_ways(session, case, are_spoken_for=bool(spoken_for)),
        births=births(session, young, look.keys),
        holders=of_party,
        invited=_invited(session, spoken_for, look.at),
    )
    return tuple(_side(party, kept) for party in found)


def _side(party: Party, kept: _Kept) -> Side:
    word = kept.said.get((party.id, None, Purpose.TAKE_PART))
    takes_part = _answer(word, kept)
    notice = kept.said.get((party.id, None, Purpose.DATA_NOTICE))
    return Side(
        role=Role(party.role),
        age_band=_one(AgeBand, party.age_band),
        is_age_different=ages.are_different(party),
        majority=_majority(party, kept),
        interest=_one(Interest, party.interest),
        confession=_one(Confession, party.confession),
        takes_part=_agrees(takes_part),
        is_reconfirmed=takes_part is ConsentState.RECONFIRMED,
        knows_data_notice=_agrees(_answer(notice, kept)) is True,
        is_written_down=party.person_id is None,
        reached_by=_reached_by(party, word, kept),
        tie=_one(Tie, party.tie),
        orders=_one(Orders, party.orders),
        fear=_one(Fear, party.fear),
        has_understood=party.understood_at is not None,
        authority=_one(Authority, party.authority),
        may_ask_holders=party.may_ask_holders,
        holders=tuple(_holder(one, kept) for one in kept.holders.get(party.id, ())),
    )


def _reached_by(party: Party, word: LastWord | None, kept: _Kept) -> frozenset[str]:
    """Name what leads to a party; a word that was written down led somebody there."""
    spoken_to = {COORDINATOR} if _was_spoken_to(word) else set()
    return kept.ways.get(party.id, frozenset()) | spoken_to


def _holder(holder: Holder, kept: _Kept) -> HolderStanding:
    word = kept.said.get((holder.party_id, holder.id, Purpose.PARENTAL_TAKE_PART))
    return HolderStanding(
        is_bound=holder.person_id is not None,
        is_link_live=holder.id in kept.invited,
        answer=_answer(word, kept),
        is_verified=holder.verified_at is not None,
        says_others=_one(OtherHolder, holder.says_others),
        claims_authority=holder.claims_authority,
        can_be_reached=holder.id in kept.ways or _was_spoken_to(word),
    )


def _was_spoken_to(word: LastWord | None) -> bool:
    """Tell whether a word was written down: somebody had a way to who said it."""
    return word is not None and word.is_written_down


def _answer(word: LastWord | None, kept: _Kept) -> ConsentState | None:
    """Read a last word; a yes that is old or to earlier words has run out.

    One that was said again before the mediator took the case was not said to them.
    """
    if word is None:
        return None
    state = word.said.state
    if word.standing(kept.look.at) in {Standing.TOO_OLD, Standing.OF_EARLIER_WORDS}:
        return ConsentState.EXPIRED
    if state is ConsentState.RECONFIRMED and not _is_since_claim(word, kept):
        return ConsentState.GIVEN
    return state


def _is_since_claim(word: LastWord, kept: _Kept) -> bool:
    return kept.claimed_at is not None and word.event.at >= kept.claimed_at


def _agrees(answer: ConsentState | None) -> bool | None:
    if answer in {None, ConsentState.EXPIRED}:
        return None
    return answer in YES


def _majority(party: Party, kept: _Kept) -> Majority | None:
    band = _one(AgeBand, party.age_band)
    if band is None:
        return None
    birth = kept.births.get(party.id)
    told_on = danish_day(party.joined_at or kept.look.at)
    birth = counting(band, birth, told_on)
    return majority(band, birth, danish_day(kept.look.at))


def _one(kind: type[_E], value: str | None) -> _E | None:
    return kind(value) if value else None


def _ways(
    session: Session, case: Case, *, are_spoken_for: bool
) -> Mapping[str, frozenset[str]]:
    """Name the details by which parties and holders can be reached."""
    asked = (_WAYS_TO_PARTIES, _WAYS_TO_HOLDERS)
    found = defaultdict[str, set[str]](set)
    for query in asked if are_spoken_for else asked[:1]:
        for owner, name in session.execute(query, {"case": case.id}):
            found[str(owner)].add(name)
    return {owner: frozenset(names) for owner, names in found.items()}


def births(session: Session, young: Sequence[Party], keys: KeyStore) -> dict[str, str]:
    """Open the months of birth; one whose key is gone is not known."""
    if not young:
        return {}
    found = session.scalars(_BIRTHS, {"young": [party.id for party in young]}).all()
    key_of = keys.keys_of({answer.person_id for answer in found})
    opened = {
        answer.party_id: _opened(answer, key_of.get(answer.person_id))
        for answer in found
    }
    return {party_id: birth for party_id, birth in opened.items() if party_id and birth}


def _opened(answer: StoredAnswer, key: bytes | None) -> str | None:
    if key is None:
        return None
    try:
        return unseal(key, "answers", "value", answer.id, answer.value)
    except StorageError:
        return None


def _invited(
    session: Session, spoken_for: Sequence[Holder], at: datetime
) -> frozenset[str]:
    if not spoken_for:
        return frozenset()
    asked = {"holders": [holder.id for holder in spoken_for]}
    return frozenset(
        link.holder_id
        for link in session.scalars(_LINKS, asked)
        if link.holder_id is not None and links.is_live(link, at)
    )
