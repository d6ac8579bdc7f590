"""Hide without asking for a word, and hear few wrong ones in a covered chat."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wrong_words",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_wrong_words_person_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_wrong_words"),
    )
    op.create_index("ix_wrong_words_person_id_at", "wrong_words", ["person_id", "at"])
    op.create_index("ix_wrong_words_at", "wrong_words", ["at"])
    # Added and dropped one by one: SQLite would copy the table otherwise.
    op.drop_column("people", "word_until")
    # A link that a child made anew for a parent who is there already was never opened
    # by that parent, and opens no covered chat.
    op.execute(
        "UPDATE links SET bound_at = NULL "
        "WHERE holder_id IS NOT NULL AND bound_at = made_at"
    )


def downgrade() -> None:
    op.execute(
        "UPDATE links SET bound_at = made_at "
        "WHERE person_id IS NOT NULL AND bound_at IS NULL"
    )
    # A code that leads to no case nor office was known to no earlier version.
    op.execute("DELETE FROM links WHERE role = 'own'")
    op.add_column(
        "people", sa.Column("word_until", sa.DateTime(timezone=True), nullable=True)
    )
    op.drop_index("ix_wrong_words_at", table_name="wrong_words")
    op.drop_index("ix_wrong_words_person_id_at", table_name="wrong_words")
    op.drop_table("wrong_words")
