"""Know people, messages and events by the messenger that they belong to."""

import sqlalchemy as sa
from alembic import op

from bot.errors import StorageError

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_BIG = sa.BigInteger()
_COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ID, _WORD, _SHORT = sa.String(22), sa.String(32), sa.String(128)
_UNSENT = ["channel", "state", "person_id", "id"]
#: Everybody who is here wrote by this one.
_TELEGRAM = sa.text("'telegram'")
_CHANGES_WAIT = (
    "Messages are still to be deleted or changed, which the version before this one "
    "would not understand: let it send them (konfliktraad run), and try again."
)
_REFUSED = (
    "Somebody writes by another messenger than Telegram, whom the version before this "
    "one could not reach: end their cases first, or restore the backup from before."
)


def upgrade() -> None:
    # Columns are added and dropped one by one: SQLite would copy the table otherwise.
    # The default goes by itself in new rows: the program always says which.
    for table in ("people", "outbox"):
        op.add_column(table, _channel(_TELEGRAM))
    op.add_column("outbox", sa.Column("message_key", _SHORT, nullable=True))
    op.add_column("outbox", sa.Column("number", _BIG, nullable=True))
    op.execute(
        "UPDATE outbox SET message_key = CAST(message_id AS VARCHAR), "
        "number = message_id WHERE message_id IS NOT NULL"
    )
    op.drop_index("ix_outbox_person_id_message_id", table_name="outbox")
    op.drop_column("outbox", "message_id")
    op.create_index(
        "ix_outbox_person_id_message_key", "outbox", ["person_id", "message_key"]
    )
    # What waits is looked for with each message.
    op.drop_index("ix_outbox_state_person_id_id", table_name="outbox")
    op.create_index("ix_outbox_unsent", "outbox", _UNSENT)
    # Keys and what must be unique cannot be changed on SQLite: these are made anew.
    _anew(
        "heard",
        _heard(
            _channel(),
            sa.Column("message_key", _SHORT, nullable=False),
            sa.Column("number", _BIG, nullable=False),
            unique="message_key",
        ),
        "person_id, channel, message_key, number, at, words",
        "person_id, 'telegram', CAST(message_id AS VARCHAR), message_id, at, words",
    )
    _anew(
        "seen_updates",
        [
            _channel(),
            sa.Column("event_id", _SHORT, nullable=False),
            sa.Column("at", _MOMENT, nullable=False),
            sa.PrimaryKeyConstraint("channel", "event_id", name="pk_seen_updates"),
        ],
        "channel, event_id, at",
        "'telegram', CAST(update_id AS VARCHAR), at",
    )
    op.create_index("ix_seen_updates_at", "seen_updates", ["at"])
    op.add_column("failed_turns", _channel(_TELEGRAM))
    op.add_column(
        "failed_turns",
        sa.Column("event_id", _SHORT, nullable=False, server_default=sa.text("''")),
    )
    op.execute("UPDATE failed_turns SET event_id = CAST(update_id AS VARCHAR)")
    op.drop_column("failed_turns", "update_id")


def downgrade() -> None:
    others = sa.text("SELECT count(*) FROM people WHERE channel <> 'telegram'")
    if op.get_bind().execute(others).scalar_one():
        raise StorageError(_REFUSED)
    changes = sa.text(
        "SELECT count(*) FROM outbox "
        "WHERE state IN ('waiting', 'sending') AND kind IN ('delete', 'edit')"
    )
    if op.get_bind().execute(changes).scalar_one():
        raise StorageError(_CHANGES_WAIT)
    for table in ("seen_updates", "failed_turns"):
        # Somebody who has been forgotten since may have left these.
        op.execute(f"DELETE FROM {table} WHERE channel <> 'telegram'")  # noqa: S608 - our names
    op.add_column(
        "failed_turns",
        sa.Column("update_id", _BIG, nullable=False, server_default=sa.text("0")),
    )
    op.execute("UPDATE failed_turns SET update_id = CAST(event_id AS BIGINT)")
    op.drop_column("failed_turns", "event_id")
    op.drop_column("failed_turns", "channel")
    _anew(
        "seen_updates",
        [
            sa.Column("update_id", _BIG, nullable=False, autoincrement=False),
            sa.Column("at", _MOMENT, nullable=False),
            sa.PrimaryKeyConstraint("update_id", name="pk_seen_updates"),
        ],
        "update_id, at",
        "CAST(event_id AS BIGINT), at",
    )
    op.create_index("ix_seen_updates_at", "seen_updates", ["at"])
    _anew(
        "heard",
        _heard(sa.Column("message_id", _BIG, nullable=False), unique="message_id"),
        "person_id, message_id, at, words",
        "person_id, number, at, words",
    )
    op.drop_index("ix_outbox_unsent", table_name="outbox")
    op.create_index("ix_outbox_state_person_id_id", "outbox", _UNSENT[1:])
    op.drop_index("ix_outbox_person_id_message_key", table_name="outbox")
    op.add_column("outbox", sa.Column("message_id", _BIG, nullable=True))
    op.execute("UPDATE outbox SET message_id = number")
    for column in ("message_key", "number", "channel"):
        op.drop_column("outbox", column)
    op.create_index(
        "ix_outbox_person_id_message_id", "outbox", ["person_id", "message_id"]
    )
    op.drop_column("people", "channel")


def _channel(default: sa.TextClause | None = None) -> sa.Column[str]:
    return sa.Column("channel", _WORD, nullable=False, server_default=default)


def _heard(*which: sa.schema.SchemaItem, unique: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", _COUNTED, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        *which,
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("words", sa.LargeBinary(32), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_heard_person_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_heard"),
        sa.UniqueConstraint("person_id", unique, name=f"uq_heard_person_id_{unique}"),
    ]


def _anew(
    table: str, items: list[sa.schema.SchemaItem], columns: str, values: str
) -> None:
    """Make a table anew and bring its rows over; nothing refers to them."""
    before = f"{table}_before"
    copy = f"CREATE TABLE {before} AS SELECT * FROM {table}"  # noqa: S608 - our names
    op.execute(copy)
    op.drop_table(table)
    op.create_table(table, *items)
    back = f"INSERT INTO {table} ({columns}) SELECT {values} FROM {before}"  # noqa: S608
    op.execute(back)
    op.drop_table(before)
