"""That a human made sure of a holder, sealed together with the yes that it is about."""

import json
from datetime import UTC

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot.storage.keys.keystore import KeyStore
from bot.storage.tables import ConsentEvent, ConsentRecord, Holder
from flows.effects import ConsentState, Purpose


def seal(keys: KeyStore, holder: Holder, yes: ConsentEvent) -> str:
    """Hash who made sure, when, on which day and how, and of which yes."""
    at, on = holder.verified_at, holder.verified_on
    said = {
        "holder": holder.id,
        "yes": yes.hash,
        "at": at.astimezone(UTC).isoformat() if at else None,
        "on": on.isoformat() if on else None,
        "method": holder.verified_method,
        "by": holder.verified_by,
    }
    line = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return keys.hash_verification(line).hex()


def is_as_written(session: Session, keys: KeyStore, holder: Holder) -> bool:
    """Tell whether it stands with the holder as it was written, or not at all."""
    if holder.verified_at is None:
        return holder.verified_hash is None
    return any(
        seal(keys, holder, yes) == holder.verified_hash
        for yes in session.scalars(_yeses(holder))
    )


def forget(holder: Holder) -> None:
    """Take it back: somebody has to make sure anew."""
    holder.verified_at = holder.verified_on = None
    holder.verified_method = holder.verified_by = holder.verified_hash = None


def _yeses(holder: Holder) -> Select[ConsentEvent]:
    return (
        select(ConsentEvent)
        .join(ConsentRecord, ConsentRecord.id == ConsentEvent.consent_id)
        .where(
            ConsentRecord.holder_id == holder.id,
            ConsentRecord.purpose == Purpose.PARENTAL_TAKE_PART,
            ConsentEvent.state.in_((ConsentState.GIVEN, ConsentState.RECONFIRMED)),
        )
    )
