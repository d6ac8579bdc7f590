"""Messages under way: what a sender holds, and what has become of it.

A row is marked as *sending* before the call and as *sent* after it. When the program
ends in between, the row is put back and may arrive twice; only such rows may.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Literal, TypeAlias

from sqlalchemy import (
    BigInteger,
    Row,
    Select,
    String,
    bindparam,
    exists,
    func,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from bot.addressing import MessageRef
from bot.storage import lease
from bot.storage.engine.columns import UtcDateTime
from bot.storage.engine.lists import among
from bot.storage.engine.prepared import Prepared
from bot.storage.lease import LeaseOwner
from bot.storage.mail.due import Due
from bot.storage.mail.messages import NEW, Delete
from bot.storage.mail.outbox import queue
from bot.storage.tables import OutboxRow, Person

#: The kind of lease that tells which senders are alive.
SENDER: Final = "sender"
_Row: TypeAlias = Row[int, str, int]


def _rows(dialect: str, *, skip_locked: bool = False) -> Select[int, str, int]:
    return (
        select(OutboxRow.id, OutboxRow.state, OutboxRow.attempts)
        .where(among(OutboxRow.id, "rows", dialect))
        .order_by(OutboxRow.id)
        .with_for_update(key_share=True, skip_locked=skip_locked)
    )


# Made once: asked with nearly every message.
_ROWS: Final = Prepared(_rows)
_FREE_ROWS: Final = Prepared(partial(_rows, skip_locked=True))
#: Messengers date what somebody writes in whole seconds.
_DATED_BEFORE: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What has become of a row: sent, failed, or waiting again."""

    due: Due
    state: Literal["sent", "failed", "waiting"]
    #: The message that was sent or got new words.
    message: MessageRef | None = None
    #: When that was, by the messenger's clock.
    dated_at: datetime | None = None
    #: A row that waits again is not taken before.
    not_before: datetime | None = None
    #: The class of the error; at a row that waits again only where it is in doubt.
    failure: str | None = None


_ENDED: Final = (
    update(OutboxRow)
    .where(OutboxRow.id == bindparam("row"))
    .values(
        state=bindparam("state"),
        payload=null(),
        sender=null(),
        message_key=bindparam("message_key", type_=String),
        number=bindparam("of_chat", type_=BigInteger),
        sent_at=bindparam("sent_at", type_=UtcDateTime()),
        dated_at=bindparam("dated_at", type_=UtcDateTime()),
        failure=func.coalesce(bindparam("failure", type_=String), OutboxRow.failure),
    )
)
_WAITS_AGAIN: Final = (
    update(OutboxRow)
    .where(OutboxRow.id == bindparam("row"))
    .values(
        state="waiting",
        sender=null(),
        not_before=bindparam("not_before", type_=UtcDateTime()),
        failure=func.coalesce(bindparam("failure", type_=String), OutboxRow.failure),
    )
)


def note(
    session: Session,
    outcomes: Sequence[Outcome],
    at: datetime,
    *,
    skip_locked: bool = False,
) -> list[Outcome]:
    """Write down what has become of rows, of many chats at once.

    Returns those whose rows another unit of work has locked, if these are to be
    skipped; they are to be noted the next time.

    A message whose row is not ours any more, because its chat was hidden or because
    we were taken for dead and another sender has it, is taken out of the chat.
    """
    if not outcomes:
        return []
    rows = _held(session, outcomes, skip_locked=skip_locked)
    locked = _locked(session, outcomes, rows) if skip_locked else set()
    ended, waiting = [], []
    for outcome in outcomes:
        row = rows.get(outcome.due.id)
        if row is None or _is_noted(row, outcome):
            continue
        if not _is_ours(row, outcome):
            _withdraw(session, row, outcome, at)
        elif outcome.state == "waiting":
            waiting.append(_wait(outcome))
        else:
            ended.append(_end(outcome, at))
    for statement, values in ((_ENDED, ended), (_WAITS_AGAIN, waiting)):
        if values:
            session.connection().execute(statement, values)
    return [outcome for outcome in outcomes if outcome.due.id in locked]


def park(
    session: Session, outcomes: Sequence[Outcome], began: datetime, at: datetime
) -> bool:
    """Keep a chat's messages until its person writes again; False: they just did.

    Their own turn may have come while our call was refused.
    """
    due = outcomes[0].due
    person = session.get(Person, due.person_id, with_for_update={"key_share": True})
    if person is None:
        return True
    has_written = session.scalar(
        select(
            exists().where(
                OutboxRow.person_id == due.person_id,
                OutboxRow.id > outcomes[-1].due.id,
                OutboxRow.notice_id.is_(None),
                OutboxRow.created_at > began - _DATED_BEFORE,
            )
        )
    )
    if not has_written:
        person.blocked_at = at
    note(session, outcomes, at)
    return not has_written


