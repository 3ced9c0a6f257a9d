"""Other systems send cases with a key, and are told what becomes of those of their agency."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "api_keys",
        sa.Column("name", sa.String(12), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("may_send", sa.Boolean(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
    )
    op.create_table(
        "hooks",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("agency", sa.String(48), nullable=False),
        sa.Column("url", sa.String(500), nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.UniqueConstraint("agency", "url"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "hook_letters",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("hook", sa.BigInteger(), nullable=False),
        sa.Column("ticket", sa.String(12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False, server_default="new"),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("not_before", sa.Float(), nullable=False, server_default="0"),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.UniqueConstraint("hook", "ticket", "number"),
    )
    where = sa.text("state = 'new'")
    columns = ["hook", "ticket", "id"]
    op.create_index("hook_letters_new", "hook_letters", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Drop them."""
    for name in ("hook_letters", "hooks", "api_keys"):
        op.drop_table(name)
