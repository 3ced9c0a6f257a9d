"""A visitor on the web reads her whole talk back, and hears of news where her browser takes notices."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WEB = sa.text("channel = 'web'")


def upgrade() -> None:
    """Find a talk by its visitor, and keep where notices go."""
    op.create_index("inbox_web", "inbox", ["chat", "id"], sqlite_where=WEB, postgresql_where=WEB)
    op.create_table(
        "push_subscriptions",
        sa.Column("endpoint", sa.String(500), primary_key=True),
        sa.Column("visitor", sa.String(64), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("push_subscriptions_of_visitor", "push_subscriptions", ["visitor"])


def downgrade() -> None:
    """Drop both."""
    op.drop_table("push_subscriptions")
    op.drop_index("inbox_web", "inbox")
