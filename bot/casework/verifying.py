"""Make sure who a holder is: the methods, and that one was used.

A yes that is only stated never confirms a case. How somebody makes sure is a check in
`CHECKS`: an eID is added by putting a check of its own there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, TypeAlias

from bot.casework.refusals import NothingOpen, Refused, ongoing
from bot.casework.speakers import holder_of
from bot.chat.post import Post
from bot.clock import DANISH_TIME
from bot.offline_words import Check, Who
from bot.queue.standing import holder_states, settle
from bot.storage import cases, holders, links, records
from bot.storage.consent import consents, verification_seal
from bot.storage.consent.consents import Subject
from bot.storage.tables import Case, ConsentEvent, Holder, Party, Person
from flows.effects import Purpose, Reason
from flows.rules.holders import HolderState

#: Stands with what waited for a human once nobody is left to make sure of.
_VERIFIED: Final = "verified"


@dataclass(frozen=True, slots=True)
class Verification:
    """That somebody made sure of a holder: how, on which day, and who did."""

    method: Check
    on: date
    by: str


#: Looks whether that holds; raises `Refused` if it does not.
HolderCheck: TypeAlias = Callable[[Post, Holder, Verification], None]


def verify(
    post: Post, reference: str, n: int, of: Who | None, done: Verification
) -> tuple[Case, Party, Holder]:
    """Note that a holder's yes was given by that holder; it counts from now on.

    Raises:
        NothingOpen: somebody has made sure of this yes before.
        Refused: there is no such holder, there is no yes, or the check fails.
    """
    case = ongoing(post.session, reference)
    holder = holder_of(post, case, n, of)
    party = holders.party_of(post.session, holder)
    _refuse_unstated(post, case, party, holder)
    yes = _yes_of(post, party, holder)
    _refuse_other_day(post, yes, done.on)
    CHECKS[done.method](post, holder, done)
    holder.verified_at, holder.verified_on = post.at, done.on
    holder.verified_method, holder.verified_by = done.method, done.by
    # Who was made sure of needs no link, and nobody else is to use it.
    links.void_unused(post.session, holder, post.at)
    holder.verified_hash = verification_seal.seal(post.tools.keys, holder, yes)
    note = f"{party.role} {party.n} holder {holder.n} {done.method}"
    records.audit(post.session, done.by, "holder verified", case, post.at, note)
    post.session.flush()
    _settle_need(post, case, party, done.by)
    settle(post, case)
    return case, party, holder


def _by_a_human(_post: Post, _holder: Holder, _done: Verification) -> None:
    """Take the word of whoever made sure: name and day stand with the holder."""


def _by_eid(_post: Post, _holder: Holder, _done: Verification) -> None:
    raise Refused(
        "No eID check is set up here, so none can be noted: make sure by call, letter "
        "or meeting."
    )


CHECKS: Final[Mapping[Check, HolderCheck]] = MappingProxyType(
    {
        Check.CALL: _by_a_human,
        Check.LETTER: _by_a_human,
        Check.MEETING: _by_a_human,
        Check.EID: _by_eid,
    }
)


def _refuse_unstated(post: Post, case: Case, party: Party, holder: Holder) -> None:
    who = f"Holder {holder.n} of {party.role}:{party.n} in case {case.reference}"
    match holder_states(post, case).get(holder.id):
        case HolderState.STATED:
            return
        case HolderState.VERIFIED:
            raise NothingOpen(
                f"{who} was made sure of on {holder.verified_on} by "
                f"{holder.verified_by}; nothing has changed."
            )
        case stands:
            raise Refused(
                f"{who} is {stands or 'not asked'}: there is no yes that somebody "
                "could make sure of. Record one with konfliktraad consent record, if "
                "it was said elsewhere."
            )


def _yes_of(post: Post, party: Party, holder: Holder) -> ConsentEvent:
    """Find the yes that somebody makes sure of."""
    person_id = holder.person_id
    person = post.session.get(Person, person_id) if person_id else None
    subject = Subject(party, holder, person)
    word = consents.last(post.session, subject, Purpose.PARENTAL_TAKE_PART)
    if word is None:
        raise Refused("There is no yes that somebody could make sure of.")
    return word.event


def _refuse_other_day(post: Post, yes: ConsentEvent, on: date) -> None:
    """Refuse a day before the yes: then it was not this yes that was made sure of."""
    said = yes.said_on or yes.at.astimezone(DANISH_TIME).date()
    if on > post.at.astimezone(DANISH_TIME).date():
        raise Refused("That day is still to come: say on which day it was done.")
    if on < said:
        raise Refused(
            f"The yes was said on {said}: make sure of it on that day or later."
        )


def _settle_need(post: Post, case: Case, party: Party, by: str) -> None:
    """Settle what waited for it, once nobody of this party is left to make sure of."""
    now = holder_states(post, case)
    own = holders.of_party(post.session, party)
    if any(now.get(holder.id) is HolderState.STATED for holder in own):
        return
    for need in cases.open_needs(post.session, case):
        if (need.party_id, need.reason) == (party.id, Reason.VERIFY_HOLDER):
            need.cleared_at, need.cleared_by = post.at, by
            need.cleared_reason = _VERIFIED
    post.session.flush()
