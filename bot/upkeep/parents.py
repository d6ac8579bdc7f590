"""What the clock does about parents: a talk may rest, and who is silent is reminded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.chat.notices import REMINDER, retract, tell, tell_coordinators
from bot.chat.post import Post
from bot.clock import DANISH_TIME, danish_day
from bot.queue.standing import awaited_in_vain, look
from bot.storage import cases, holders, intake, links, talks
from bot.storage.sides import gathered
from bot.storage.tables import Case, Holder, Person, Talk
from flows import FLOWS
from flows.facts import Majority
from flows.resting_places import frozen, is_at_end, is_without_yes
from flows.rules.case import RELEASED, Status
from flows.rules.days import (
    NIGHT_BEGINS,
    Reminded,
    is_night,
    is_silent,
    reminder_on,
    seen_on,
)
from flows.rules.holders import HolderStanding, says_no


@dataclass(frozen=True, slots=True)
class Parent:
    """A holder with where they stand, and whether the child still is a minor."""

    holder: Holder
    standing: HolderStanding
    is_for_minor: bool


def freeze(post: Post, case: Case) -> None:
    """Let the talks of parents rest whose child is turning 18, or has."""
    for parent in _parents(post, case):
        talk = talks.of(post.session, parent.holder)
        if not parent.is_for_minor and talk is not None:
            _freeze(post, parent, talk)


def remind(post: Post, case: Case) -> None:
    """Remind parents who have not answered, by day and while the intake is open."""
    if Status(case.status) in RELEASED or intake.closed_since(post.session):
        return
    if is_night(post.at.astimezone(DANISH_TIME).time()):
        return
    asked = {need.holder_id for need in cases.open_needs(post.session, case)}
    for parent in _parents(post, case):
        day = _reminder_day(post, parent)
        waits_for_human = parent.holder.id in asked
        if day is not None and day <= danish_day(post.at) and not waits_for_human:
            _remind(post, parent.holder)


def tell_of_lapsed(post: Post, case: Case) -> None:
    """Ask the coordinators to look where a parent's link has run out unopened.

    Once for each link; also when the day on which it should have been was left out.
    """
    today = danish_day(post.at)
    looked_on = case.due_at or today
    lapsed = {_lapse_day(post, holder) for holder in awaited_in_vain(post, case)}
    if any(d and (d == today or looked_on < d < today) for d in lapsed):
        tell_coordinators(post, case)


def days(post: Post, case: Case) -> Iterator[date]:
    """List the days on which parents of a case are to be reminded."""
    if Status(case.status) in RELEASED:
        return
    tomorrow = danish_day(post.at) + timedelta(days=1)
    for parent in _parents(post, case):
        if (day := _reminder_day(post, parent)) is not None:
            # One that could not be sent today is tried again.
            yield max(day, tomorrow)
    for holder in holders.of_case(post.session, case):
        if (day := _lapse_day(post, holder)) is not None:
            yield day


def _reminder_day(post: Post, parent: Parent) -> date | None:
    """Tell from which day on a parent may be reminded; None if never."""
    holder = parent.holder
    if holder.joined_at is None or not parent.is_for_minor:
        return None
    if not is_silent(parent.standing):
        return None
    reminded = Reminded(
        danish_day(holder.joined_at),
        holder.reminders,
        danish_day(holder.reminded_at) if holder.reminded_at else None,
    )
    return reminder_on(reminded, post.tools.holder_reminders)


def _lapse_day(post: Post, holder: Holder) -> date | None:
    """Tell on which day the batch finds a link run out that nobody has opened."""
    for link in links.of_holder(post.session, holder):
        if link.voided_at is None and link.person_id is None:
            local = link.expires_at.astimezone(DANISH_TIME)
            return seen_on(local.date(), local.time())
    return None


def _parents(post: Post, case: Case) -> Iterator[Parent]:
    """List everybody who speaks as a holder in a case."""
    parties = cases.parties(post.session, case)
    sides = gathered(post.session, case, parties, look(post))
    for party, side in zip(parties, sides, strict=True):
        is_minor = side.majority in {None, Majority.MINOR}
        found = holders.of_party(post.session, party) if side.holders else ()
        for holder, standing in zip(found, side.holders, strict=True):
            yield Parent(holder, standing, is_minor)


def _freeze(post: Post, parent: Parent, talk: Talk) -> None:
    rests = frozen(FLOWS, talks.position(talk))
    if rests is None:
        return
    talks.put(talk, rests, post.at)
    retract(post.session, talk, post.at)
    if not says_no(parent.standing):
        tell(post, parent.holder, "notice.frozen")


def _remind(post: Post, holder: Holder) -> None:
    """Say once more that a question is open, unless the parent would not see it."""
    talk = talks.of(post.session, holder)
    person = post.session.get(Person, holder.person_id) if holder.person_id else None
    if talk is None or person is None or _is_left_in_peace(person, talk):
        return
    retract(post.session, talk, post.at, REMINDER)
    holder.reminders += 1
    holder.reminded_at = post.at
    tell(post, holder, REMINDER, _tonight(post.at))


def _is_left_in_peace(person: Person, talk: Talk) -> bool:
    if person.hidden_at is not None or person.blocked_at is not None:
        return True
    position = talks.position(talk)
    return is_without_yes(FLOWS, position) or is_at_end(position)


def _tonight(at: datetime) -> datetime:
    """Tell when it is too late for what should have been sent today."""
    return datetime.combine(danish_day(at), NIGHT_BEGINS, DANISH_TIME)
