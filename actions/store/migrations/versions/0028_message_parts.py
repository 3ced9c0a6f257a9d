"""Messages that come in parts wait for each other, and receipts say what became of those that were sent."""

import sqlalchemy as sa
from alembic import op

from actions.store.engine.tables import Moment, RowId

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and a column for receipts."""
    op.create_table(
        "message_parts",
        sa.Column("id", RowId, primary_key=True, autoincrement=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("reference", sa.String(64), nullable=False),
        sa.Column("message", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("state", sa.String(8), nullable=False, server_default="new"),
        sa.Column("received_at", Moment, nullable=False),
    )
    op.create_index("message_parts_of_chat", "message_parts", ["channel", "chat"])
    op.create_index("message_parts_old", "message_parts", ["state", "received_at"])
    op.create_table(
        "unconfirmed_arrivals",
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("received_at", Moment, nullable=False),
    )
    op.create_table(
        "sent_parts",
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("part", sa.String(64), primary_key=True),
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("receipt", sa.String(9), nullable=False, server_default=""),
        sa.Column("at", Moment, nullable=False),
    )
    op.create_index("sent_parts_of_message", "sent_parts", ["channel", "message_id"])
    op.create_table(
        "failing_chats",
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("since", Moment, nullable=False),
    )
    op.add_column("outbox", sa.Column("receipt", sa.String(9), nullable=False, server_default=""))


def downgrade() -> None:
    """Take them back."""
    op.drop_column("outbox", "receipt")
    for table in ("failing_chats", "sent_parts", "unconfirmed_arrivals", "message_parts"):
        op.drop_table(table)
