"""What is set aside is counted at every look at the service's health, which must not cost a walk through it all."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ASIDE = sa.text("state = 'aside'")


def upgrade() -> None:
    """Add its index."""
    op.create_index("inbox_aside", "inbox", ["id"], sqlite_where=ASIDE, postgresql_where=ASIDE)


def downgrade() -> None:
    """Drop it."""
    op.drop_index("inbox_aside", "inbox")
