"""Let many workers send side by side: who sends what, and how fast all may."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pace = op.create_table(
        "pace",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("full_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_pace"),
    )
    op.bulk_insert(pace, [{"name": "bot"}])
    # Columns are added and dropped one by one: SQLite would copy the table otherwise,
    # and lose what other tables remember of its rows.
    for column in (
        sa.Column("seal_id", sa.String(length=22), nullable=False, server_default=""),
        sa.Column("notice_id", sa.BigInteger(), nullable=True),
        sa.Column("sender", sa.String(length=22), nullable=True),
        sa.Column("full_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("outbox", column)
    # What waits was sealed under the row's number.
    op.execute("UPDATE outbox SET seal_id = CAST(id AS VARCHAR(22))")
    op.drop_column("outbox", "has_buttons")
    op.create_index(
        "ix_outbox_person_id_full_at",
        "outbox",
        ["person_id", "full_at"],
        postgresql_where=sa.text("full_at IS NOT NULL"),
        sqlite_where=sa.text("full_at IS NOT NULL"),
    )
    # Whoever deletes a row of the outbox asks who refers to it: not all rows are read.
    for table, row in (("outbox", "refers_to"), ("talks", "open_row")):
        op.create_index(
            f"ix_{table}_{row}",
            table,
            [row],
            postgresql_where=sa.text(f"{row} IS NOT NULL"),
            sqlite_where=sa.text(f"{row} IS NOT NULL"),
        )
    # At each start it is asked which talks stand in an older version.
    op.create_index("ix_talks_dialogue_version", "talks", ["dialogue", "version"])


def downgrade() -> None:
    # What is sealed under anything but its number could not be opened any more.
    op.execute(
        "UPDATE outbox SET state = 'dropped', payload = NULL "
        "WHERE payload IS NOT NULL AND seal_id <> CAST(id AS VARCHAR(22))"
    )
    op.drop_index("ix_talks_dialogue_version", table_name="talks")
    op.drop_index("ix_talks_open_row", table_name="talks")
    op.drop_index("ix_outbox_refers_to", table_name="outbox")
    op.drop_index("ix_outbox_person_id_full_at", table_name="outbox")
    op.add_column(
        "outbox",
        sa.Column(
            "has_buttons", sa.Boolean(), nullable=False, server_default=sa.false()
        ),
    )
    for column in ("full_at", "sender", "notice_id", "seal_id"):
        op.drop_column("outbox", column)
    op.drop_table("pace")