def put_back(session: Session, sender: str, known: Collection[int]) -> bool:
    """Put back what a sender has claimed without having heard that it has.

    Returns whether that is all; what is locked is to be put back the next time.
    """
    unheard = (
        select(OutboxRow.id)
        .where(
            OutboxRow.state == "sending",
            OutboxRow.sender == sender,
            OutboxRow.id.not_in(known),
        )
        .order_by(OutboxRow.id)
    )
    rows = set(session.scalars(unheard))
    locking = unheard.with_for_update(key_share=True, skip_locked=True)
    free = set(session.scalars(locking))
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.id.in_(free))
        .values(state="waiting", sender=null())
    )
    return free == rows


def take_back(session: Session, me: LeaseOwner, now: datetime) -> int:
    """Put back what senders had under way that are gone; count the new messages.

    These, and no others, may arrive twice.
    """
    alive = lease.living(session, SENDER, me, now)
    free = (
        select(OutboxRow.id)
        .where(
            OutboxRow.state == "sending",
            or_(OutboxRow.sender.is_(None), OutboxRow.sender.not_in(alive)),
        )
        .with_for_update(key_share=True, skip_locked=True)
    )
    orphaned = (
        update(OutboxRow)
        .where(OutboxRow.id.in_(free))
        .values(state="waiting", sender=null())
        .returning(OutboxRow.id, OutboxRow.kind)
    )
    back = session.execute(
        orphaned, execution_options={"synchronize_session": False}
    ).all()
    in_doubt = [row.id for row in back if row.kind in NEW]
    if in_doubt:
        session.execute(
            update(OutboxRow)
            .where(OutboxRow.id.in_(in_doubt))
            .values(failure="Interrupted")
        )
    return len(in_doubt)


def _held(
    session: Session, outcomes: Sequence[Outcome], *, skip_locked: bool
) -> dict[int, _Row]:
    ids = {"rows": [outcome.due.id for outcome in outcomes]}
    query = _FREE_ROWS if skip_locked else _ROWS
    found = query.rows(session.connection(), ids)
    return {row.id: row for row in found}


def _locked(
    session: Session, outcomes: Sequence[Outcome], held: Collection[int]
) -> set[int]:
    """Tell which rows are there that we could not hold: others were erased."""
    missing = [outcome.due.id for outcome in outcomes if outcome.due.id not in held]
    if not missing:
        return set()
    query = select(OutboxRow.id).where(OutboxRow.id.in_(missing))
    return set(session.scalars(query))


def _is_noted(row: _Row, outcome: Outcome) -> bool:
    """Tell whether this was written down before, though we were told that it failed."""
    if outcome.state == "waiting" or row.attempts != outcome.due.attempts:
        return False
    return bool(row.state == outcome.state)


def _is_ours(row: _Row, outcome: Outcome) -> bool:
    """Tell whether nobody has claimed or dropped the row since our claim."""
    is_same_claim: bool = row.attempts == outcome.due.attempts
    return is_same_claim and row.state in {"sending", "waiting"}


def _withdraw(session: Session, row: _Row, outcome: Outcome, at: datetime) -> None:
    """Take out of the chat what must not stand there: a second copy, a hidden word."""
    due, message = outcome.due, outcome.message
    is_wrong = due.kind in NEW or row.state == "dropped"
    if is_wrong and message is not None:
        key, deletion = due.opening_key, Delete((message.key,))
        queue(session, key, due.person_id, deletion, at=at)


def _end(outcome: Outcome, at: datetime) -> dict[str, object]:
    is_message = outcome.due.kind in NEW
    message = outcome.message if is_message else None
    return {
        "row": outcome.due.id,
        "state": outcome.state,
        "message_key": message.key if message else None,
        "of_chat": message.number if message else None,
        "sent_at": at if outcome.state == "sent" else None,
        "dated_at": outcome.dated_at if is_message else None,
        "failure": outcome.failure,
    }


def _wait(outcome: Outcome) -> dict[str, object]:
    return {
        "row": outcome.due.id,
        "not_before": outcome.not_before,
        "failure": outcome.failure,
    }
