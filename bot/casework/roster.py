"""Mediators and coordinators: invited, listed, and let go."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.casework.refusals import Refused
from bot.chat.notices import close
from bot.chat.post import Post
from bot.queue.card_in_chat import take_out
from bot.storage import cases, links, locks, records, staff, talks
from bot.storage.links import Leads
from bot.storage.tables import Person, Staff
from flows import FLOWS
from flows.always import AFTER_SERVING
from flows.engine import start

#: What can be done for a case whose mediator serves no more.
WITHOUT_MEDIATOR: Final = (
    "Read each with konfliktraad case card, call its parties, end it with konfliktraad "
    "case end, and open it anew with konfliktraad case open."
)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A new link by which somebody joins the staff of a district."""

    role: str
    district: str
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who serves."""

    id: str
    role: str
    district: str
    name: str | None
    joined: datetime


@dataclass(frozen=True, slots=True)
class Removal:
    """Who was let go, and the cases that they had taken."""

    member: Member
    cases: Sequence[str]


def invite(
    post: Post, role: str, district: str, name: str | None, days: int
) -> Invitation:
    """Make a link by which one person joins, valid for so many days."""
    valid = timedelta(days=days)
    leads = Leads(role, district=district, label=name)
    token = links.make(post.session, post.tools.keys, leads, post.at, valid)
    note = f"{role} {district}"
    records.audit(post.session, "command line", "staff invited", None, post.at, note)
    return Invitation(role, district, token, post.at + valid)


def members(post: Post) -> list[Member]:
    """List everybody who serves, by district."""
    return [_member(one) for one in staff.listed(post.session)]


def remove(post: Post, staff_id: str) -> Removal:
    """Let somebody serve no more; raises `Refused` if nobody with this id does.

    The cards of their cases are taken out of their chat; the cases stay as they are.
    """
    one = serving_now(post, staff_id)
    one.removed_at = post.at
    note = f"{one.role} {one.district}"
    records.audit(post.session, "command line", "staff removed", None, post.at, note)
    taken = cases.taken_by(post.session, one)
    for case in taken:
        take_out(post, case)
    _let_rest(post, one)
    return Removal(_member(one), [case.reference for case in taken])


def would_remove(post: Post, staff_id: str) -> Removal:
    """Name who would be let go; raises `Refused` if nobody with this id serves."""
    one = serving_now(post, staff_id)
    taken = cases.taken_by(post.session, one)
    return Removal(_member(one), [case.reference for case in taken])


def serving_now(post: Post, staff_id: str) -> Staff:
    """Find somebody who serves, when they are not taking a case at this moment.

    Raises:
        Refused: nobody with this id serves.
    """
    one = post.session.get(Staff, staff_id)
    if one is not None:
        locks.person(post.session, one.person_id)
        post.session.refresh(one)
    if one is None or one.removed_at is not None:
        raise Refused("Nobody serves under this id; see konfliktraad staff list.")
    return one


def _let_rest(post: Post, one: Staff) -> None:
    """Let their talk say, once they write, that they serve no more."""
    talk = talks.of_staff(post.session, one)
    if talk is not None:
        close(post, post.session.get_one(Person, one.person_id), talk)
        # The district names the office that they can call.
        talk.notes = replace(talk.notes, district=one.district)
        talks.put(talk, start(FLOWS, AFTER_SERVING[one.role]), post.at)


def _member(one: Staff) -> Member:
    return Member(one.id, one.role, one.district, one.label, one.joined_at)
