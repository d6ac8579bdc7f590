"""Whether people are taken in just now; every process sees it with its next turn."""

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.engine.conflicts import insert_once
from bot.storage.engine.prepared import Prepared
from bot.storage.tables import Meta

_CLOSED: Final = "intake_closed_since"
#: Asked at every turn, so it is put together once.
_SINCE: Final = Prepared(select(Meta.value).where(Meta.name == _CLOSED))


def closed_since(session: Session) -> datetime | None:
    """Tell since when the intake is closed; None while it is open."""
    found = _SINCE.rows(session.connection(), {})
    return datetime.fromisoformat(found[0].value) if found else None


def close(session: Session, at: datetime) -> bool:
    """Close the intake; False if it was closed before."""
    row = {"name": _CLOSED, "value": at.isoformat(timespec="seconds")}
    return insert_once(session.connection(), Meta, row)


def open_again(session: Session) -> bool:
    """Open the intake; False if it was open before."""
    found = session.get(Meta, _CLOSED)
    if found is not None:
        session.delete(found)
    return found is not None
