"""The hand-over card: what a mediator needs to begin, and nothing about the offence."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.catalogue import Catalogue
from bot.chat.post import Post
from bot.errors import KeyDestroyed
from bot.queue.looked_at import looked_at
from bot.queue.standing import holder_states, look
from bot.storage import (
    cases,
    holders,
    records,
    standings,
    talks,
    without_authority,
)
from bot.storage.consent.last_words import LastWord, WordPlace, last_words
from bot.storage.tables import Case, Holder, Party, Person
from flows.effects import Purpose
from flows.facts import AgeBand, Detail, Tie
from flows.model import MessageId, msg
from flows.rules.cards import is_card_by_needs, is_on_card
from flows.rules.case import Status
from flows.rules.details import DETAILS, DetailRow, Whom
from flows.rules.holders import HolderState

#: Of these it is told how the yes was said.
_YES: Final = (HolderState.STATED, HolderState.VERIFIED)


@dataclass(frozen=True, slots=True)
class _Stands:
    """What is said of a whole case at once."""

    said: Mapping[WordPlace, LastWord]
    holders: Mapping[str, HolderState]


def card(post: Post, case: Case, language: str, who: str) -> str:
    """Write the card of a case; that it was looked at is noted."""
    records.audit(post.session, who, "card shown", case, post.at)
    words = post.tools.catalogue
    district = words.text(f"district.{case.district}", language)
    title = words.text(
        "card.title", language, reference=case.reference, district=district
    )
    stands = _Stands(last_words(post.session, case), holder_states(post, case))
    by_parents = _by_parents_alone(post, case)
    parties = [
        "\n".join(
            _parents(post, party, by_parents[party.id], stands, language)
            if party.id in by_parents
            else _party(post, party, stands, language)
        )
        for party in _shown(post, case)
    ]
    return "\n\n".join([title, *parties, words.text("card.close", language)])


def _shown(post: Post, case: Case) -> list[Party]:
    """List the parties whose details may be seen now."""
    stands = Status(case.status)
    standing = standings.of_case(post.session, case, look(post))
    is_stopped = case.stopped_at is not None
    return [
        party
        for n, party in enumerate(cases.parties(post.session, case))
        if is_on_card(stands, standing.open_needs, n, is_stopped=is_stopped)
    ]


def _by_parents_alone(post: Post, case: Case) -> Mapping[str, Collection[str]]:
    """Find the children of whom parents alone wait for a human, and which parents.

    The child is not called then: it would learn what a parent has asked for.
    """
    is_stopped = case.stopped_at is not None
    if not is_card_by_needs(Status(case.status), is_stopped=is_stopped):
        return {}
    waiting = cases.open_needs(post.session, case)
    themselves = {need.party_id for need in waiting if need.holder_id is None}
    found = defaultdict[str, set[str]](set)
    for need in waiting:
        if need.party_id and need.holder_id and not themselves & {None, need.party_id}:
            found[need.party_id].add(need.holder_id)
    return found


def _parents(
    post: Post,
    party: Party,
    waiting: Collection[str],
    stands: _Stands,
    language: str,
) -> Iterator[str]:
    """Tell of the parents who wait for a human, and nothing of their child."""
    words = post.tools.catalogue
    role = words.text(f"role.{party.role}", language)
    yield words.text("card.party", language, role=role)
    for holder in holders.of_party(post.session, party):
        if holder.id in stands.holders and holder.id in waiting:
            yield from _holder(post, holder, stands, language)


def _party(post: Post, party: Party, stands: _Stands, language: str) -> Iterator[str]:
    yield from _about(post, party, language)
    yield from _elsewhere(post, stands.said, party, language)
    for holder in holders.of_party(post.session, party):
        if holder.id in stands.holders:
            yield from _holder(post, holder, stands, language)
    yield from _without_authority(post, party, language)


def _without_authority(post: Post, party: Party, language: str) -> Iterator[str]:
    """Tell that somebody was asked as a parent who never had authority."""
    words = post.tools.catalogue
    for one in without_authority.of_party(post.session, party):
        source = words.text(f"card.no_authority.{one.source}", language)
        yield words.text("card.no_authority", language, source=source)


def _holder(
    post: Post, holder: Holder, stands: _Stands, language: str
) -> Iterator[str]:
    words, given = post.tools.catalogue, _given_by(post, holder)
    none = words.text("card.not_given", language)
    yield words.text(
        "card.holder",
        language,
        who=words.text(f"card.holder_who.{holder.relation or 'parent'}", language),
        name=given.get(Detail.NAME, none),
        state=_state(post, holder, stands, language),
    )
    for row in DETAILS.values():
        if row.detail is not Detail.NAME and Whom.HOLDER in row.of:
            yield from _given_line(words, row, given, language)


def _state(post: Post, holder: Holder, stands: _Stands, language: str) -> str:
    """Tell how far a holder has come; of a yes also how it was said."""
    words, state = post.tools.catalogue, stands.holders[holder.id]
    word = stands.said.get((holder.party_id, holder.id, Purpose.PARENTAL_TAKE_PART))
    text_id = f"card.holder_state.{state}"
    if state not in _YES:
        return words.text(text_id, language)
    is_elsewhere = word is not None and word.event.said_on is not None
    method = word.event.method if word is not None and is_elsewhere else "chat"
    said = words.text(f"card.elsewhere.{method}", language)
    return words.text(text_id, language, method=said)


def _given_by(post: Post, holder: Holder) -> dict[str, str]:
    talk = talks.of(post.session, holder)
    if holder.person_id is None or talk is None:
        return {}
    try:
        key = post.tools.keys.key_of(holder.person_id)
    except KeyDestroyed:
        return {}
    return talks.answers(post.session, key, talk)


def _elsewhere(
    post: Post,
    said: Mapping[WordPlace, LastWord],
    party: Party,
    language: str,
) -> Iterator[str]:
    """Mark a party's own consent that was not given in the chat."""
    word = said.get((party.id, None, Purpose.TAKE_PART))
    if word and word.event.said_on and word.said.is_yes:
        words = post.tools.catalogue
        method = words.text(f"card.elsewhere.{word.event.method}", language)
        yield words.text("card.elsewhere", language, value=method)


