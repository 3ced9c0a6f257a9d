"""A change of the training data is found again in its files by a mark, so that it can be taken back later."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the mark; what was changed before has none, and stays."""
    op.add_column("nlu_changes", sa.Column("lines_mark", sa.String(16), nullable=False, server_default=""))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("nlu_changes", "lines_mark")
