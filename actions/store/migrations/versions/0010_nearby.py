"""Before she files, a citizen is shown what others have filed nearby: found by an index, supported in her language."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

OPEN_TO_ALL = "visibility = 'public' AND is_hidden = false AND sensitive = false"
WAITING = "status IN ('received', 'needs_info', 'forwarded', 'in_progress', 'answered', 'disputed_authority')"
INDEXES = {
    "cases_nearby_open": f"{OPEN_TO_ALL} AND {WAITING}",
    "cases_nearby_closed": f"{OPEN_TO_ALL} AND status = 'closed'",
}


def upgrade() -> None:
    """Make the indexes, and room for the language."""
    op.add_column("case_supporters", sa.Column("language", sa.String(8), nullable=False, server_default=""))
    for name, kind in INDEXES.items():
        where = sa.text(kind)
        columns = ["district", "category", "filed_at"]
        op.create_index(name, "cases", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Drop them."""
    for name in INDEXES:
        op.drop_index(name, "cases")
    op.drop_column("case_supporters", "language")
