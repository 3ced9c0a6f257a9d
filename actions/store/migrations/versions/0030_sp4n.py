"""Cases go to SP4N-LAPOR! and come from there, under the number that each has on the other side."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "sp4n_cases",
        sa.Column("ticket", sa.String(12), primary_key=True),
        sa.Column("tracking_id", sa.String(40), nullable=False, unique=True),
        sa.Column("is_theirs", sa.Boolean(), nullable=False),
        sa.Column("topic", sa.String(40), nullable=False, server_default=""),
        sa.Column("topic_name", sa.String(120), nullable=False, server_default=""),
        sa.Column("their_status", sa.String(40), nullable=False, server_default=""),
        sa.Column("changed_at", MOMENT, nullable=True),
        sa.Column("is_over", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("look_at", sa.Float(), nullable=False, server_default="0"),
    )
    op.create_table(
        "sp4n_exchanges",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("ticket", sa.String(12), nullable=False, server_default=""),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("item", sa.String(80), nullable=False),
        sa.Column("tracking_id", sa.String(40), nullable=False, server_default=""),
        sa.Column("state", sa.String(8), nullable=False, server_default="new"),
        sa.Column("obstacle", sa.String(40), nullable=False, server_default=""),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("not_before", sa.Float(), nullable=False, server_default="0"),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.UniqueConstraint("ticket", "kind", "item"),
    )
    where = sa.text("state = 'new'")
    op.create_index(
        "sp4n_exchanges_new", "sp4n_exchanges", ["ticket", "id"], sqlite_where=where, postgresql_where=where
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("sp4n_exchanges")
    op.drop_table("sp4n_cases")
