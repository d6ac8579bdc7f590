"""Whom a need for a human holds up: they go on only when it is settled."""

from sqlalchemy.orm import Session

from bot.storage.consent import consents
from bot.storage.consent.consents import Subject
from bot.storage.tables import HumanNeed, Party, Person
from flows.effects import ConsentState, Purpose, Reason
from flows.rules.reasons import handling


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
    party = session.get_one(Party, need.party_id)
    person = session.get(Person, party.person_id) if party.person_id else None
    word = consents.last(session, Subject(party, None, person), Purpose.TAKE_PART)
    if word is None:
        return False
    if word.said.state is ConsentState.EXPIRED:
        return need.raised_at < word.event.at
    return word.said.is_yes
