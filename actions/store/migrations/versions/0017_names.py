"""Tables and columns are called what the code calls them: one word for one idea, and the field's where it has one."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TABLES = {
    "heard_notes": "turn_samples",
    "hook_letters": "webhook_deliveries",
    "retention_protocol": "deletion_log",
    "case_facts": "case_statistics",
    "facts_filled": "statistics_filled",
    "facts_counted": "statistics_counted",
}
COLUMNS = (("case_events", "deed", "action"), ("turn_samples", "heard", "meaning"))


def upgrade() -> None:
    """Rename them; every row, index and key stays as it is."""
    for old, new in TABLES.items():
        op.rename_table(old, new)
    for table, old, new in COLUMNS:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")


def downgrade() -> None:
    """Give them their former names."""
    for table, old, new in COLUMNS:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {new} TO {old}")
    for old, new in TABLES.items():
        op.rename_table(new, old)
