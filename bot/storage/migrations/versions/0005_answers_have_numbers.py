"""Keep what tells whether an answer came after its question, and was one act."""

import sqlalchemy as sa
from alembic import op

from bot.errors import StorageError

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
COLUMNS = (
    ("outbox", "dated_at", MOMENT),
    ("heard", "words", sa.LargeBinary(length=32)),
    ("people", "unusable_at", MOMENT),
    ("people", "group_at", MOMENT),
    ("consent_events", "question_number", sa.BigInteger()),
    ("consent_events", "question_at", MOMENT),
    ("consent_events", "answer_number", sa.BigInteger()),
    ("consent_events", "answer_at", MOMENT),
)


def upgrade() -> None:
    # One by one: SQLite would copy the tables otherwise.
    for table, name, kind in COLUMNS:
        op.add_column(table, sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    """Refuse where a consent was hashed with its numbers: nothing would prove it."""
    counted = sa.text("SELECT count(*) FROM consent_events WHERE answer_at IS NOT NULL")
    if number := op.get_bind().execute(counted).scalar_one():
        raise StorageError(
            "The tables of before have no place for the numbers of questions and "
            f"answers ({number}), and without them no consent is as it was written: "
            "stay with these tables, or restore the backup that was made before the "
            "migration."
        )
    for table, name, _ in COLUMNS[::-1]:
        op.drop_column(table, name)
