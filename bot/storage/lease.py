"""Leases: what only one process may do at a time, for some seconds and renewed.

Whoever has it renews it as long as it lives. When its process dies, the lease runs out
by itself; on the same machine that is seen at once.
"""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from platform import node
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.engine.ids import new_id
from bot.storage.engine.named_locks import Named, exclusive
from bot.storage.tables import Lease

#: The name of the lease on serving a database.
SERVING: Final = "serving"
#: Without being renewed, a lease holds for so long.
TERM: Final = timedelta(seconds=15)
#: What ends later than this was taken by a clock which has been set right since. Clocks
#: that differ by less than a term, or are set back by less, take nothing from anybody.
_LATEST: Final = 2 * TERM


@dataclass(frozen=True, slots=True)
class LeaseOwner:
    """A process: a random id, and how an operator or another process finds it."""

    id: str
    who: str
    #: Where process numbers mean the same as here; None where that is not known.
    machine: str | None
    process: int

    def is_gone(self, asking: "LeaseOwner") -> bool:
        """Tell whether this process has surely ended, as far as another can see."""
        if self.machine is None or self.machine != asking.machine:
            return False
        return self.process == asking.process or not _is_alive(self.process)


@dataclass(frozen=True, slots=True)
class Held:
    """Who has the lease, since when, and until when if it is not renewed."""

    by: LeaseOwner
    since: datetime
    until: datetime

    def is_over(self, asking: LeaseOwner, now: datetime) -> bool:
        """Tell whether another may have it: it ran out, or its holder has ended."""
        is_its_time = now < self.until <= now + _LATEST
        return not is_its_time or self.by.is_gone(asking)


def this_process() -> LeaseOwner:
    """Name the process that we are."""
    process = os.getpid()
    return LeaseOwner(new_id(), f"process {process} on {node()}", _machine(), process)


def take(session: Session, name: str, holder: LeaseOwner, now: datetime) -> Held:
    """Take or renew a lease; tell who has it now, which may be another one."""
    exclusive(session.connection(), Named.LEASES)
    lease = session.get(Lease, name)
    if lease is not None and lease.holder != holder.id:
        found = _held(lease)
        if not found.is_over(holder, now):
            return found
        lease.since = now
    if lease is None:
        lease = Lease(name=name, since=now)
        session.add(lease)
    lease.holder, lease.who, lease.until = holder.id, holder.who, now + TERM
    lease.machine, lease.process = holder.machine, holder.process
    return _held(lease)


def held(session: Session, name: str) -> Held | None:
    """Tell who took a lease last; it may have run out since."""
    lease = session.get(Lease, name)
    return _held(lease) if lease else None


def living(session: Session, kind: str, asking: LeaseOwner, now: datetime) -> set[str]:
    """Tell who has a lease named `<kind> <holder's id>`; those that ran out go away."""
    exclusive(session.connection(), Named.LEASES)
    query = select(Lease).where(Lease.name.startswith(f"{kind} ")).order_by(Lease.name)
    alive = {asking.id}
    for lease in session.scalars(query):
        found = _held(lease)
        if found.by == asking or not found.is_over(asking, now):
            alive.add(lease.holder)
        else:
            session.delete(lease)
    return alive


def held_now(session: Session, asking: LeaseOwner, now: datetime) -> Held | None:
    """Tell who has a lease at this moment, whichever it is; None if nobody has."""
    for lease in session.scalars(select(Lease).where(Lease.until > now)):
        if not (found := _held(lease)).is_over(asking, now):
            return found
    return None


def let_go(session: Session, name: str, holder_id: str) -> None:
    """Give a lease back before its time, if this holder still has it."""
    exclusive(session.connection(), Named.LEASES)
    lease = session.get(Lease, name)
    if lease is not None and lease.holder == holder_id:
        session.delete(lease)


def _held(lease: Lease) -> Held:
    holder = LeaseOwner(lease.holder, lease.who, lease.machine, lease.process)
    return Held(holder, lease.since, lease.until)


def _machine() -> str | None:
    """Name this boot of this machine and, for containers, the realm of its numbers."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        return f"{boot} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return None


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # it lives, as somebody else's
    return True
