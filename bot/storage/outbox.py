"""Messages on their way: queued with the turn that caused them, sent after it.

A row is committed together with what it tells of, so no message is lost and none tells
of something that did not happen. A message may arrive twice, when the program ends
between sending and marking.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, aliased

from bot.storage.messages import (
    Blank,
    Close,
    Delete,
    Edit,
    Outgoing,
    Send,
    kind_of,
    packed,
    unpacked,
)
from bot.storage.sealing import seal, unseal
from bot.storage.tables import OutboxRow, Person


@dataclass(frozen=True, slots=True)
class Due:
    """A row whose turn it is, still sealed."""

    id: int
    person_id: str
    kind: str
    payload: bytes
    reply_handle: bytes
    #: How often sending was begun before.
    attempts: int
    #: Telegram's id of the earlier row's message; None when there is none.
    target: int | None

    def message(self, key: bytes) -> Outgoing:
        """Open the message with the person's key."""
        text = unseal(key, "outbox", "payload", str(self.id), self.payload)
        return unpacked(self.kind, text)

    def chat(self, key: bytes) -> int:
        """Open the chat's number with the person's key."""
        sealed = self.reply_handle
        return int(unseal(key, "people", "reply_handle", self.person_id, sealed))


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message of ours that stands in somebody's chat."""

    row: int
    message_id: int
    sent_at: datetime
    has_buttons: bool


def queue(
    session: Session,
    key: bytes,
    person_id: str,
    message: Outgoing,
    *,
    at: datetime,
) -> int:
    """Put a message last in a person's line and tell its row."""
    row = OutboxRow(
        person_id=person_id,
        kind=kind_of(message),
        refers_to=_referred(session, person_id, message),
        has_buttons=isinstance(message, Send) and bool(message.buttons),
        created_at=at,
    )
    session.add(row)
    session.flush()
    row.payload = seal(key, "outbox", "payload", str(row.id), packed(message))
    session.flush()
    if isinstance(message, Delete):
        _forget(session, person_id, message.message_ids)
    return row.id


def next_due(session: Session, now: datetime, limit: int) -> list[Due]:
    """List the oldest waiting row of each chat, longest waiting first.

    A chat is passed over while its oldest row is being sent or is not to be sent yet:
    what comes after it must not overtake it. So is a chat that has blocked the bot.
    """
    oldest = (
        select(func.min(OutboxRow.id))
        .where(OutboxRow.state.in_(("waiting", "sending")))
        .group_by(OutboxRow.person_id)
    )
    earlier = aliased(OutboxRow)
    query = (
        select(OutboxRow, Person.reply_handle, earlier.message_id)
        .join(Person, Person.id == OutboxRow.person_id)
        .outerjoin(earlier, earlier.id == OutboxRow.refers_to)
        .where(
            OutboxRow.id.in_(oldest),
            OutboxRow.state == "waiting",
            OutboxRow.not_before.is_(None) | (OutboxRow.not_before <= now),
            Person.blocked_at.is_(None),
        )
        .order_by(OutboxRow.id)
        .limit(limit)
    )
    return [_due(*found) for found in session.execute(query)]


def mark_sending(session: Session, row_id: int) -> bool:
    """Take a row for sending; False when it was dropped or taken meanwhile."""
    row = session.get_one(OutboxRow, row_id)
    if row.state != "waiting":
        return False
    row.state = "sending"
    row.attempts += 1
    return True


def mark_sent(
    session: Session, row_id: int, message_id: int | None, at: datetime
) -> bool:
    """Note that a row has done its work and erase its words.

    False means that the row was dropped while it was under way, because the chat was
    hidden: the caller deletes the message at once.
    """
    row = session.get_one(OutboxRow, row_id)
    was_kept = row.state != "dropped"
    row.payload, row.sent_at = None, at
    if row.kind == "send":
        row.message_id = message_id
    if was_kept:
        row.state = "sent"
    if row.refers_to is not None:
        session.get_one(OutboxRow, row.refers_to).has_buttons = False
    return was_kept


def mark_failed(session: Session, row_id: int, failure: str) -> None:
    """Give a row up and erase its words; `failure` is the class of the error."""
    row = session.get_one(OutboxRow, row_id)
    row.payload, row.failure = None, failure
    if row.state != "dropped":
        row.state = "failed"


def retry_at(session: Session, row_id: int, when: datetime) -> None:
    """Put a row that could not be sent back to its place, not before a moment."""
    row = session.get_one(OutboxRow, row_id)
    if row.state == "sending":
        row.state, row.not_before = "waiting", when


def drop_waiting(session: Session, person_id: str) -> int:
    """Drop what has not arrived in a chat, erase its words, and count it.

    What takes words away stays in line: somebody who hides twice has hidden once.
    """
    dropped = session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.person_id == person_id,
            OutboxRow.state.in_(("waiting", "sending")),
            OutboxRow.kind.not_in(("delete", "blank")),
        )
        .values(state="dropped", payload=None)
        .returning(OutboxRow.id)
    )
    return len(dropped.all())


def recover(session: Session) -> list[int]:
    """Return rows that an earlier run left in sending; each may arrive twice.

    Only at start, before the first row is taken.
    """
    returned = session.scalars(
        update(OutboxRow)
        .where(OutboxRow.state == "sending")
        .values(state="waiting")
        .returning(OutboxRow.id)
    )
    return sorted(returned)


def sent_rows(session: Session, person_id: str) -> list[SentMessage]:
    """List our messages that stand in a chat, oldest first, for hiding."""
    query = (
        select(OutboxRow)
        .where(OutboxRow.person_id == person_id, OutboxRow.message_id.is_not(None))
        .order_by(OutboxRow.id)
    )
    return [
        SentMessage(row.id, row.message_id, row.sent_at, row.has_buttons)
        for row in session.scalars(query)
        if row.message_id is not None and row.sent_at is not None
    ]


def message_of(session: Session, row_id: int) -> int | None:
    """Give Telegram's id of the message of a row; None before it is sent."""
    row = session.get(OutboxRow, row_id)
    return row.message_id if row else None


def is_last_said(session: Session, person_id: str, row_id: int) -> bool:
    """Tell whether a person was sent nothing after the message of a row."""
    query = select(func.max(OutboxRow.id)).where(
        OutboxRow.person_id == person_id, OutboxRow.kind == "send"
    )
    return session.scalar(query) == row_id


def _referred(session: Session, person_id: str, message: Outgoing) -> int | None:
    match message:
        case Close(of) | Blank(of):
            return of
        case Edit(of=int(of)):
            return of
        case Edit(message_id=message_id):
            return session.scalar(
                select(OutboxRow.id).where(
                    OutboxRow.person_id == person_id,
                    OutboxRow.message_id == message_id,
                )
            )
        case Send() | Delete():
            return None


def _forget(session: Session, person_id: str, message_ids: Sequence[int]) -> None:
    """Messages that are about to be deleted are no more in the chat."""
    session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.person_id == person_id,
            OutboxRow.message_id.in_(message_ids),
        )
        .values(message_id=None, has_buttons=False)
    )


def _due(row: OutboxRow, reply_handle: bytes, target: int | None) -> Due:
    return Due(
        id=row.id,
        person_id=row.person_id,
        kind=row.kind,
        payload=row.payload or b"",
        reply_handle=reply_handle,
        attempts=row.attempts,
        target=target,
    )
