"""The answer of a closed case may come to be read by anybody: proposed, held or published, one row a case."""

import sqlalchemy as sa
from alembic import op

from actions.store.engine.tables import Moment

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; answers of cases that were closed before are nowhere in it, and so are never published."""
    op.create_table(
        "case_publications",
        sa.Column("ticket", sa.String(12), primary_key=True),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("number", sa.Integer, nullable=False, server_default="0"),
        sa.Column("title", sa.Text(), nullable=False, server_default=""),
        sa.Column("held_for", sa.String(12), nullable=False, server_default=""),
        sa.Column("reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("publish_at", Moment),
        sa.Column("changed_at", Moment, nullable=False),
        sa.Column("person", sa.String(24), nullable=False, server_default=""),
    )
    op.create_index("case_publications_state", "case_publications", ["state", "publish_at"])


def downgrade() -> None:
    """Take it back; nothing is published any more."""
    op.drop_index("case_publications_state", "case_publications")
    op.drop_table("case_publications")
