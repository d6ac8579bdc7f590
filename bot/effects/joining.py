"""Somebody joins: by a letter, by an invitation, or of their own accord."""

from typing import assert_never

from bot.casework.moving import move_in
from bot.chat import child_name
from bot.chat.visit import Visit
from bot.effects.figures import count, post_of
from bot.effects.ways_back import give_code
from bot.queue.claim import offer_waiting
from bot.queue.ending import end
from bot.queue.standing import need_human
from bot.storage import ages, cases, holders, links, records, staff, talks, ways_back
from bot.storage.consent import verification_seal
from bot.storage.notes import Notes
from bot.storage.staff import UNKNOWN_DISTRICT
from bot.storage.tables import Case, Holder, Link, Party, Talk
from flows.effects import (
    LetterAccepted,
    LetterRefused,
    Reason,
    SelfReferred,
    StaffJoined,
)
from flows.facts import Role
from flows.rules.case import Relation

Joining = LetterAccepted | LetterRefused | StaffJoined | SelfReferred


def apply(visit: Visit, effect: Joining) -> None:
    """Write the rows of somebody's joining."""
    match effect:
        case LetterAccepted():
            _bind(visit)
        case LetterRefused():
            _let_go(visit)
        case StaffJoined():
            _join(visit)
        case SelfReferred():
            _refer_once(visit)
        case _:
            assert_never(effect)


def refer(visit: Visit) -> Case:
    """Open a case with one party for somebody who came without a letter.

    Before anything personal is asked they are given a way back into their chat.
    """
    if not ways_back.has_way_back(visit.session, visit.person):
        give_code(visit)
    district = visit.notes.district or UNKNOWN_DISTRICT
    case = cases.open_case(
        visit.session, district, Relation.UNKNOWN, visit.at, ends_on=None
    )
    case.self_referral = True
    role = visit.notes.role or Role.UNSAID
    party = cases.add_party(visit.session, case, role)
    party.person_id, party.joined_at = visit.person.id, visit.at
    ages.tell(party, visit.notes.age_band)
    if visit.talk is not None:
        visit.talk.party_id = party.id
        visit.session.flush()
        talks.claim_answers(visit.session, visit.talk)
    return case


def _refer_once(visit: Visit) -> None:
    """Go on in the case that asking for a human has opened; now the district is known.

    The role and the age band were kept at its party.
    """
    case = visit.case
    if case is None or cases.is_over(case):
        refer(visit)
    else:
        case.district = visit.notes.district or case.district


def _bind(visit: Visit) -> None:
    """Bind the link to the person and the person to the party; count it."""
    link = _link(visit)
    links.bind(link, visit.person, visit.at)
    asked_before = _leave_referral(visit)
    party = links.party_of(visit.session, link)
    holder = links.holder_of(visit.session, link)
    place = holder or party
    if place is not None and visit.talk is not None:
        _move_in(visit, place, visit.talk)
        place.person_id, place.joined_at = visit.person.id, visit.at
        visit.talk.party_id = party.id if party else None
        visit.talk.holder_id = holder.id if holder else None
        visit.session.flush()
        talks.claim_answers(visit.session, visit.talk)
        child_name.tell(visit)
        count(visit, "joined")
    if holder is not None:
        # What was made sure of is who answered elsewhere, not who opens a link.
        verification_seal.forget(holder)
    case = links.case_of(visit.session, link)
    if asked_before and case is not None:
        reason = Reason.ASKED_FOR
        need_human(post_of(visit), case, visit.spoken_for, reason, visit.holder)


def _move_in(visit: Visit, place: Party | Holder, talk: Talk) -> None:
    """Take the place over, where its person goes on from this account now."""
    if place.person_id in {None, visit.person.id}:
        return
    holder = place if isinstance(place, Holder) else None
    party = holders.party_of(visit.session, holder) if holder else place
    if isinstance(party, Party):
        move_in(post_of(visit), party, holder, visit.person, talk)


def _leave_referral(visit: Visit) -> bool:
    """Leave the case that asking for a human opened before the letter was accepted."""
    party, case = visit.party, visit.case
    if party is None or case is None or cases.is_over(case):
        return False
    cases.drop_needs(visit.session, case, party, visit.at)
    end(post_of(visit), case, "joined_by_letter", "system")
    party.person_id = case.due_at = None
    return True


def _let_go(visit: Visit) -> None:
    """Forget which letter it was: it was not for this person."""
    if visit.talk is not None:
        visit.talk.link_id = None
        visit.talk.notes = Notes()


def _join(visit: Visit) -> None:
    person = staff.join(visit.session, visit.person, _link(visit), visit.at)
    if visit.talk is not None:
        visit.talk.staff_id = person.id
    offer_waiting(post_of(visit), person)
    note = f"{person.role} {person.district}"
    records.audit(visit.session, f"staff {person.id}", "joined", None, visit.at, note)


def _link(visit: Visit) -> Link:
    talk = visit.talk
    link = visit.session.get(Link, talk.link_id) if talk and talk.link_id else None
    if link is None:
        raise ValueError("There is no letter behind this talk.")
    return link
