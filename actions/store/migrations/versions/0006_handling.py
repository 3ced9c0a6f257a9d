"""Cases are handled: when each is due, what was done by whom and said with it, who supports it, what was merged."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OF_EVENTS = (("deed", sa.String(24)), ("person", sa.String(24)), ("details", sa.Text()))


NEW_TABLES = (
    "rule_decisions",
    "case_reroutes",
    "case_merges",
    "case_supporters",
    "case_saying_files",
    "case_sayings",
)


def upgrade() -> None:
    """Add the columns and make the tables."""
    op.add_column("cases", sa.Column("next_due_at", MOMENT))
    op.add_column("cases", sa.Column("is_hidden", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("cases_due", "cases", ["next_due_at"])
    for name, kind in OF_EVENTS:
        op.add_column("case_events", sa.Column(name, kind, nullable=False, server_default=""))
    # What is still open is looked at once, and is told then when it is due.
    over = "('closed', 'rejected', 'merged', 'referred', 'withdrawn')"
    op.execute(sa.text(f"UPDATE cases SET next_due_at = filed_at WHERE status NOT IN {over}"))  # noqa: S608 - a constant
    _make_tables()


def _make_tables() -> None:
    op.create_table(
        "case_sayings",
        sa.Column("ticket", sa.String(12), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("mend", sa.Text(), nullable=False, server_default=""),
        sa.Column("body", sa.Text(), nullable=False, server_default=""),
        sa.Column("contact", sa.Text(), nullable=False, server_default=""),
        sa.Column("salt", sa.String(32), nullable=False),
    )
    op.create_table(
        "case_saying_files",
        sa.Column("ticket", sa.String(12), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("place", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
    )
    op.create_table(
        "case_supporters",
        sa.Column("ticket", sa.String(12), primary_key=True),
        sa.Column("supporter", sa.String(80), primary_key=True),
        sa.Column("since", MOMENT, nullable=False),
    )
    op.create_index("case_supporters_of_supporter", "case_supporters", ["supporter"])
    op.create_table(
        "case_merges",
        sa.Column("ticket", sa.String(12), primary_key=True),
        sa.Column("parent", sa.String(12), nullable=False),
    )
    op.create_index("case_merges_of_parent", "case_merges", ["parent"])
    op.create_table(
        "case_reroutes",
        sa.Column("ticket", sa.String(12), primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("category", sa.String(48), nullable=False),
        sa.Column("type", sa.String(16), nullable=False),
        sa.Column("district", sa.String(80)),
        sa.Column("came_from", sa.String(48), nullable=False),
        sa.Column("to", sa.String(48), nullable=False),
    )
    op.create_table(
        "rule_decisions",
        sa.Column("category", sa.String(48), primary_key=True),
        sa.Column("region", sa.String(16), primary_key=True),
        sa.Column("agency", sa.String(48), primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in (
        "rule_decisions",
        "case_reroutes",
        "case_merges",
        "case_supporters",
        "case_saying_files",
        "case_sayings",
    ):
        op.drop_table(table)
    for name, _ in reversed(OF_EVENTS):
        op.drop_column("case_events", name)
    op.drop_index("cases_due", "cases")
    op.drop_column("cases", "is_hidden")
    op.drop_column("cases", "next_due_at")
