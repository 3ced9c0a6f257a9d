"""The tables, as SQLAlchemy Core knows them. How they came to be is in `migrations/`."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)

metadata = MetaData()


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, aware on both sides; SQLite forgets the zone, so it is put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone: nobody knows when it was.

        Raises:
            ValueError: the value has no time zone.
        """
        del dialect
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Returns the moment in UTC, since SQLite keeps no time zone."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


RowId = BigInteger().with_variant(Integer, "sqlite")
"""Only an INTEGER key counts up by itself in SQLite."""

inbox = Table(
    "inbox",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("channel", String(16), nullable=False),
    Column("update_id", String(64), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("event", Text, nullable=False),
    Column("press_id", String(64), nullable=False, server_default=""),
    Column("state", String(8), nullable=False, server_default="new"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("received_at", Moment, nullable=False),
    UniqueConstraint("channel", "update_id"),
)
Index(
    "inbox_new",
    inbox.c.channel,
    inbox.c.chat,
    inbox.c.sequence,
    sqlite_where=text("state = 'new'"),
    postgresql_where=text("state = 'new'"),
)
Index("inbox_aside", inbox.c.id, sqlite_where=text("state = 'aside'"), postgresql_where=text("state = 'aside'"))

dialogues = Table(
    "dialogues",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("chat", String(64), primary_key=True),
    Column("record", Text, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("channel", String(16), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("ref", String(64), nullable=False),
    Column("edits", String(64), nullable=False, server_default=""),
    Column("message", Text, nullable=False),
    Column("state", String(8), nullable=False, server_default="new"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", Float, nullable=False, server_default="0"),
    Column("message_id", String(64), nullable=False, server_default=""),
    Column("created_at", Moment, nullable=False),
    Column("receipt", String(9), nullable=False, server_default=""),
    Column("sent_at", Moment),
    UniqueConstraint("channel", "chat", "ref"),
)
Index(
    "outbox_new",
    outbox.c.channel,
    outbox.c.chat,
    outbox.c.id,
    sqlite_where=text("state = 'new'"),
    postgresql_where=text("state = 'new'"),
)

Index(
    "outbox_held",
    outbox.c.channel,
    outbox.c.chat,
    sqlite_where=text("state = 'held'"),
    postgresql_where=text("state = 'held'"),
)

cases = Table(
    "cases",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("ticket", String(12), nullable=False, unique=True),
    Column("draft_key", String(160), nullable=False, unique=True),
    Column("status", String(24), nullable=False),
    Column("type", String(16), nullable=False),
    Column("category", String(48)),
    Column("handling_class", String(16), nullable=False),
    Column("agency", String(48), nullable=False),
    Column("reason", Text, nullable=False),
    Column("region", String(16)),
    Column("district", String(80)),
    Column("village", String(80)),
    Column("place", Text),
    Column("outside", String(120)),
    Column("outside_province", Boolean, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("severity", String(8), nullable=False),
    Column("identity", String(12), nullable=False),
    Column("visibility", String(8), nullable=False),
    Column("sensitive", Boolean, nullable=False),
    Column("channel", String(16), nullable=False),
    Column("reporter", String(80), nullable=False),
    Column("language", String(8), nullable=False),
    Column("filed_at", Moment, nullable=False),
    Column("deadline", Date, nullable=False),
    Column("consent", String(32), nullable=False),
    Column("returns", Integer, nullable=False, server_default="0"),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("next_due_at", Moment),
    Column("due_on", Date),
    Column("is_hidden", Boolean, nullable=False, server_default=false()),
    Column("accused", Text, nullable=False, server_default=""),
    Column("assignee", String(20), nullable=False, server_default=""),
)
Index("cases_due", cases.c.next_due_at)
Index("cases_of_reporter", cases.c.reporter, cases.c.filed_at)

_OPEN_TO_ALL = "visibility = 'public' AND is_hidden = false AND sensitive = false"
NEARBY_OPEN = (
    f"{_OPEN_TO_ALL} AND status IN "
    "('received', 'needs_info', 'forwarded', 'in_progress', 'answered', 'disputed_authority')"
)
NEARBY_CLOSED = f"{_OPEN_TO_ALL} AND status = 'closed'"
"""Which cases are shown to whoever is about to file the same: those that wait, and those that were closed."""
_nearby = (cases.c.district, cases.c.category, cases.c.filed_at)
Index("cases_nearby_open", *_nearby, sqlite_where=text(NEARBY_OPEN), postgresql_where=text(NEARBY_OPEN))
Index("cases_nearby_closed", *_nearby, sqlite_where=text(NEARBY_CLOSED), postgresql_where=text(NEARBY_CLOSED))

case_words = Table(
    "case_words",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("story", Text, nullable=False),
    Column("name", String(80)),
    Column("salt", String(32), nullable=False),
)

case_attachments = Table(
    "case_attachments",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("file_id", Text, nullable=False),
)

case_events = Table(
    "case_events",
    metadata,
    Column("ticket", String(12), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("came_from", String(24)),
    Column("to", String(24), nullable=False),
    Column("who", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("why", Text, nullable=False),
    Column("agency", String(48), nullable=False),
    Column("words_digest", String(64), nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("action", String(24), nullable=False, server_default=""),
    Column("person", String(24), nullable=False, server_default=""),
    Column("details", Text, nullable=False, server_default=""),
)

BROWSERS = "web"
"""The channel whose chats are visitors with a browser: they can be given notices, and talks are read by an index."""

Index(
    "inbox_web",
    inbox.c.chat,
    inbox.c.id,
    sqlite_where=text(f"channel = '{BROWSERS}'"),
    postgresql_where=text(f"channel = '{BROWSERS}'"),
)

push_subscriptions = Table(
    "push_subscriptions",
    metadata,
    Column("endpoint", String(500), primary_key=True),
    Column("visitor", String(64), nullable=False),
    Column("since", Moment, nullable=False),
)
Index("push_subscriptions_of_visitor", push_subscriptions.c.visitor)

files = Table(
    "files",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("channel", String(16), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("file_id", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("name", String(32), nullable=False, unique=True),
    Column("state", String(8), nullable=False, server_default="wanted"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", Float, nullable=False, server_default="0"),
    Column("media_type", String(96), nullable=False, server_default=""),
    Column("bytes", Integer, nullable=False, server_default="0"),
    Column("sha256", String(64), nullable=False, server_default=""),
    Column("width", Integer, nullable=False, server_default="0"),
    Column("height", Integer, nullable=False, server_default="0"),
    Column("thumb_bytes", Integer, nullable=False, server_default="0"),
    Column("refusal", String(32), nullable=False, server_default=""),
    Column("to_tell", String(32), nullable=False, server_default=""),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("channel", "file_id", "chat"),
)
Index(
    "files_open",
    files.c.channel,
    files.c.chat,
    files.c.id,
    sqlite_where=text("state IN ('wanted', 'unwanted')"),
    postgresql_where=text("state IN ('wanted', 'unwanted')"),
)
Index(
    "files_voice",
    files.c.created_at,
    sqlite_where=text("kind = 'voice'"),
    postgresql_where=text("kind = 'voice'"),
)
Index(
    "files_to_tell",
    files.c.channel,
    files.c.chat,
    sqlite_where=text("to_tell <> ''"),
    postgresql_where=text("to_tell <> ''"),
)
