"""Some providers take free words only for a day after hers: kept is when she wrote, and what waits for her word."""

import sqlalchemy as sa
from alembic import op

from actions.store.engine.tables import Moment

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

HELD = sa.text("state = 'held'")


def upgrade() -> None:
    """Make the table, and an index of what waits."""
    op.create_table(
        "reply_windows",
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("wrote_at", Moment, nullable=False),
        sa.Column("is_shut", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index("outbox_held", "outbox", ["channel", "chat"], sqlite_where=HELD, postgresql_where=HELD)


def downgrade() -> None:
    """Take them back; what waits for a word is sent as it is."""
    op.execute("UPDATE outbox SET state = 'new', not_before = 0 WHERE state = 'held'")
    op.drop_index("outbox_held", "outbox")
    op.drop_table("reply_windows")
