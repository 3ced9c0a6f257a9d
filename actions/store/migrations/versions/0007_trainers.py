"""Trainers label what citizens wrote: what was heard, samples, labels, and changes of the training data."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
OPEN, SETTLE, UNSAVED = "state = 'open'", "state = 'settle'", "state = 'done' AND change IS NULL"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "heard_notes",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("ticket", sa.String(12), nullable=False, server_default=""),
        sa.Column("words", sa.Text(), nullable=False, server_default=""),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("heard", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    _make_samples()
    op.create_table(
        "sample_labels",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("sample", NUMBER, sa.ForeignKey("samples.id"), nullable=False),
        sa.Column("who", sa.String(24), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("intent", sa.String(24), nullable=False, server_default=""),
        sa.Column("category", sa.String(48), nullable=False, server_default=""),
        sa.UniqueConstraint("sample", "who"),
    )
    op.create_index("sample_labels_of", "sample_labels", ["who", "id"])
    op.create_table(
        "nlu_changes",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.String(24), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
    )


def _make_samples() -> None:
    op.create_table(
        "samples",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("ticket", sa.String(12), unique=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kin", sa.String(16), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("intent", sa.String(24), nullable=False),
        sa.Column("intent_confidence", sa.Float(), nullable=False),
        sa.Column("category", sa.String(48)),
        sa.Column("category_confidence", sa.Float(), nullable=False),
        sa.Column("ranking", sa.Text(), nullable=False),
        sa.Column("is_sure", sa.Boolean(), nullable=False),
        sa.Column("chosen_intent", sa.String(24)),
        sa.Column("chosen_category", sa.String(48)),
        sa.Column("worth", sa.Float(), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("state", sa.String(8), nullable=False, server_default="open"),
        sa.Column("wanted", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("given", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("label", sa.Text(), nullable=False, server_default=""),
        sa.Column("decided_by", sa.String(24), nullable=False, server_default=""),
        sa.Column("decided_at", MOMENT),
        sa.Column("change", NUMBER),
    )
    _make_index("samples_open", [sa.text("worth DESC"), sa.text("id DESC")], OPEN)
    op.create_index("samples_kin", "samples", ["kin"])
    op.create_index("samples_of_month", "samples", ["at"])
    _make_index("samples_settle", ["id"], SETTLE)
    _make_index("samples_unsaved", ["decided_at", "id"], UNSAVED)


def _make_index(name: str, columns: list[str] | list[sa.TextClause], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, "samples", columns, sqlite_where=condition, postgresql_where=condition)


def downgrade() -> None:
    """Drop them."""
    for table in ("nlu_changes", "sample_labels", "samples", "heard_notes"):
        op.drop_table(table)
