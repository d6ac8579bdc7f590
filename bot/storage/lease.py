"""The right to do what only one process may do at a time, lent for some seconds.

Whoever has it renews it as long as it lives. When its process dies, the right runs out
by itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from bot.storage.tables import Lease

#: Without being renewed, a lease holds for so long.
TERM: Final = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Holder:
    """A process: a random id of its own, and how an operator finds it."""

    id: str
    who: str


@dataclass(frozen=True, slots=True)
class Held:
    """Who has the right, since when, and until when if it is not renewed."""

    by: Holder
    since: datetime
    until: datetime


def take(session: Session, name: str, holder: Holder, now: datetime) -> Held:
    """Take or renew a lease; tell who has it now, which may be another one."""
    lease = session.get(Lease, name, with_for_update=True)
    if lease is None:
        lease = Lease(name=name, since=now)
        session.add(lease)
    elif lease.holder != holder.id:
        if now < lease.until:
            return _held(lease)
        lease.since = now
    lease.holder, lease.who, lease.until = holder.id, holder.who, now + TERM
    return _held(lease)


def held(session: Session, name: str) -> Held | None:
    """Tell who took a lease last; it may have run out since."""
    lease = session.get(Lease, name)
    return _held(lease) if lease else None


def let_go(session: Session, name: str, holder_id: str) -> None:
    """Give a lease back before its time, if this holder still has it."""
    lease = session.get(Lease, name)
    if lease is not None and lease.holder == holder_id:
        session.delete(lease)


def _held(lease: Lease) -> Held:
    return Held(Holder(lease.holder, lease.who), lease.since, lease.until)
