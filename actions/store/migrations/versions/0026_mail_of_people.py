"""Whoever works with the service without Telegram is told by mail: one address a person, confirmed by a code."""

import sqlalchemy as sa
from alembic import op

from actions.store.engine.tables import Moment, RowId

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "people_mail",
        sa.Column("person", RowId, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("address", sa.String(64), nullable=False, unique=True),
        sa.Column("code_digest", sa.String(64)),
        sa.Column("code_until", Moment),
        sa.Column("confirmed_at", Moment),
        sa.Column("is_returned", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("people_mail")
