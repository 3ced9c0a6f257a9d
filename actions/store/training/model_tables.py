"""The tables of language models: what was trained, compared, promoted. How they came to be is in `migrations/`."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Float, ForeignKey, Index, Integer, String, Table, Text, text

from actions.store.engine.tables import Moment, RowId, metadata

models = Table(
    "models",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("file", String(80), nullable=False, unique=True),
    Column("sha256", String(64), nullable=False),
    Column("made_from", String(64), nullable=False),
    Column("data_hash", String(64), nullable=False),
    Column("about", Text, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("who", String(120), nullable=False),
)

model_trainings = Table(
    "model_trainings",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("state", String(12), nullable=False),
    Column("who", String(120), nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("beat_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("done", Float, nullable=False),
    Column("doing", String(200), nullable=False),
    Column("log", Text, nullable=False),
    Column("is_cancelled", Boolean, nullable=False),
    Column("model", RowId, ForeignKey("models.id")),
)
Index(
    "model_trainings_one",
    model_trainings.c.state,
    unique=True,
    sqlite_where=text("state = 'running'"),
    postgresql_where=text("state = 'running'"),
)

model_comparisons = Table(
    "model_comparisons",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("candidate", RowId, ForeignKey("models.id"), nullable=False),
    Column("former", RowId, ForeignKey("models.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("who", String(120), nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("document", Text, nullable=False),
)
Index("model_comparisons_of", model_comparisons.c.candidate, model_comparisons.c.id)

model_service = Table(
    "model_service",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("model", RowId, ForeignKey("models.id"), nullable=False),
    Column("former", RowId, ForeignKey("models.id")),
    Column("shadow", RowId, ForeignKey("models.id")),
)

model_changes = Table(
    "model_changes",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("what", String(16), nullable=False),
    Column("model", RowId, ForeignKey("models.id"), nullable=False),
    Column("former", RowId, ForeignKey("models.id")),
    Column("at", Moment, nullable=False),
    Column("who", String(120), nullable=False),
    Column("despite", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

model_processes = Table(
    "model_processes",
    metadata,
    Column("process", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("refusal", Text, nullable=False),
)

model_shadows = Table(
    "model_shadows",
    metadata,
    Column("shadow", RowId, ForeignKey("models.id"), primary_key=True),
    Column("model", RowId, ForeignKey("models.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("said", String(60), primary_key=True),
    Column("unsaid", String(60), primary_key=True),
    Column("texts", Integer, nullable=False),
)