def _about(post: Post, party: Party, language: str) -> Iterator[str]:
    words = post.tools.catalogue
    role = words.text(f"role.{party.role}", language)
    yield words.text("card.party", language, role=role)
    if party.tie and Tie(party.tie).is_close:
        yield words.text("card.near", language)
    yield from looked_at(post, party, language)
    person = post.session.get(Person, party.person_id) if party.person_id else None
    talk = talks.of(post.session, party)
    if person is None or talk is None:
        yield words.text("card.not_given", language)
        return
    try:
        key = post.tools.keys.key_of(person.id)
    except KeyDestroyed:
        yield words.text("card.erased", language)
        return
    given = talks.answers(post.session, key, talk)
    name, *others = DETAILS.values()
    yield from _line(words, name, party, given, language)
    yield from _known(words, party, person, language)
    for row in others:
        yield from _line(words, row, party, given, language)


def _known(
    words: Catalogue, party: Party, person: Person, language: str
) -> Iterator[str]:
    """Tell what is known of a party beside the details that were given."""
    spoken = words.text(f"language_name.{person.language}", language)
    yield words.text("card.language", language, value=spoken)
    band = f"age_band.{party.age_band}" if party.age_band else "card.not_given"
    yield words.text("card.age_band", language, value=words.text(band, language))


def _line(
    words: Catalogue,
    row: DetailRow,
    party: Party,
    given: Mapping[str, str],
    language: str,
) -> Iterator[str]:
    """Write a detail of a party; what the summary lists is never left out."""
    if row.card and row.summary and row.detail not in given:
        missing = words.text(_why_missing(row, party, given), language)
        yield words.text(row.card, language, value=missing)
    yield from _given_line(words, row, given, language)


def _given_line(
    words: Catalogue, row: DetailRow, given: Mapping[str, str], language: str
) -> Iterator[str]:
    """Write a detail where it was given, and nothing where it was not."""
    value = given.get(row.detail)
    if row.card is None or value is None or value in row.hidden:
        return
    chosen = row.worded(value)
    shown = words.text(chosen, language) if chosen else value
    yield words.text(row.card, language, value=shown)


def _why_missing(row: DetailRow, party: Party, given: Mapping[str, str]) -> MessageId:
    band = AgeBand(party.age_band) if party.age_band else None
    if not row.is_asked_of(band):
        return msg("card.not_asked")
    if row.settled_by and row.settled_by not in given:
        return msg("card.not_yet_asked")
    return msg("card.not_given")
