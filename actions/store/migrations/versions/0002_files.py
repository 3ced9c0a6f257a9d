"""Files that citizens send are fetched after the turn, so each has a row that says how far it is."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('wanted', 'unwanted')")
TO_TELL = sa.text("to_tell <> ''")


def upgrade() -> None:
    """Make their table."""
    op.create_table(
        "files",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("file_id", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("name", sa.String(32), nullable=False, unique=True),
        sa.Column("state", sa.String(8), nullable=False, server_default="wanted"),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("not_before", sa.Float, nullable=False, server_default="0"),
        sa.Column("media_type", sa.String(96), nullable=False, server_default=""),
        sa.Column("bytes", sa.Integer, nullable=False, server_default="0"),
        sa.Column("sha256", sa.String(64), nullable=False, server_default=""),
        sa.Column("width", sa.Integer, nullable=False, server_default="0"),
        sa.Column("height", sa.Integer, nullable=False, server_default="0"),
        sa.Column("thumb_bytes", sa.Integer, nullable=False, server_default="0"),
        sa.Column("refusal", sa.String(32), nullable=False, server_default=""),
        sa.Column("to_tell", sa.String(32), nullable=False, server_default=""),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("channel", "file_id", "chat"),
    )
    columns = ["channel", "chat", "id"]
    op.create_index("files_open", "files", columns, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("files_to_tell", "files", columns[:2], sqlite_where=TO_TELL, postgresql_where=TO_TELL)


def downgrade() -> None:
    """Drop it; what was kept stays on the disk."""
    op.drop_table("files")
