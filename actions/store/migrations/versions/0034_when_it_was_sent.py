"""Kept is when a message was sent: a number that came before presses what stood there before."""

import sqlalchemy as sa
from alembic import op

from actions.store.engine.tables import Moment

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the moment; of what was sent before nobody knows it."""
    op.add_column("outbox", sa.Column("sent_at", Moment))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("outbox", "sent_at")
