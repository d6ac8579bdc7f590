"""Keep how staff looked at what waits, and who never had parental authority."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column("cleared_how", sa.String(32), nullable=True)
    op.add_column("human_needs", column)
    for name in ("told_age_band", "known_age_band"):
        op.add_column("parties", sa.Column(name, sa.String(32), nullable=True))
    op.execute("UPDATE parties SET told_age_band = age_band")
    op.create_table(
        "without_authority",
        sa.Column("id", sa.String(22), nullable=False),
        sa.Column("party_id", sa.String(22), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("stood", sa.String(32), nullable=True),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("by", sa.String(128), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["party_id"], ["parties.id"], name="fk_without_authority_party_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_without_authority"),
    )
    op.create_index("ix_without_authority_party_id", "without_authority", ["party_id"])


def downgrade() -> None:
    # The band that rules stays: an earlier version knows no other.
    for name in ("known_age_band", "told_age_band"):
        op.drop_column("parties", name)
    op.drop_table("without_authority")
    op.drop_column("human_needs", "cleared_how")
