"""An answer about consent and what follows from it: the same rows, however given."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bot.storage import cases, forgetting, holders, links, ways_back
from bot.storage.consent import consents
from bot.storage.consent.consents import Shown, Subject
from bot.storage.staff import COORDINATOR
from bot.storage.tables import Case, Holder, Party
from flows.effects import ConsentState, Purpose
from flows.rules.consequences import consequences


@dataclass(frozen=True, slots=True)
class Heard:
    """How an answer was given, and when and by whom it was heard."""

    shown: Shown
    at: datetime
    by: str
    #: Where it was said elsewhere, the day.
    said_on: date | None = None


def answer(
    session: Session,
    subject: Subject,
    purpose: Purpose,
    state: ConsentState,
    heard: Heard,
) -> None:
    """Record an answer, with what follows from it."""
    _say(session, subject, purpose, state, heard)
    _follow(session, subject, purpose, state, heard.at)


def withdraw(
    session: Session, subject: Subject, heard: Heard, stops: Purpose | None = None
) -> None:
    """Take back every yes of a party or holder, and let go of what they have told.

    `stops` names what a stop is recorded to even where there was no yes.
    """
    party, holder, at = subject.party, subject.holder, heard.at
    speaker, case = holder or party, session.get_one(Case, party.case_id)
    back = consents.withdraw_all(
        session, subject, heard.shown, at, by=heard.by, said_on=heard.said_on
    )
    state = ConsentState.WITHDRAWN
    if stops is not None and stops not in back:
        _say(session, subject, stops, state, heard)
    if holder is not None:
        holders.unsay(holder)
    else:
        cases.unsay(party)
    own = Purpose.PARENTAL_TAKE_PART if holder else Purpose.TAKE_PART
    _follow(session, subject, own, state, at)
    speaker.withdrawn_at = at
    forgetting.answers_of(session, speaker)
    cases.drop_needs(session, case, speaker, at)


def _say(
    session: Session,
    subject: Subject,
    purpose: Purpose,
    state: ConsentState,
    heard: Heard,
) -> None:
    consents.say(
        session,
        subject,
        purpose,
        state,
        heard.shown,
        heard.at,
        by=heard.by,
        said_on=heard.said_on,
    )


def _follow(
    session: Session,
    subject: Subject,
    purpose: Purpose,
    state: ConsentState,
    at: datetime,
) -> None:
    """Write what follows from an answer into the rows of whoever gave it."""
    follows, party = consequences(purpose, state), subject.party
    speaker = subject.holder or party
    if follows.interest is not None:
        party.interest = follows.interest
    if follows.brings_back:
        speaker.withdrawn_at = None
    if follows.closes_moves:
        ways_back.void_moves(session, speaker, at)
    if follows.closes_invitations:
        links.void_unopened(session, party, at)


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
