"""Keep since when nobody is called in a case that was stopped after its release."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True)
    op.add_column("cases", column)


def downgrade() -> None:
    # An earlier version ends such a case in its next batch, as its yes is taken back.
    op.drop_column("cases", "stopped_at")
