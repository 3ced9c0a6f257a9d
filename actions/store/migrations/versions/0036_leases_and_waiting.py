"""Chats are held by rows, and which chats wait is a table, so that choosing work costs what is chosen."""

import sqlalchemy as sa
from alembic import op

from actions.store.engine.tables import Moment

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

WAITING = (
    "INSERT INTO waiting (channel, chat, since)"
    " SELECT channel, chat, min(id) FROM inbox WHERE state = 'new' GROUP BY channel, chat"
)


def upgrade() -> None:
    """Make the tables; what waits now is written into its own."""
    op.create_table(
        "waiting",
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("since", sa.BigInteger, nullable=False),
    )
    op.create_index("waiting_since", "waiting", ["since"])
    op.create_table(
        "chat_leases",
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("holder", sa.String(32), nullable=False),
        sa.Column("until", Moment, nullable=False),
        sa.Column("epoch", sa.BigInteger, sa.Identity(), nullable=False),
    )
    op.execute(WAITING)


def downgrade() -> None:
    """Take them away; the inbox says what waits."""
    for name in ("chat_leases", "waiting"):
        op.drop_table(name)
