"""Messages on their way: queued with the turn that caused them, sent after it.

A row is committed together with what it tells of, so no message is lost and none tells
of something that did not happen. A message may arrive twice, when the program ends
between sending and marking.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from bot.addressing import MessageRef
from bot.storage.engine.ids import new_id
from bot.storage.engine.prepared import Prepared
from bot.storage.keys.sealing import seal
from bot.storage.mail.messages import (
    NEW,
    Blank,
    Close,
    Delete,
    Outgoing,
    kind_of,
    packed,
)
from bot.storage.tables import Notice, OutboxRow, Person

_CHANNEL: Final = select(Person.channel).where(Person.id == bindparam("of_person"))
# Made once: one is executed with every message, the other for every typed answer.
_INSERT: Final = Prepared(
    insert(OutboxRow).values(channel=_CHANNEL.scalar_subquery()).returning(OutboxRow.id)
)
_PROGRESS: Final = Prepared(
    select(
        OutboxRow.state,
        OutboxRow.message_key,
        OutboxRow.number,
        OutboxRow.dated_at,
        OutboxRow.sent_at,
    ).where(OutboxRow.id == bindparam("row"))
)


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message of ours that stands in somebody's chat."""

    row: int
    message: MessageRef
    sent_at: datetime


def queue(  # noqa: PLR0913 - each is a thing of its own
    session: Session,
    key: bytes,
    person_id: str,
    message: Outgoing,
    *,
    at: datetime,
    notice: Notice | None = None,
    not_after: datetime | None = None,
) -> int:
    """Put a message last in a person's line and tell its row.

    With a notice the message is one that the person has not just asked for: should
    their chat be covered when its turn comes, it is not sent and the notice waits. So
    it is when its turn comes later than it should be sent.
    """
    seal_id = new_id()
    row = {
        "person_id": person_id,
        "of_person": person_id,
        "kind": kind_of(message),
        "seal_id": seal_id,
        "payload": seal(key, "outbox", "payload", seal_id, packed(message)),
        "refers_to": message.of if isinstance(message, Close | Blank) else None,
        "notice_id": notice.id if notice else None,
        "created_at": at,
        "not_after": not_after,
        "state": "waiting",
        "attempts": 0,
    }
    # Not by the session, which would first write whatever else the turn has changed.
    (written,) = _INSERT.rows(session.connection(), row)
    row_id: int = written.id
    if isinstance(message, Delete):
        _forget(session, person_id, message.keys)
    return row_id


def drop_waiting(session: Session, person_id: str) -> int:
    """Drop what has not arrived in a chat, erase its words, and count it.

    What takes words away stays in line: somebody who hides twice has hidden once.
    Notices that it told of wait to be read.
    """
    return _drop(session, person_id, OutboxRow.kind.not_in(("delete", "blank")))


def drop_notices(session: Session, person_id: str, notices: Collection[int]) -> int:
    """Drop what has not arrived in a chat and only tells of these notices."""
    return _drop(session, person_id, OutboxRow.notice_id.in_(notices))


def drop_rows(session: Session, person_id: str, rows: Collection[int]) -> int:
    """Drop those of some messages that have not arrived in a chat."""
    return _drop(session, person_id, OutboxRow.id.in_(rows))


def _drop(session: Session, person_id: str, which: ColumnElement[bool]) -> int:
    on_their_way = (
        select(OutboxRow.id)
        .where(
            OutboxRow.person_id == person_id,
            OutboxRow.state.in_(("waiting", "sending")),
            which,
        )
        # In the order in which a sender takes them, or each might wait for the other.
        .order_by(OutboxRow.id)
        .with_for_update(key_share=True)
    )
    dropped = session.execute(
        update(OutboxRow)
        .where(OutboxRow.id.in_(on_their_way))
        .values(state="dropped", payload=None)
        .returning(OutboxRow.notice_id)
    )
    notices = dropped.scalars().all()
    keep_unread(session, [notice for notice in notices if notice is not None])
    return len(notices)


def keep_unread(session: Session, notices: Collection[int]) -> None:
    """Let notices wait to be read: what was to tell of them is not sent."""
    if notices:
        session.execute(
            update(Notice).where(Notice.id.in_(notices)).values(shown_at=None)
        )


def is_waiting(session: Session, person_id: str) -> bool:
    """Tell whether a new message to somebody waits that nobody has begun to send."""
    query = select(OutboxRow.id).where(
        OutboxRow.person_id == person_id,
        OutboxRow.state == "waiting",
        OutboxRow.kind.in_(NEW),
        # What tells of a notice is dropped where the chat is covered by then.
        OutboxRow.notice_id.is_(None),
    )
    return session.scalar(query.limit(1)) is not None


def sent_rows(
    session: Session, person_id: str, since: datetime | None = None
) -> list[SentMessage]:
    """List our messages that stand in a chat, oldest first, for hiding.

    Read as they are now: a sender may have noted one since this turn met its row.
    """
    query = (
        select(OutboxRow.id, OutboxRow.message_key, OutboxRow.number, OutboxRow.sent_at)
        .where(
            OutboxRow.person_id == person_id,
            OutboxRow.message_key.is_not(None),
        )
        .order_by(OutboxRow.id)
    )
    if since is not None:
        query = query.where(OutboxRow.sent_at > since)
    return [
        SentMessage(row.id, message, row.sent_at)
        for row in session.execute(query)
        if (message := _ref(row.message_key, row.number)) and row.sent_at is not None
    ]


def _ref(key: str | None, number: int | None) -> MessageRef | None:
    return MessageRef(key, number) if key is not None and number is not None else None


def key_of(session: Session, row_id: int) -> str | None:
    """Give the key of the message of a row; None before it is sent."""
    return session.scalar(select(OutboxRow.message_key).where(OutboxRow.id == row_id))


@dataclass(frozen=True, slots=True)
class DeliveryProgress:
    """How far a message of ours has come on its way into a chat."""

    #: waiting, sending, sent, failed or dropped.
    state: str
    #: Which message it is in the chat; None while that is not known.
    message: MessageRef | None
    #: When the messenger got it, by its own clock.
    at: datetime | None


def progress(session: Session, row_id: int) -> DeliveryProgress | None:
    """Tell how far the message of a row has come; None where it was erased."""
    found = _PROGRESS.rows(session.connection(), {"row": row_id})
    if not found:
        return None
    (row,) = found
    # One of before dates were kept was dated a moment before we noted it.
    message, at = _ref(row.message_key, row.number), row.dated_at or row.sent_at
    return DeliveryProgress(row.state, message, at)


def is_known(session: Session, person_id: str, key: str) -> bool:
    """Tell whether a message in a chat is one of ours that we have noted."""
    query = select(OutboxRow.id).where(
        OutboxRow.person_id == person_id, OutboxRow.message_key == key
    )
    return session.scalar(query.limit(1)) is not None


def is_last_said(session: Session, person_id: str, row_id: int) -> bool:
    """Tell whether a person was sent nothing after the message of a row."""
    query = select(func.max(OutboxRow.id)).where(
        OutboxRow.person_id == person_id, OutboxRow.kind.in_(NEW)
    )
    return session.scalar(query) == row_id


def _forget(session: Session, person_id: str, keys: Sequence[str]) -> None:
    """Messages that are about to be deleted are no more in the chat."""
    session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.person_id == person_id,
            OutboxRow.message_key.in_(keys),
        )
        .values(message_key=None, number=None)
    )
