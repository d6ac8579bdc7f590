"""What opens a covered chat: letters that were taken up, and codes that were given."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.storage import links
from bot.storage.keys.keystore import KeyStore
from bot.storage.tables import Holder, Link, Party, Person

#: What holds for a link that opens the chat of the person to whom it is bound.
_OPENS: Final = (Link.voided_at.is_(None), Link.bound_at.is_not(None))


def make_own(session: Session, keys: KeyStore, person: Person, at: datetime) -> str:
    """Give somebody without a letter a code of their own; earlier ones are void."""
    void_own(session, person, at)
    return make_bound(session, keys, links.Leads(links.OWN), person, at)


def make_bound(
    session: Session, keys: KeyStore, leads: links.Leads, person: Person, at: datetime
) -> str:
    """Make a code that is somebody's own from the beginning; it does not run out."""
    token = links.make(session, keys, leads, at, timedelta(0))
    session.execute(
        update(Link)
        .where(Link.token_hash == keys.hash_token(token))
        .values(person_id=person.id, bound_at=at)
    )
    return token


def void_own(session: Session, person: Person, at: datetime) -> None:
    """Let the codes that somebody was given without a letter open nothing any more."""
    theirs = (
        Link.role == links.OWN,
        Link.person_id == person.id,
        Link.voided_at.is_(None),
    )
    session.execute(update(Link).where(*theirs).values(voided_at=at))


def has_own(session: Session, person: Person) -> bool:
    """Tell whether somebody was ever given a code of their own."""
    query = select(Link.id).where(Link.person_id == person.id, Link.role == links.OWN)
    return session.scalar(query.limit(1)) is not None


def has_way_back(session: Session, person: Person) -> bool:
    """Tell whether a letter or a code opens somebody's chat when it is covered."""
    query = select(Link.id).where(Link.person_id == person.id, *_OPENS)
    return session.scalar(query.limit(1)) is not None


def opens_for(link: Link, person: Person) -> bool:
    """Tell whether a link opens somebody's covered chat: they took it up themselves.

    One that others made for them, as a child does anew for a parent, does not.
    """
    is_theirs = link.person_id == person.id and link.voided_at is None
    return is_theirs and link.bound_at is not None


def void_moves(session: Session, place: Party | Holder, at: datetime) -> None:
    """Let nobody take a place over from another account: who has it said no or stop."""
    leads_there = Link.party_id if isinstance(place, Party) else Link.holder_id
    waits = (
        leads_there == place.id,
        Link.person_id.is_(None),
        Link.voided_at.is_(None),
    )
    if place.person_id is not None:
        session.execute(update(Link).where(*waits).values(voided_at=at))
