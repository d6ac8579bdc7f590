"""Who was asked as a parent and never had authority: it stays with the case."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.tables import Holder, Party, WithoutAuthority


def keep(
    session: Session,
    holder: Holder,
    stood: str | None,
    source: str,
    by: str,
    at: datetime,
) -> None:
    """Keep that a holder never had authority, and how they stood until then."""
    session.add(
        WithoutAuthority(
            party_id=holder.party_id,
            n=holder.n,
            stood=stood,
            source=source,
            by=by,
            at=at,
        )
    )
    session.flush()


def of_party(session: Session, party: Party) -> Sequence[WithoutAuthority]:
    """List who never had authority over a party, as it was recorded."""
    query = select(WithoutAuthority).where(WithoutAuthority.party_id == party.id)
    return session.scalars(query.order_by(WithoutAuthority.at)).all()
