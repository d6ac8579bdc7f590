"""Somebody takes everything back: the same rows, in the chat and elsewhere."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from bot.storage import cases, consents, forgetting, holders, links
from bot.storage.consents import Shown, Subject
from bot.storage.tables import Case
from flows.effects import ConsentState, Purpose
from flows.facts import Interest


def withdraw(  # noqa: PLR0913 - what an event says, and of whom
    session: Session,
    subject: Subject,
    shown: Shown,
    at: datetime,
    *,
    by: str,
    said_on: date | None = None,
    stops: Purpose | None = None,
) -> None:
    """Take back every yes of a party or holder, and let go of what they have told.

    `stops` names what a stop is recorded to even where there was no yes.
    """
    back = consents.withdraw_all(session, subject, shown, at, by=by, said_on=said_on)
    if stops is not None and stops not in back:
        state = ConsentState.WITHDRAWN
        consents.say(session, subject, stops, state, shown, at, by=by, said_on=said_on)
    party, holder = subject.party, subject.holder
    case = session.get_one(Case, party.case_id)
    if holder is not None:
        holders.unsay(holder)
        holder.withdrawn_at = at
    else:
        cases.unsay(party)
        links.void_unopened(session, party, at)
        party.interest, party.withdrawn_at = Interest.NO, at
    forgetting.answers_of(session, holder or party)
    cases.drop_needs(session, case, holder or party, at)
