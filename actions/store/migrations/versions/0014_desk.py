"""Officers work cases at a desk: in the order of the clocks, seeing who else looks, signed in with a one-time code.

The day by which an office must act is worked out anew with everything that happens to a case. Until then an old one
stands in the queue by the next mark of its clocks, or by the day that was promised.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
INDEXES = {
    "cases_desk": ["status", "due_on", "id"],
    "cases_desk_of_agency": ["agency", "status", "due_on", "id"],
}
FILL = """
UPDATE cases SET due_on = CASE WHEN status = 'in_progress' THEN deadline ELSE coalesce(date(next_due_at), deadline) END
WHERE status IN ('received', 'needs_info', 'forwarded', 'in_progress', 'answered', 'disputed_authority')
"""


def upgrade() -> None:
    """Make the tables and indexes, and fill in the day of open cases."""
    op.add_column("cases", sa.Column("due_on", sa.Date()))
    op.execute(FILL)
    for name, columns in INDEXES.items():
        op.create_index(name, "cases", columns)
    where = sa.text("disputes + reopenings >= 3")
    columns = ["status", "ticket"]
    op.create_index("case_facts_contested", "case_facts", columns, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "case_looks",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("ticket", sa.String(12), nullable=False),
        sa.Column("person", NUMBER, nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
    )
    op.create_index("case_looks_of_case", "case_looks", ["ticket", "id"])
    op.create_table(
        "case_notes",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("ticket", sa.String(12), nullable=False),
        sa.Column("person", NUMBER, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
    )
    op.create_index("case_notes_of_case", "case_notes", ["ticket", "id"])
    op.create_table(
        "people_totp",
        sa.Column("person", NUMBER, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("people_totp")
    op.drop_table("case_notes")
    op.drop_table("case_looks")
    op.drop_index("case_facts_contested", "case_facts")
    for name in INDEXES:
        op.drop_index(name, "cases")
    op.drop_column("cases", "due_on")
