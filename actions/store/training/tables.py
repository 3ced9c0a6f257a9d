"""The tables of what trainers label: what was heard, samples, what people say they are, and changes of the data."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from actions.store.engine.tables import Moment, RowId, metadata

turn_samples = Table(
    "turn_samples",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("ticket", String(12), nullable=False, server_default=""),
    Column("words", Text, nullable=False, server_default=""),
    Column("channel", String(16), nullable=False),
    Column("meaning", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""What a turn heard, until it becomes a sample: of a case (whose words are `case_words`) or of small talk."""

samples = Table(
    "samples",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("ticket", String(12), unique=True),
    Column("text", Text, nullable=False),
    Column("kin", String(16), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("intent", String(24), nullable=False),
    Column("intent_confidence", Float, nullable=False),
    Column("category", String(48)),
    Column("category_confidence", Float, nullable=False),
    Column("ranking", Text, nullable=False),
    Column("is_sure", Boolean, nullable=False),
    Column("chosen_intent", String(24)),
    Column("chosen_category", String(48)),
    Column("worth", Float, nullable=False),
    Column("reason", String(16), nullable=False),
    Column("state", String(8), nullable=False, server_default="open"),
    Column("wanted", Integer, nullable=False, server_default="1"),
    Column("given", Integer, nullable=False, server_default="0"),
    Column("label", Text, nullable=False, server_default=""),
    Column("decided_by", String(24), nullable=False, server_default=""),
    Column("decided_at", Moment),
    Column("change", RowId),
)
"""What citizens wrote, personal data covered. `kin`: near-equal messages share it. `change`: which saved it."""
Index(
    "samples_open",
    samples.c.worth.desc(),
    samples.c.id.desc(),
    sqlite_where=text("state = 'open'"),
    postgresql_where=text("state = 'open'"),
)
Index("samples_kin", samples.c.kin)
Index("samples_of_month", samples.c.at)
Index("samples_settle", samples.c.id, sqlite_where=text("state = 'settle'"), postgresql_where=text("state = 'settle'"))
Index(
    "samples_unsaved",
    samples.c.decided_at,
    samples.c.id,
    sqlite_where=text("state = 'done' AND change IS NULL"),
    postgresql_where=text("state = 'done' AND change IS NULL"),
)

sample_labels = Table(
    "sample_labels",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("sample", RowId, ForeignKey("samples.id"), nullable=False),
    Column("who", String(24), nullable=False),
    Column("at", Moment, nullable=False),
    Column("label", Text, nullable=False),
    Column("intent", String(24), nullable=False, server_default=""),
    Column("category", String(48), nullable=False, server_default=""),
    UniqueConstraint("sample", "who"),
)
"""What somebody says a sample is: "person:<id>", "citizen" or "officer". An empty intent is a skip."""
Index("sample_labels_of", sample_labels.c.who, sample_labels.c.id)

nlu_changes = Table(
    "nlu_changes",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("who", String(24), nullable=False),
    Column("name", String(80), nullable=False),
    Column("what", String(16), nullable=False),
    Column("why", Text, nullable=False),
    Column("files", Text, nullable=False),
    Column("added", Integer, nullable=False),
    Column("removed", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
)
"""Every change of the training data of this installation. `digest`: of the files after it."""
