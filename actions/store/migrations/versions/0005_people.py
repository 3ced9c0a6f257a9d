"""People sign in: who they are, what they may be, what was done to them, where they are signed in, and failed tries."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of people."""
    op.create_table(
        "people",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("name_key", sa.String(240), nullable=False, unique=True),
        sa.Column("agency", sa.String(48)),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.String(255)),
        sa.Column("telegram", sa.String(64), unique=True),
        sa.Column("code_digest", sa.String(64), unique=True),
        sa.Column("code_until", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_table(
        "people_roles",
        sa.Column("person", NUMBER, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("role", sa.String(16), primary_key=True),
    )
    op.create_table(
        "people_events",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("person", NUMBER, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.String(120), nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
    )
    op.create_index("people_events_of_person", "people_events", ["person", "id"])
    _make_sessions_and_tries()


def _make_sessions_and_tries() -> None:
    op.create_table(
        "people_sessions",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("person", NUMBER, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
    )
    op.create_index("people_sessions_of_person", "people_sessions", ["person"])
    op.create_index("people_sessions_end", "people_sessions", ["ends_at"])
    op.create_table(
        "people_tries",
        sa.Column("who", sa.String(64), primary_key=True),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("not_before", MOMENT, nullable=False),
    )
    op.create_index("people_tries_last", "people_tries", ["last_at"])


def downgrade() -> None:
    """Drop them."""
    for table in ("people_tries", "people_sessions", "people_events", "people_roles", "people"):
        op.drop_table(table)
