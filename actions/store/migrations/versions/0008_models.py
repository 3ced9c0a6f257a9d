"""Language models are trained, compared, promoted and watched: what was made, what is in service, what was done."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
RUNNING = sa.text("state = 'running'")


def upgrade() -> None:
    """Make the tables of models."""
    op.create_table(
        "models",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("file", sa.String(80), nullable=False, unique=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("made_from", sa.String(64), nullable=False),
        sa.Column("data_hash", sa.String(64), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("who", sa.String(120), nullable=False),
    )
    _make_trainings_and_comparisons()
    _make_service()


def _make_trainings_and_comparisons() -> None:
    op.create_table(
        "model_trainings",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("who", sa.String(120), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("beat_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("done", sa.Float(), nullable=False),
        sa.Column("doing", sa.String(200), nullable=False),
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("is_cancelled", sa.Boolean(), nullable=False),
        sa.Column("model", NUMBER, sa.ForeignKey("models.id")),
    )
    op.create_index(
        "model_trainings_one",
        "model_trainings",
        ["state"],
        unique=True,
        sqlite_where=RUNNING,
        postgresql_where=RUNNING,
    )
    op.create_table(
        "model_comparisons",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("candidate", NUMBER, sa.ForeignKey("models.id"), nullable=False),
        sa.Column("former", NUMBER, sa.ForeignKey("models.id"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.String(120), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
    )
    op.create_index("model_comparisons_of", "model_comparisons", ["candidate", "id"])


def _make_service() -> None:
    op.create_table(
        "model_service",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("model", NUMBER, sa.ForeignKey("models.id"), nullable=False),
        sa.Column("former", NUMBER, sa.ForeignKey("models.id")),
        sa.Column("shadow", NUMBER, sa.ForeignKey("models.id")),
    )
    op.create_table(
        "model_changes",
        sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("model", NUMBER, sa.ForeignKey("models.id"), nullable=False),
        sa.Column("former", NUMBER, sa.ForeignKey("models.id")),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.String(120), nullable=False),
        sa.Column("despite", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
    )
    op.create_table(
        "model_processes",
        sa.Column("process", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("refusal", sa.Text(), nullable=False),
    )
    op.create_table(
        "model_shadows",
        sa.Column("shadow", NUMBER, sa.ForeignKey("models.id"), primary_key=True),
        sa.Column("model", NUMBER, sa.ForeignKey("models.id"), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("kind", sa.String(8), primary_key=True),
        sa.Column("said", sa.String(60), primary_key=True),
        sa.Column("unsaid", sa.String(60), primary_key=True),
        sa.Column("texts", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in (
        "model_shadows",
        "model_processes",
        "model_changes",
        "model_service",
        "model_comparisons",
        "model_trainings",
        "models",
    ):
        op.drop_table(table)
