"""Let only one process poll, and note the turns that could not be made."""

import sqlalchemy as sa
from alembic import op

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("holder", sa.String(length=22), nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("machine", sa.String(length=128), nullable=True),
        sa.Column("process", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
    op.create_table(
        "failed_turns",
        sa.Column("id", BIG, nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=True),
        sa.Column("error", sa.String(length=128), nullable=False),
        sa.Column("place", sa.String(length=128), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_failed_turns_person_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_failed_turns"),
    )
    op.create_index("ix_failed_turns_person_id", "failed_turns", ["person_id"])


def downgrade() -> None:
    op.drop_table("failed_turns")
    op.drop_table("leases")
