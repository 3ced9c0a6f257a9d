"""What messages cost is counted by channel, month and kind, in the units that gateways bill."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "message_costs",
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("units", sa.BigInteger(), nullable=False),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("message_costs")
