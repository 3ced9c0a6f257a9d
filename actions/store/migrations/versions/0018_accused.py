"""A case says which agencies its words name, so that none of them holds or reads it; of old cases nobody is named."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the codes of the agencies, divided by semicolons."""
    op.add_column("cases", sa.Column("accused", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    """Take them away; the events keep them."""
    op.drop_column("cases", "accused")
