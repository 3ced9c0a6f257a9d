"""Whoever supports a case at the counter may leave a telephone number, sealed, on which she is rung with the answer."""

import sqlalchemy as sa
from alembic import op

from actions.store.engine.tables import Moment

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "case_callers",
        sa.Column("supporter", sa.String(80), primary_key=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("since", Moment, nullable=False),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("case_callers")
