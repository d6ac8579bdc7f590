"""What is done about a turn that cannot be made, however often it is tried."""

import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from traceback import extract_tb

from bot.addressing import EventRef
from bot.chat import hiding
from bot.chat.notices import tell_of_failure
from bot.chat.post import Post
from bot.chat.screens import ask, say
from bot.chat.tools import Tools
from bot.chat.visit import Visit
from bot.conversation import hearing
from bot.conversation.turn import visit_of
from bot.incoming import Blocked, Incoming, Unblocked, Unusable
from bot.storage import Session, people, records
from flows.model import msg

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """Class and place of an error; its own words may hold what a person wrote."""

    error: str
    place: str

    def __str__(self) -> str:
        """Name the error as it stands in a log."""
        return f"{self.error} in {self.place}"


def failure_of(error: Exception) -> Failure:
    """Name an error by its class and by where it was raised."""
    frame = extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    return Failure(type(error).__name__, place)


def give_up(
    session: Session, tools: Tools, incoming: Incoming, failure: Failure
) -> None:
    """Record a turn as failed; tell the person, and the coordinators of their case."""
    if not records.is_new(session, incoming.event, incoming.at):
        return
    known = people.find(session, tools.keys, incoming.sender)
    records.add_failed_turn(
        session,
        incoming.event,
        known.person if known else None,
        failure.error,
        failure.place,
        incoming.at,
    )
    match incoming.content:
        case Blocked() | Unblocked() | Unusable(kind="group"):
            return
    visit = visit_of(session, tools, incoming, known)
    hearing.note(visit, incoming)
    if visit.person.hidden_at is not None:
        # A covered chat must not tell what it is about, not even now.
        hiding.cover_again(visit)
    else:
        say(visit, msg("common.failed"))
        _ask_again(visit)
    if visit.case is not None:
        tell_of_failure(Post(session, tools, incoming.at), visit.case)


def _ask_again(visit: Visit) -> None:
    """Ask what is asked, where there is a question and it is not what fails."""
    if visit.talk is None:
        return
    try:
        with visit.session.begin_nested():
            ask(visit, again=True)
    except Exception as error:  # noqa: BLE001 - what was said must be sent all the same
        _log.error("The question could not be asked again (%s).", failure_of(error))


def only_record(session: Session, incoming: Incoming, failure: Failure) -> None:
    """Record a turn as failed where not even that can be told to anybody."""
    record_unreadable(session, incoming.event, failure, incoming.at)


def record_unreadable(
    session: Session, event: EventRef, failure: Failure, at: datetime
) -> None:
    """Record an update as failed of which nobody knows whose it is."""
    if records.is_new(session, event, at):
        records.add_failed_turn(session, event, None, failure.error, failure.place, at)
