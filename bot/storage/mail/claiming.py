"""Which messages may go now: whole chats are claimed, never a row out of its line.

A chat is passed over while its oldest row is under way or is not to be sent yet: what
comes after must not overtake it. Of a chat that is free, the rows up to its first new
message are claimed together, so that at most one message of a chat is ever in doubt.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, takewhile
from typing import Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from bot.storage.engine.lists import among
from bot.storage.engine.named_locks import is_alone
from bot.storage.engine.prepared import Prepared
from bot.storage.keys.keystore import KeyStore
from bot.storage.mail.due import Due
from bot.storage.mail.messages import NEW
from bot.storage.mail.outbox import keep_unread
from bot.storage.mail.pace import Limits, WholeBot, believed, keep, latest_wait
from bot.storage.mail.waiting import LeadingRow, leading_rows
from bot.storage.tables import Notice, OutboxRow

# Made once: they are executed with nearly every message.
_UNLOCKED: Final = Prepared(
    lambda dialect: (
        select(OutboxRow.id)
        .where(among(OutboxRow.id, "rows", dialect), OutboxRow.state == "waiting")
        .with_for_update(key_share=True, skip_locked=True)
    )
)
_UNDER_WAY: Final = Prepared(
    lambda dialect: (
        update(OutboxRow)
        .where(among(OutboxRow.id, "taken", dialect))
        .values(
            state="sending", sender=bindparam("by"), attempts=OutboxRow.attempts + 1
        )
    )
)


@dataclass(frozen=True, slots=True)
class Sending:
    """Who sends, and by which messenger."""

    sender: str
    channel: str


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
    chosen: list[LeadingRow] = field(default_factory=list)
    unwanted: list[LeadingRow] = field(default_factory=list)
    moments: list[datetime] = field(default_factory=list)

    def look_at(self, line: Iterable[LeadingRow]) -> None:
        """Choose the rows of one chat that may go."""
        for row in line:
            not_before = believed(row.not_before, latest_wait(self.now))
            if not_before is not None and not_before > self.now:
                self.moments.append(not_before)
                return
            if self._is_unwanted(row):
                self.unwanted.append(row)
            elif self._is_held(row):
                return
            else:
                self.chosen.append(row)
                self.room -= 1

    def _is_unwanted(self, row: LeadingRow) -> bool:
        """Tell whether nobody asked for it, and it comes too late or to a cover."""
        if row.notice_id is None:
            return False
        is_late = row.not_after is not None and row.not_after <= self.now
        return is_late or row.hidden_at is not None

    def _is_held(self, row: LeadingRow) -> bool:
        """Tell whether a limit holds a row back, and note until when."""
        chat, chat_full_at = self.limits.chat, row.full_at
        if row.kind in NEW and chat_full_at and not chat.room(chat_full_at, self.now):
            self.moments.append(chat.next_at(chat_full_at))
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
    pace: WholeBot,
    sender: Sending,
    limits: Limits,
    most_chats: int,
    now: datetime,
) -> Claimed:
    """Take what may go now; each row is marked as under way by this sender.

    `pace` is that of the whole bot, as read in this unit of work. What another unit of
    work has locked is left for the next time: nobody waits for one chat.
    """
    not_before = believed(pace.not_before, latest_wait(now))
    if not_before is not None and now < not_before:
        return Claimed(again_at=not_before)
    full_at = believed(pace.full_at, limits.bot.latest(now))
    room = limits.bot.room(full_at, now)
    if full_at is not None and room < 1:
        return Claimed(again_at=limits.bot.next_at(full_at))
    found = leading_rows(is_limited=limits.are_set).rows(
        session.connection(),
        {"channel": sender.channel, **_moments(limits, most_chats, now)},
    )
    choice = _Choice(limits, now, room, full_at)
    for _, line in groupby(found, lambda row: row.person_id):
        choice.look_at(line)
    if _drop(session, choice.unwanted):
        choice.moments.append(now)
    taken = _take(session, choice.chosen, sender.sender)
    if taken and limits.are_set:
        _keep_account(session, taken, limits, now)
        pace.full_at = limits.bot.taken(full_at, now, len(taken))
        keep(session, pace)
    return Claimed(_opened(keys, taken), min(choice.moments, default=None))


def _moments(limits: Limits, most_chats: int, now: datetime) -> dict[str, object]:
    return {
        "now": now,
        "has_room": now + limits.chat.slack,
        "latest_full": limits.chat.latest(now),
        "latest_wait": latest_wait(now),
        "most_chats": most_chats,
    }


def _drop(session: Session, rows: Sequence[LeadingRow]) -> bool:
    """Keep from a chat what was not asked for and is unwanted; it waits to be read."""
    if not rows:
        return False
    free = _unlocked(session, rows)
    notices = [row.notice_id for row in rows if row.id in free]
    # Somebody may be reading it just now: then its row is dropped the next time.
    known = select(Notice.id).where(Notice.id.in_(notices))
    locking = known.with_for_update(key_share=True, skip_locked=True)
    busy = set(session.scalars(known)) - set(session.scalars(locking))
    going = [row for row in rows if row.id in free and row.notice_id not in busy]
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.id.in_([row.id for row in going]))
        .values(state="dropped", payload=None)
    )
    keep_unread(session, [row.notice_id for row in going if row.notice_id])
    return bool(going)


def _take(
    session: Session, rows: Sequence[LeadingRow], sender: str
) -> Sequence[LeadingRow]:
    """Mark rows as under way, except for those that are locked or were just dropped.

    What comes after such a row in its chat waits with it, as it must not overtake it.
    """
    if not rows:
        return rows
    free = _unlocked(session, rows)
    taken: list[LeadingRow] = []
    for _, line in groupby(rows, lambda row: row.person_id):
        taken += takewhile(lambda row: row.id in free, line)
    if taken:
        rows_of = {"taken": [row.id for row in taken], "by": sender}
        _UNDER_WAY.rows(session.connection(), rows_of)
    return taken


def _unlocked(session: Session, rows: Sequence[LeadingRow]) -> set[int]:
    """Lock those of the rows that wait and that nobody else has locked."""
    found = [row.id for row in rows]
    if is_alone(session):
        return set(found)  # nothing has changed since they were found
    free = _UNLOCKED.rows(session.connection(), {"rows": found})
    return {row.id for row in free}


def _keep_account(
    session: Session, rows: Sequence[LeadingRow], limits: Limits, now: datetime
) -> None:
    """Note for each new message when its chat has rested again."""
    chat = limits.chat
    values = [
        {"row": row.id, "at": chat.taken(row.full_at, now, 1)}
        for row in rows
        if row.kind in NEW
    ]
    if values:
        session.connection().execute(
            update(OutboxRow)
            .where(OutboxRow.id == bindparam("row"))
            .values(full_at=bindparam("at")),
            values,
        )


def _opened(keys: KeyStore, rows: Sequence[LeadingRow]) -> list[list[Due]]:
    found = keys.keys_of({row.person_id for row in rows})
    return [
        [_due(row, found.get(person_id)) for row in line]
        for person_id, line in groupby(rows, lambda row: row.person_id)
    ]


def _due(row: LeadingRow, key: bytes | None) -> Due:
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
