"""Kept is which chats of a citizen are joined, for minutes the code of it, and which recordings wait for words."""

import sqlalchemy as sa
from alembic import op

from actions.store.engine.tables import Moment

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

VOICE = sa.text("kind = 'voice'")


def upgrade() -> None:
    """Make the tables, and an index of recordings."""
    op.create_table(
        "joined_chats",
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("joined_as", sa.String(32), nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.Column("shows_secret", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index("joined_chats_joined_as", "joined_chats", ["joined_as"])
    op.create_table(
        "join_codes",
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("shown_at", Moment, nullable=False),
        sa.Column("typed_channel", sa.String(16), nullable=False, server_default=""),
        sa.Column("typed_chat", sa.String(64), nullable=False, server_default=""),
        sa.Column("typed_at", Moment),
    )
    op.create_index("join_codes_typed", "join_codes", ["typed_channel", "typed_chat"])
    op.create_table(
        "transcriptions",
        sa.Column("file", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.Float(), nullable=False),
        sa.Column("is_over", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("created_at", Moment, nullable=False),
    )
    op.create_index("files_voice", "files", ["created_at"], sqlite_where=VOICE, postgresql_where=VOICE)


def downgrade() -> None:
    """Take them back: every chat is alone again."""
    op.drop_index("files_voice", "files")
    op.drop_table("transcriptions")
    op.drop_table("join_codes")
    op.drop_table("joined_chats")
