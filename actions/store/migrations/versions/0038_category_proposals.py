"""What trainers propose of categories waits in rows, with the messages they would begin with, for an admin."""

import sqlalchemy as sa
from alembic import op

from actions.store.engine.tables import Moment, RowId

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; nothing is proposed yet."""
    op.create_table(
        "category_proposals",
        sa.Column("id", RowId, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("slug", sa.String(48), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("version", sa.Integer, nullable=False, server_default="0"),
        sa.Column("proposed", sa.Text, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("who", sa.String(24), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("decided_by", sa.String(24), nullable=False, server_default=""),
        sa.Column("decided_at", Moment),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
    )
    op.create_table(
        "category_examples",
        sa.Column("id", RowId, primary_key=True, autoincrement=True),
        sa.Column("proposal", RowId, sa.ForeignKey("category_proposals.id"), nullable=False),
        sa.Column("sample", RowId, sa.ForeignKey("samples.id")),
        sa.Column("text", sa.Text, nullable=False, server_default=""),
        sa.Column("intent", sa.String(24), nullable=False),
        sa.Column("who", sa.String(24), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.UniqueConstraint("proposal", "sample"),
    )
    op.create_index("category_examples_of_sample", "category_examples", ["sample"])


def downgrade() -> None:
    """Take them away, with what was proposed."""
    op.drop_table("category_examples")
    op.drop_table("category_proposals")
