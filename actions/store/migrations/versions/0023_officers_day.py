"""A case has a person, with somebody in her place while she is away; and no chat is reminded of it without end."""

import sqlalchemy as sa
from alembic import op

from actions.store.engine.tables import Moment

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and columns; who works on an open case is read from its last taking up when it moves next."""
    op.add_column("cases", sa.Column("assignee", sa.String(20), nullable=False, server_default=""))
    op.create_index(
        "cases_of_assignee",
        "cases",
        ["assignee", "status", "due_on", "id"],
        sqlite_where=sa.text("assignee <> ''"),
        postgresql_where=sa.text("assignee <> ''"),
    )
    op.add_column("officer_cards", sa.Column("shown", sa.String(16), nullable=False, server_default=""))
    op.create_table(
        "substitutes",
        sa.Column("person", sa.String(20), primary_key=True),
        sa.Column("substitute", sa.String(20), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
    )
    op.create_index("substitutes_by_substitute", "substitutes", ["substitute"])
    op.create_table(
        "officer_reminders",
        sa.Column("ticket", sa.String(12), primary_key=True),
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("at", Moment, nullable=False),
    )


def downgrade() -> None:
    """Take them back."""
    op.drop_table("officer_reminders")
    op.drop_table("substitutes")
    with op.batch_alter_table("officer_cards") as table:
        table.drop_column("shown")
    op.drop_index("cases_of_assignee", "cases")
    op.execute("ALTER TABLE cases DROP COLUMN assignee")  # triggers name the table: it is not copied
