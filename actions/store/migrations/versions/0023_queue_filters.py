"""Officers give names to parts of a list, to open them again."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "queue_filters",
        sa.Column("person", sa.String(20), primary_key=True),
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("query", sa.String(300), nullable=False),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("queue_filters")
