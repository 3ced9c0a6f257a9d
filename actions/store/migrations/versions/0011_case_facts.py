"""Offices are held to account by numbers: what is counted of each case is kept ready. Old cases are filled in later."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NEWEST = ("received_on", "ticket")
INDEXES = {
    "case_facts_newest": NEWEST,
    "case_facts_of_agency": ("agency", *NEWEST),
    "case_facts_of_category": ("category", *NEWEST),
    "case_facts_of_status": ("status", *NEWEST),
}


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "case_facts",
        sa.Column("ticket", sa.String(12), primary_key=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("agency", sa.String(48), nullable=False),
        sa.Column("category", sa.String(48)),
        sa.Column("district", sa.String(80)),
        sa.Column("village", sa.String(80)),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("answered_on", sa.Date()),
        sa.Column("answer_days", sa.Integer()),
        sa.Column("solved_on", sa.Date()),
        sa.Column("disputes", sa.Integer(), nullable=False),
        sa.Column("reopenings", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
    )
    where = sa.text("is_open = true")
    for name, columns in INDEXES.items():
        op.create_index(name, "case_facts", list(columns), sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Drop it."""
    op.drop_table("case_facts")
