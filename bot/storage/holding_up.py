"""Whom a need for a human holds up: they go on only when it is settled."""

from typing import Final

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from bot.storage.consents import YES
from bot.storage.tables import ConsentEvent, ConsentRecord, HumanNeed, Party
from flows.effects import ConsentState, Purpose, Reason
from flows.reasons import handling

# What whoever stands in a party's place has last said in the chat on taking part.
_SAID: Final = (
    select(ConsentEvent)
    .join(
        ConsentRecord,
        and_(
            ConsentRecord.id == ConsentEvent.consent_id,
            ConsentRecord.head == ConsentEvent.hash,
        ),
    )
    .join(
        Party,
        and_(
            Party.id == ConsentRecord.party_id,
            Party.person_id == ConsentRecord.person_id,
        ),
    )
    .where(
        Party.id == bindparam("party"),
        ConsentRecord.holder_id.is_(None),
        ConsentRecord.purpose == Purpose.TAKE_PART,
    )
)


def holds_up(session: Session, need: HumanNeed) -> bool:
    """Tell whether whoever a need is about may not go on before it is settled.

    What is looked at only because both sides are willing holds nobody up: it would
    tell that the other side is.
    """
    handled = handling(Reason(need.reason))
    if not handled.holds_up:
        return False
    return not (handled.lasts and _came_of_a_yes(session, need))


def _came_of_a_yes(session: Session, need: HumanNeed) -> bool:
    """Tell whether the party had said yes before, and so has not asked for it."""
    if need.party_id is None or need.holder_id is not None:
        return False
    said = session.scalar(_SAID, {"party": need.party_id})
    if said is None:
        return False
    if said.state == ConsentState.EXPIRED:
        return need.raised_at < said.at
    return said.state in YES
