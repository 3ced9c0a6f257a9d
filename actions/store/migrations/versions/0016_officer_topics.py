"""A group of officers that is divided into topics has one for each case."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and the column that says which groups have topics."""
    op.add_column("officer_groups", sa.Column("has_topics", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "officer_topics",
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("ticket", sa.String(12), primary_key=True),
        sa.Column("thread", sa.BigInteger(), nullable=False),
    )


def downgrade() -> None:
    """Take them back."""
    op.drop_table("officer_topics")
    with op.batch_alter_table("officer_groups") as table:
        table.drop_column("has_topics")
