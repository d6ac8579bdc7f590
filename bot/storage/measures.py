"""How much waits, and how cases stand: numbers of nobody in particular."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.storage.tables import Case, OutboxRow, Person


@dataclass(frozen=True, slots=True)
class Measures:
    """What the database tells of the work that is left."""

    #: Messages on their way, without those to chats that have blocked the bot.
    waiting: int
    #: Since when the oldest of them waits.
    waiting_since: datetime | None
    #: Chats that have blocked the bot.
    blocked: int
    #: How many cases stand where.
    cases: Mapping[str, int]


def measure(session: Session) -> Measures:
    """Count what waits and what there is."""
    on_the_way = (
        select(func.count(), func.min(OutboxRow.created_at))
        .select_from(OutboxRow)
        .join(Person, Person.id == OutboxRow.person_id)
        .where(OutboxRow.state.in_(("waiting", "sending")), Person.blocked_at.is_(None))
    )
    waiting, since = session.execute(on_the_way).one()
    blocked = select(func.count()).where(Person.blocked_at.is_not(None))
    stand = session.execute(select(Case.status, func.count()).group_by(Case.status))
    return Measures(
        waiting=waiting,
        waiting_since=since,
        blocked=session.scalars(blocked).one(),
        cases={row[0]: row[1] for row in stand},
    )
