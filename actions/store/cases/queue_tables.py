"""The tables of the desk: who looks at which case, notes among officers, and one-time codes for signing in."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, String, Table, Text, text

from actions.store.engine.tables import Moment, RowId, cases, metadata
from actions.store.statistics.tables import case_statistics

case_looks = Table(
    "case_looks",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("ticket", String(12), nullable=False),
    Column("person", RowId, nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("until", Moment, nullable=False),
)
"""A row a look: an officer had the page of a case before her from then, and may have had it until then."""
Index("case_looks_of_case", case_looks.c.ticket, case_looks.c.id)

case_notes = Table(
    "case_notes",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("ticket", String(12), nullable=False),
    Column("person", RowId, nullable=False),
    Column("at", Moment, nullable=False),
    Column("words", Text, nullable=False),
)
"""What officers tell each other about a case. It is no part of its history, and no citizen ever reads it."""
Index("case_notes_of_case", case_notes.c.ticket, case_notes.c.id)

people_totp = Table(
    "people_totp",
    metadata,
    Column("person", RowId, ForeignKey("people.id"), primary_key=True),
    Column("sealed", Text, nullable=False),
    Column("is_on", Boolean, nullable=False),
    Column("last_step", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
)
"""One-time codes by the clock (RFC 6238): the secret, sealed, and the last step of which a code was taken."""

CONTESTED = "disputes + reopenings >= 3"
"""What goes to the arbiter, as `reviewing.TO_THE_ARBITER` has it; an index knows these."""
Index(
    "case_facts_contested",
    case_statistics.c.status,
    case_statistics.c.ticket,
    sqlite_where=text(CONTESTED),
    postgresql_where=text(CONTESTED),
)
Index("cases_desk", cases.c.status, cases.c.due_on, cases.c.id)
Index("cases_desk_of_agency", cases.c.agency, cases.c.status, cases.c.due_on, cases.c.id)
