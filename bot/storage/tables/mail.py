"""The tables of what is said: on its way, standing in a chat, or waiting to be read."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.engine.columns import (
    Big,
    Counted,
    Hashed,
    Id,
    OneWord,
    Short,
    Table,
    Values,
)
from bot.storage.engine.ids import new_id


class OutboxRow(Table):
    """A message on its way, sealed; plain is what sending and hiding go by."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_unsent", "channel", "state", "person_id", "id"),
        Index(None, "person_id", "message_key"),
        Index(
            None,
            "person_id",
            "full_at",
            postgresql_where=text("full_at IS NOT NULL"),
            sqlite_where=text("full_at IS NOT NULL"),
        ),
        # When a row is deleted it is asked which others refer to it.
        Index(
            None,
            "refers_to",
            postgresql_where=text("refers_to IS NOT NULL"),
            sqlite_where=text("refers_to IS NOT NULL"),
        ),
        # An id is never given twice: other rows remember it.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Counted]
    person_id: Mapped[Id] = mapped_column(ForeignKey("people.id"))
    #: The person's, so that each messenger's sender finds its own.
    channel: Mapped[OneWord]
    kind: Mapped[OneWord]
    #: Erased as soon as the message is sent, has failed or was dropped.
    payload: Mapped[bytes | None] = mapped_column(LargeBinary)
    #: What the words are sealed under; the row's number comes only with the insert.
    seal_id: Mapped[Id] = mapped_column(default=new_id)
    #: The earlier row whose message is changed.
    refers_to: Mapped[int | None] = mapped_column(
        ForeignKey("outbox.id", ondelete="SET NULL")
    )
    not_before: Mapped[datetime | None]
    #: Later than this it is not sent: a reminder must not come at night.
    not_after: Mapped[datetime | None]
    created_at: Mapped[datetime]
    #: waiting, sending, sent, failed or dropped.
    state: Mapped[OneWord] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    #: How the messenger knows the message, and its number in the order of the chat.
    message_key: Mapped[Short | None]
    number: Mapped[Big | None]
    sent_at: Mapped[datetime | None]
    #: When it was sent by the messenger's own clock, in whole seconds.
    dated_at: Mapped[datetime | None]
    #: What it tells of without being asked: in a covered chat that waits to be read.
    notice_id: Mapped[Big | None]
    #: The process that has it under way.
    sender: Mapped[Id | None]
    #: When the chat may be sent as much at once again as ever; of the last claim.
    full_at: Mapped[datetime | None]
    #: The class of the error with which sending failed, never its words.
    failure: Mapped[Short | None]


class HeardMessage(Table):
    """A message of the person's own: its number, so that hiding can delete it."""

    __tablename__ = "heard"
    __table_args__ = (UniqueConstraint("person_id", "message_key"),)

    id: Mapped[Counted]
    person_id: Mapped[Id] = mapped_column(ForeignKey("people.id"))
    channel: Mapped[OneWord]
    message_key: Mapped[Short]
    number: Mapped[Big]
    at: Mapped[datetime]
    #: A hash of its words by the person's key: tells an edit that changes none.
    words: Mapped[Hashed | None]


class Notice(Table):
    """Something that a person may come and read; text id and values tell of nobody."""

    __tablename__ = "notices"
    __table_args__ = (Index(None, "person_id", "shown_at"),)

    id: Mapped[Counted]
    person_id: Mapped[Id] = mapped_column(ForeignKey("people.id"))
    talk_id: Mapped[Id | None] = mapped_column(ForeignKey("talks.id"), index=True)
    text_id: Mapped[Short]
    values: Mapped[Values] = mapped_column(default=dict)
    at: Mapped[datetime]
    shown_at: Mapped[datetime | None]
