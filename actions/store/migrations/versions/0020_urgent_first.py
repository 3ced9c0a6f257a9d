"""What speaks of danger or violence stands first in every list: few among many, found by an index of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index(
        "cases_desk_urgent",
        "cases",
        ["status", "due_on", "id"],
        sqlite_where=sa.text("severity = 'urgent'"),
        postgresql_where=sa.text("severity = 'urgent'"),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_index("cases_desk_urgent", "cases")
