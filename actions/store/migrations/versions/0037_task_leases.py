"""The tasks that one process does for all are held by rows, each by its own, so that they spread over processes."""

import sqlalchemy as sa
from alembic import op

from actions.store.engine.tables import Moment

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; nobody holds anything yet."""
    op.create_table(
        "task_leases",
        sa.Column("task", sa.String(16), primary_key=True),
        sa.Column("account", sa.String(64), primary_key=True),
        sa.Column("holder", sa.String(32), nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.Column("until", Moment, nullable=False),
        sa.Column("epoch", sa.BigInteger, sa.Identity(), nullable=False),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("task_leases")
