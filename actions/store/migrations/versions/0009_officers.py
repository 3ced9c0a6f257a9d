"""Officers work in Telegram: groups are bound to agencies, cards stand in chats, drafts and digests are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables, and an index of what each agency holds."""
    op.create_table(
        "officer_groups",
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("agency", sa.String(48), nullable=False, unique=True),
        sa.Column("bound_at", MOMENT, nullable=False),
        sa.Column("bound_by", NUMBER, nullable=False),
    )
    op.create_table(
        "officer_group_codes",
        sa.Column("agency", sa.String(48), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("until", MOMENT, nullable=False),
    )
    op.create_table(
        "officer_cards",
        sa.Column("ticket", sa.String(12), primary_key=True),
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("ref", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_index("officer_cards_in_chat", "officer_cards", ["chat"])
    op.create_index("officer_cards_ref", "officer_cards", ["ref"])
    op.create_table(
        "officer_drafts",
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(64), primary_key=True),
        sa.Column("ticket", sa.String(12), primary_key=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
    )
    op.create_table(
        "officer_digests",
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("cases_of_agency", "cases", ["agency", "status", "deadline"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("cases_of_agency", "cases")
    for table in ("officer_digests", "officer_drafts", "officer_cards", "officer_group_codes", "officer_groups"):
        op.drop_table(table)
