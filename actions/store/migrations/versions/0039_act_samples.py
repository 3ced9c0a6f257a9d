"""Trainers say of messages of talks what each does, after what was asked."""

import sqlalchemy as sa
from alembic import op

from actions.store.engine.tables import Moment, RowId

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and its indexes."""
    op.create_table(
        "act_samples",
        sa.Column("id", RowId, primary_key=True, autoincrement=True),
        sa.Column("ticket", sa.String(12)),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("asked", sa.String(16), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("kin", sa.String(16), nullable=False),
        sa.Column("likely", sa.Text, nullable=False),
        sa.Column("worth", sa.Float, nullable=False),
        sa.Column("state", sa.String(8), nullable=False, server_default="open"),
        sa.Column("label", sa.String(24), nullable=False, server_default=""),
        sa.Column("decided_by", sa.String(24), nullable=False, server_default=""),
        sa.Column("decided_at", Moment),
        sa.Column("change", RowId),
        sa.UniqueConstraint("asked", "kin"),
    )
    is_open, is_done = sa.text("state = 'open'"), sa.text("state = 'done'")
    best = [sa.text("worth DESC"), sa.text("id DESC")]
    op.create_index("act_samples_open", "act_samples", best, sqlite_where=is_open, postgresql_where=is_open)
    op.create_index("act_samples_of_case", "act_samples", ["ticket"])
    op.create_index("act_samples_of_month", "act_samples", ["at"])
    decided = ["decided_by", "decided_at"]
    op.create_index("act_samples_decided", "act_samples", decided, sqlite_where=is_done, postgresql_where=is_done)


def downgrade() -> None:
    """Take it away."""
    op.drop_table("act_samples")
