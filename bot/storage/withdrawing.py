"""Every yes is taken back: the same rows, in the chat and elsewhere."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from bot.storage import cases, consents, forgetting, holders, links, ways_back
from bot.storage.consents import Shown, Subject
from bot.storage.staff import COORDINATOR
from bot.storage.tables import Case, Holder, Party
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
    ways_back.void_moves(session, holder or party, at)
    if holder is not None:
        holders.unsay(holder)
        holder.withdrawn_at = at
    else:
        cases.unsay(party)
        links.void_unopened(session, party, at)
        party.interest, party.withdrawn_at = Interest.NO, at
    forgetting.answers_of(session, holder or party)
    cases.drop_needs(session, case, holder or party, at)


def take_out_written_down(
    session: Session, party: Party, holder: Holder, at: datetime
) -> bool:
    """Let nothing count that was written down for a holder; tell whether any was.

    A no goes as well: who has no authority stops nothing.
    """
    subject = Subject(party, holder)
    said = {
        purpose: word.event
        for purpose in Purpose
        if (word := consents.last(session, subject, purpose)) is not None
    }
    for purpose, event in said.items():
        shown = Shown(event.language, COORDINATOR, notice=event.notice)
        state = ConsentState.WITHDRAWN
        consents.say(session, subject, purpose, state, shown, at, by=COORDINATOR)
    return bool(said)
