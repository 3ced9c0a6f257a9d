"""Officers sign in through an identity provider: its accounts beside the people, and sessions with two factors."""

import sqlalchemy as sa
from alembic import op

from actions.store.engine.tables import Moment, RowId

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the column."""
    op.create_table(
        "people_identities",
        sa.Column("issuer", sa.String(255), primary_key=True),
        sa.Column("subject", sa.String(255), primary_key=True),
        sa.Column("person", RowId, sa.ForeignKey("people.id"), nullable=False, unique=True),
        sa.Column("since", Moment, nullable=False),
    )
    op.add_column("people_sessions", sa.Column("is_mfa", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Take them back."""
    with op.batch_alter_table("people_sessions") as table:
        table.drop_column("is_mfa")
    op.drop_table("people_identities")
