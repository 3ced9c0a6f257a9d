"""A reporter may have another link to her page, and the former one ends: which link of a case is the one that opens."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; a case without a row has its first link."""
    op.create_table(
        "case_page_links",
        sa.Column("ticket", sa.String(12), primary_key=True),
        sa.Column("edition", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    """Take it away; the first link of every case opens its page again."""
    op.drop_table("case_page_links")
