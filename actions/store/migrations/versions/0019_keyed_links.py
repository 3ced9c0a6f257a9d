"""Events get links that a key outside the database makes, each day a root over them, and what is erased a tombstone."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ROOTLESS = "day IS NULL"


def upgrade() -> None:
    """Make the tables; cases from before get their links at the next start, for the database has no key."""
    op.create_table(
        "installation",
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("key", sa.String(12), nullable=False, server_default=""),
        sa.Column("sealed", sa.String(64), nullable=False, server_default=""),
    )
    op.create_table(
        "case_links",
        sa.Column("ticket", sa.String(12), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(12), nullable=False),
        sa.Column("is_late", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("facts", sa.Text, nullable=False, server_default=""),
        sa.Column("link", sa.String(64), nullable=False),
        sa.Column("day", sa.Date),
    )
    op.create_index(
        "case_links_rootless",
        "case_links",
        ["ticket", "number"],
        sqlite_where=sa.text(ROOTLESS),
        postgresql_where=sa.text(ROOTLESS),
    )
    op.create_index("case_links_day", "case_links", ["day"])
    op.create_table(
        "case_roots",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("key", sa.String(12), nullable=False),
        sa.Column("root", sa.String(64), nullable=False),
    )
    op.create_table(
        "case_erasures",
        sa.Column("ticket", sa.String(12), primary_key=True),
        sa.Column("what", sa.String(8), primary_key=True),
        sa.Column("key", sa.String(12), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
    )


def downgrade() -> None:
    """Take them away; what they proved is proved no more."""
    op.drop_table("case_erasures")
    op.drop_table("case_roots")
    op.drop_index("case_links_day", "case_links")
    op.drop_index("case_links_rootless", "case_links")
    op.drop_table("case_links")
    op.drop_table("installation")
