"""What is kept of people goes when its time is over, villages are told of weekly, and numbers are ready at a start."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
INDEXES = {
    "files_of_chat": ("files", ["channel", "chat"]),
    "case_attachments_file": ("case_attachments", ["file_id"]),
    "case_saying_files_file": ("case_saying_files", ["file_id"]),
}


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "retention_protocol",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
    )
    op.create_index("retention_protocol_at", "retention_protocol", ["at"])
    op.create_table(
        "forgotten_chats",
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("row", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "weekly_subscriptions",
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("village", sa.String(16), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("told_until", sa.Date(), nullable=False),
    )
    op.create_index("weekly_subscriptions_due", "weekly_subscriptions", ["told_until"])
    op.create_table(
        "facts_filled",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("up_to", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "facts_counted",
        sa.Column("year", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("counted_at", MOMENT, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
    )
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)
    where = sa.text("due_on IS NULL")
    op.create_index(
        "case_facts_quiet", "case_facts", ["changed_on", "ticket"], sqlite_where=where, postgresql_where=where
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("case_facts_quiet", "case_facts")
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table)
    for table in ("facts_counted", "facts_filled", "weekly_subscriptions", "forgotten_chats", "retention_protocol"):
        op.drop_table(table)
