"""The query for what waits: of each chat that is free, the rows that may be next."""

from datetime import datetime
from functools import cache
from typing import Any, Final, Protocol

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Subquery,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from bot.storage.engine.columns import UtcDateTime
from bot.storage.engine.prepared import Prepared
from bot.storage.tables import OutboxRow, Person

_NOW: Final = bindparam("now", type_=UtcDateTime())
_HAS_ROOM: Final = bindparam("has_room", type_=UtcDateTime())
_LATEST_FULL: Final = bindparam("latest_full", type_=UtcDateTime())
_LATEST_WAIT: Final = bindparam("latest_wait", type_=UtcDateTime())


class LeadingRow(Protocol):
    """A row that may go next, and its chat."""

    id: int
    person_id: str
    kind: str
    payload: bytes | None
    seal_id: str
    attempts: int
    not_before: datetime | None
    not_after: datetime | None
    notice_id: int | None
    reply_handle: bytes
    hidden_at: datetime | None
    #: When the chat has rested from what it was sent last.
    full_at: datetime | None
    #: The key of the earlier row's message; None when there is none.
    target: str | None


@cache
def leading_rows(*, is_limited: bool) -> Prepared:
    """Find the rows up to the first new message of each chat, in order.

    Chats that may go now come first, and among these the one that was served longest
    ago: a long line must not hold up the others.

    The values that it takes are `now`, `has_room` (a chat that is full by then has
    room for a message now), `latest_full` and `latest_wait` (what is later was written
    by a wrong clock), `channel` (whose chats) and `most_chats`. Without limits it does
    not look at the buckets.
    """
    chats, row, earlier = _chats(is_limited), aliased(OutboxRow), aliased(OutboxRow)
    last = func.coalesce(_first_message(chats), row.id)
    return Prepared(
        select(
            row.id,
            row.person_id,
            row.kind,
            row.payload,
            row.seal_id,
            row.attempts,
            row.not_before,
            row.not_after,
            row.notice_id,
            chats.c.reply_handle,
            chats.c.hidden_at,
            chats.c.full_at,
            earlier.message_key.label("target"),
        )
        .join(chats, chats.c.person_id == row.person_id)
        .outerjoin(earlier, earlier.id == row.refers_to)
        .where(row.state == "waiting", row.id <= last)
        .order_by(chats.c.full_at.nulls_first(), chats.c.id, row.id)
    )


def _first_message(chats: Subquery) -> ScalarSelect[Any]:
    row = aliased(OutboxRow)
    return (
        select(row.id)
        .where(
            row.person_id == chats.c.person_id,
            row.state == "waiting",
            row.kind == "send",
        )
        .order_by(row.id)
        .limit(1)
        .scalar_subquery()
    )


def _chats(is_limited: bool) -> Subquery:  # noqa: FBT001 - the one value there is
    unsent, head = aliased(OutboxRow), aliased(OutboxRow)
    heads = (
        select(func.min(unsent.id))
        .where(
            unsent.state.in_((literal("waiting"), literal("sending"))),
            unsent.channel == bindparam("channel"),
        )
        .group_by(unsent.person_id)
    )
    # PostgreSQL refuses to sort by a constant, unless that has a type.
    never = cast(null(), UtcDateTime())
    full_at: ColumnElement[Any] = _full_at(head.person_id) if is_limited else never
    is_rested = or_(full_at.is_(None), full_at <= _HAS_ROOM)
    has_room = or_(head.kind != "send", is_rested) if is_limited else true()
    is_time = or_(
        head.not_before.is_(None),
        head.not_before <= _NOW,
        head.not_before > _LATEST_WAIT,
    )
    may_go = and_(is_time, has_room).label("may_go")
    served = full_at.label("full_at")
    return (
        select(
            head.id,
            head.person_id,
            Person.reply_handle,
            Person.hidden_at,
            served,
            may_go,
        )
        .join(Person, Person.id == head.person_id)
        .where(head.id.in_(heads), head.state == "waiting", Person.blocked_at.is_(None))
        .order_by(may_go.desc(), served.nulls_first(), head.id)
        .limit(bindparam("most_chats"))
        .subquery()
    )


def _full_at(person_id: InstrumentedAttribute[str]) -> ScalarSelect[Any]:
    """Tell when a chat has rested from what it was sent last."""
    row = aliased(OutboxRow)
    return (
        select(func.max(row.full_at))
        .where(row.person_id == person_id, row.full_at <= _LATEST_FULL)
        .scalar_subquery()
    )
