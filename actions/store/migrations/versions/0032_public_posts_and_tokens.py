"""A channel may answer in public and show itself by tokens that change: kept are her last post, and those tokens."""

import sqlalchemy as sa
from alembic import op

from actions.store.engine.tables import Moment

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "channel_tokens",
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seeds", sa.Text(), nullable=False),
        sa.Column("refresh_token", sa.Text(), nullable=False),
        sa.Column("access_token", sa.Text(), nullable=False, server_default=""),
        sa.Column("renew_at", Moment),
        sa.Column("ends_at", Moment),
        sa.Column("refreshing_since", Moment),
        sa.Column("is_lost", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "public_posts",
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("post", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("arrived_at", Moment, nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
    )


def downgrade() -> None:
    """Take them back; the account then needs a new token in the settings."""
    op.drop_table("public_posts")
    op.drop_table("channel_tokens")
