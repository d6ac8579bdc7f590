"""Which messages may go now: whole chats are claimed, never a row out of its line.

A chat is passed over while its oldest row is under way or is not to be sent yet: what
comes after must not overtake it. Of a chat that is free, the rows up to its first new
message are claimed together, so that at most one message of a chat is ever in doubt.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, bindparam, update
from sqlalchemy.orm import Session

from bot.storage.keystore import KeyStore
from bot.storage.outbox import keep_unread
from bot.storage.pace import Limits
from bot.storage.sending import Due
from bot.storage.tables import OutboxRow, Pace
from bot.storage.waiting import leading_rows


@dataclass(frozen=True, slots=True)
class Claimed:
    """What one sender is to send, each chat's messages in order."""

    lines: Sequence[Sequence[Due]] = ()
    #: From when on more may go, if nothing new is said; None where nothing waits.
    again_at: datetime | None = None


@dataclass(slots=True)
class _Choice:
    """Goes through what was found and chooses, as long as there is room."""

    limits: Limits
    now: datetime
    room: int
    full_at: datetime | None
    chosen: list[Row[Any]] = field(default_factory=list)
    unwanted: list[Row[Any]] = field(default_factory=list)
    moments: list[datetime] = field(default_factory=list)

    def look_at(self, line: Iterable[Row[Any]]) -> None:
        """Choose the rows of one chat that may go."""
        for row in line:
            if row.not_before is not None and row.not_before > self.now:
                self.moments.append(row.not_before)
                return
            if row.hidden_at is not None and row.notice_id is not None:
                self.unwanted.append(row)
                self.moments.append(self.now)
            elif self._is_held(row):
                return
            else:
                self.chosen.append(row)
                self.room -= 1

    def _is_held(self, row: Row[Any]) -> bool:
        """Tell whether a limit holds a row back, and note until when."""
        chat = self.limits.chat
        if row.kind == "send" and not chat.room(row.full_at, self.now):
            self.moments.append(chat.next_at(row.full_at))
            return True
        if self.room < 1:
            taken = len(self.chosen)
            full_at = self.limits.bot.taken(self.full_at, self.now, taken)
            self.moments.append(self.limits.bot.next_at(full_at))
            return True
        return False


def claim(  # noqa: PLR0913, PLR0917 - each is a thing of its own
    session: Session,
    keys: KeyStore,
    pace: Pace,
    sender: str,
    limits: Limits,
    most_chats: int,
    now: datetime,
) -> Claimed:
    """Take what may go now; each row is marked as under way by this sender.

    `pace` is that of the whole bot, as read in this unit of work.
    """
    if pace.not_before is not None and now < pace.not_before:
        return Claimed(again_at=pace.not_before)
    room = limits.bot.room(pace.full_at, now)
    if pace.full_at is not None and room < 1:
        return Claimed(again_at=limits.bot.next_at(pace.full_at))
    found = session.execute(
        leading_rows(is_limited=limits.are_set),
        {"now": now, "has_room": now + limits.chat.slack, "most_chats": most_chats},
    )
    choice = _Choice(limits, now, room, pace.full_at)
    for _, line in groupby(found, lambda row: row.person_id):
        choice.look_at(line)
    _drop(session, choice.unwanted)
    taken = _take(session, choice.chosen, sender)
    if taken and limits.are_set:
        _keep_account(session, taken, limits, now)
        pace.full_at = limits.bot.taken(pace.full_at, now, len(taken))
    return Claimed(_opened(keys, taken), min(choice.moments, default=None))


def _drop(session: Session, rows: Sequence[Row[Any]]) -> None:
    """Keep from a covered chat what was not asked for; it waits to be read there."""
    if not rows:
        return
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.id.in_([row.id for row in rows]))
        .values(state="dropped", payload=None)
    )
    keep_unread(session, [row.notice_id for row in rows])


def _take(
    session: Session, rows: Sequence[Row[Any]], sender: str
) -> Sequence[Row[Any]]:
    """Mark rows as under way; a row that was dropped this very moment is not."""
    if not rows:
        return rows
    taken = session.scalars(
        update(OutboxRow)
        .where(OutboxRow.id.in_([row.id for row in rows]), OutboxRow.state == "waiting")
        .values(state="sending", sender=sender, attempts=OutboxRow.attempts + 1)
        .returning(OutboxRow.id),
        execution_options={"synchronize_session": False},
    )
    still = set(taken)
    return [row for row in rows if row.id in still]


def _keep_account(
    session: Session, rows: Sequence[Row[Any]], limits: Limits, now: datetime
) -> None:
    """Note for each new message when its chat has rested again."""
    chat = limits.chat
    values = [
        {"row": row.id, "at": chat.taken(row.full_at, now, 1)}
        for row in rows
        if row.kind == "send"
    ]
    if values:
        session.connection().execute(
            update(OutboxRow)
            .where(OutboxRow.id == bindparam("row"))
            .values(full_at=bindparam("at")),
            values,
        )


def _opened(keys: KeyStore, rows: Sequence[Row[Any]]) -> list[list[Due]]:
    found = keys.keys_of({row.person_id for row in rows})
    return [
        [_due(row, found.get(person_id)) for row in line]
        for person_id, line in groupby(rows, lambda row: row.person_id)
    ]


def _due(row: Row[Any], key: bytes | None) -> Due:
    return Due(
        id=row.id,
        person_id=row.person_id,
        kind=row.kind,
        payload=row.payload or b"",
        seal_id=row.seal_id,
        reply_handle=row.reply_handle,
        attempts=row.attempts + 1,
        target=row.target,
        key=key,
    )
