"""The first tables: what came (inbox), where talks stand, what goes out (outbox), and cases with their events."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

row_id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
moment = sa.DateTime(timezone=True)
NEW = sa.text("state = 'new'")


def upgrade() -> None:
    """Make them."""
    _letters()
    _cases()


def _letters() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", row_id, primary_key=True, autoincrement=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("update_id", sa.String(64), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("press_id", sa.String(64), nullable=False, server_default=""),
        sa.Column("state", sa.String(8), nullable=False, server_default="new"),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("received_at", moment, nullable=False),
        sa.UniqueConstraint("channel", "update_id"),
    )
    op.create_index("inbox_new", "inbox", ["channel", "chat", "sequence"], sqlite_where=NEW, postgresql_where=NEW)
    op.create_table(
        "dialogues",
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("changed_at", moment, nullable=False),
    )
    op.create_table(
        "outbox",
        sa.Column("id", row_id, primary_key=True, autoincrement=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("chat", sa.String(64), nullable=False),
        sa.Column("ref", sa.String(64), nullable=False),
        sa.Column("edits", sa.String(64), nullable=False, server_default=""),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("state", sa.String(8), nullable=False, server_default="new"),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("not_before", sa.Float, nullable=False, server_default="0"),
        sa.Column("message_id", sa.String(64), nullable=False, server_default=""),
        sa.Column("created_at", moment, nullable=False),
        sa.UniqueConstraint("channel", "chat", "ref"),
    )
    op.create_index("outbox_new", "outbox", ["channel", "chat", "id"], sqlite_where=NEW, postgresql_where=NEW)


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", row_id, primary_key=True, autoincrement=True),
        sa.Column("ticket", sa.String(12), nullable=False, unique=True),
        sa.Column("draft_key", sa.String(160), nullable=False, unique=True),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("type", sa.String(16), nullable=False),
        sa.Column("category", sa.String(48)),
        sa.Column("handling_class", sa.String(16), nullable=False),
        sa.Column("agency", sa.String(48), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("region", sa.String(16)),
        sa.Column("district", sa.String(80)),
        sa.Column("village", sa.String(80)),
        sa.Column("place", sa.Text),
        sa.Column("outside", sa.String(120)),
        sa.Column("outside_province", sa.Boolean, nullable=False),
        sa.Column("lat", sa.Float),
        sa.Column("lon", sa.Float),
        sa.Column("severity", sa.String(8), nullable=False),
        sa.Column("identity", sa.String(12), nullable=False),
        sa.Column("visibility", sa.String(8), nullable=False),
        sa.Column("sensitive", sa.Boolean, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("reporter", sa.String(80), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("filed_at", moment, nullable=False),
        sa.Column("deadline", sa.Date, nullable=False),
        sa.Column("consent", sa.String(32), nullable=False),
        sa.Column("returns", sa.Integer, nullable=False, server_default="0"),
        sa.Column("version", sa.Integer, nullable=False, server_default="0"),
    )
    op.create_index("cases_of_reporter", "cases", ["reporter", "filed_at"])
    op.create_table(
        "case_words",
        sa.Column("ticket", sa.String(12), primary_key=True),
        sa.Column("story", sa.Text, nullable=False),
        sa.Column("name", sa.String(80)),
        sa.Column("salt", sa.String(32), nullable=False),
    )
    op.create_table(
        "case_attachments",
        sa.Column("ticket", sa.String(12), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("file_id", sa.Text, nullable=False),
    )
    op.create_table(
        "case_events",
        sa.Column("ticket", sa.String(12), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("came_from", sa.String(24)),
        sa.Column("to", sa.String(24), nullable=False),
        sa.Column("who", sa.String(16), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("agency", sa.String(48), nullable=False),
        sa.Column("words_digest", sa.String(64), nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("case_events", "case_attachments", "case_words", "cases", "outbox", "dialogues", "inbox"):
        op.drop_table(table)
